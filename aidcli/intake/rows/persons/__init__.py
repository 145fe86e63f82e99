"""The persons of a row: members, heads, own numbers, notes beside names."""
