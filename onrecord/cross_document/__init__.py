"""What is one over many articles: entities, copies, utterances, recurring lines."""
