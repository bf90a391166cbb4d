"""From tagged spans, marks, names and dates to the article's quotes: who said what, to whom and when."""

from onrecord.quotes.find import find_quotes
from onrecord.quotes.marks import Quotation, quotations

__all__ = ["Quotation", "find_quotes", "quotations"]
