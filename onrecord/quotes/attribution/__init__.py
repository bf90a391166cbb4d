"""What is reported, by which words, where it begins and ends, and of which kind."""
