"""Articles: from raw bytes to a text whose every line is labelled, with its publication facts.

decode(bytes) → text → segment → blocks → publication, body
"""

from onrecord.articles.blocks import body, segment
from onrecord.articles.decode import Decoded, Unreadable, decode
from onrecord.articles.language import language_of
from onrecord.articles.lines import line_key
from onrecord.articles.metadata import BadLine, parse_metadata
from onrecord.articles.published import publication
from onrecord.articles.publisher import site_of
from onrecord.articles.recurring import MOST_ARTICLES, ArticleLines, article_lines, recurring_lines

__all__ = [
    "MOST_ARTICLES",
    "ArticleLines",
    "BadLine",
    "Decoded",
    "Unreadable",
    "article_lines",
    "body",
    "decode",
    "language_of",
    "line_key",
    "parse_metadata",
    "publication",
    "recurring_lines",
    "segment",
    "site_of",
]
