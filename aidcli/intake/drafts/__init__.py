"""Templates for unknown files: what a column looks like, what it may mean, and trying a file out."""
