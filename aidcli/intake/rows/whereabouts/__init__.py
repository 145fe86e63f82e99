"""Townships and villages: of the row, of the lines above it, of the sheet."""
