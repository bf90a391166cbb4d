"""Who said what, when, on the record: reading news text.

>>> from onrecord import read
>>> article = read("BRIDGETON: The mayor resigned on Monday.")

`onrecord.open("warehouse")` opens the tables that `onrecord ingest` wrote.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.document.article import Article, Metadata
    from onrecord.reading import read
    from onrecord.warehouse.notebook import OpenWarehouse

    open: type[OpenWarehouse]

__all__ = ["Article", "Metadata", "read"]


def __getattr__(name: str) -> Any:
    """Import lazily, so that users of the warehouse alone do not load onnxruntime."""
    if name == "read":
        from onrecord.reading import read

        return read
    if name in ("Article", "Metadata"):
        from onrecord.document import article

        return getattr(article, name)
    if name == "open":
        from onrecord.warehouse.notebook import OpenWarehouse

        return OpenWarehouse
    raise AttributeError(f"module 'onrecord' has no attribute '{name}'")
