"""From tagged spans, marks, names and dates to the article's quotes: who said what, to whom and when."""

from onrecord.quotes.find import find_quotes

__all__ = ["find_quotes"]
