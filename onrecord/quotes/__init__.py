"""From tagged spans, marks, names and dates to the article's quotes: who said what, to whom and when."""

from onrecord.document.quotations import Quotation, quotations
from onrecord.quotes.find import find_quotes

__all__ = ["Quotation", "find_quotes", "quotations"]
