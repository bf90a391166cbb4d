"""Who published an article, when, where and by whom: blocks → publication facts."""

from onrecord.publication.published import publication
from onrecord.publication.publisher import site_of

__all__ = ["publication", "site_of"]
