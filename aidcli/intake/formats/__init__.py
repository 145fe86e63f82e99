"""A file as sheets of text cells, whatever program wrote it."""
