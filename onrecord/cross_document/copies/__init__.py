"""Which articles are copies of each other, over the whole warehouse, without reading an article twice."""

from onrecord.cross_document.copies.clusters import FOUND, NEW, STATE, cluster, cluster_id, concerned
from onrecord.cross_document.copies.signature import signature

__all__ = ["FOUND", "NEW", "STATE", "cluster", "cluster_id", "concerned", "signature"]
