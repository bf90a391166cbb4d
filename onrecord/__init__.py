"""Who said what, when, on the record: reading news text."""
