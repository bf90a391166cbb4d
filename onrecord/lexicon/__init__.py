"""Word lists, read once and used by all; imports nothing of the library."""
