"""One cell to one value."""
