"""Who has left, died or is watched no more, wherever a row says so."""
