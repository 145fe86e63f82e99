"""The words of source templates by subject; `fields` puts them together."""
