"""Who or what is meant: the people and bodies of an article, with their mentions and profiles."""

from onrecord.coreference.mentions import find_mentions

__all__ = ["find_mentions"]
