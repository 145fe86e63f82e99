"""One module per verb: opens the transaction, calls the domain, returns a result. Never prints."""
