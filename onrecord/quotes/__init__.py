"""From tagged spans, marks, names and dates to the article's quotes: who said what, to whom and when."""
