"""Where a sheet's header stands, what its headings mean, and which template the file fits."""
