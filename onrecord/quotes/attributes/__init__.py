"""In which role, to whom or where, and when something was said."""
