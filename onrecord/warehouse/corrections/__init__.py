"""What editors decided: kept as a table, applied whenever the article is read, exchanged as a file."""
