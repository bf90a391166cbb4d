"""What can go wrong with a warehouse, each with a message that says where and what to do."""

from __future__ import annotations


class WarehouseError(Exception):
    """Any error of a warehouse."""


class NoWarehouse(WarehouseError):  # noqa: N818 - says what is missing
    """The folder holds no committed warehouse."""


class Locked(WarehouseError):  # noqa: N818
    """Another writer holds the warehouse."""


class Overtaken(WarehouseError):  # noqa: N818
    """Another commit has come between reading and writing."""


class NoSnapshot(WarehouseError):  # noqa: N818
    """The snapshot never was, or is no longer kept."""


class NoLinks(WarehouseError):  # noqa: N818
    """The folder is a copy of a warehouse without its symbolic links."""


class NotPosix(WarehouseError):  # noqa: N818
    """The system has no file locks such as a warehouse needs."""


class SchemaVersionDiffers(WarehouseError):  # noqa: N818
    """The files were written under another schema version; migrate first."""


class SearchUnavailable(WarehouseError):  # noqa: N818
    """The full-text index cannot be read or made."""


class DamagedFile(WarehouseError):  # noqa: N818
    """A file of a table cannot be read."""


class Unrepairable(WarehouseError):  # noqa: N818
    """What is damaged cannot be made good by reading articles again."""
