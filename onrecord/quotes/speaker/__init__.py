"""Who speaks an attribution."""
