"""The warehouse: the tables, and how they are committed, read, compared and checked."""
