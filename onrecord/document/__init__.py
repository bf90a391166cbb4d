"""A text and its parts, made once: the vocabulary, quotations, sentences. Everything after reads it."""
