"""Which articles are copies of each other, over the whole warehouse, without reading an article twice."""

from onrecord.copies.clusters import FOUND, NEW, STATE, cluster, cluster_id, concerned
from onrecord.copies.signature import signature

__all__ = ["FOUND", "NEW", "STATE", "cluster", "cluster_id", "concerned", "signature"]
