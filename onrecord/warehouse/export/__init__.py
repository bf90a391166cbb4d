"""What can be sent to a colleague: a file or folder of a snapshot that needs nothing else, its dictionary in it."""

from onrecord.warehouse.export.exporting import FORMATS, Exported, ExportError, export

__all__ = ["FORMATS", "ExportError", "Exported", "export"]
