"""Pages over a warehouse, for a browser on this machine: `onrecord browse` (docs/browse.md)."""

from onrecord.browse.app import application
from onrecord.browse.guard import Guard
from onrecord.browse.reader import Reader

__all__ = ["Guard", "Reader", "application"]
