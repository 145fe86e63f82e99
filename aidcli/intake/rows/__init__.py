"""The rows of a sheet to records: persons, facts, and what is set aside."""
