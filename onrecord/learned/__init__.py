"""Learned decisions: boosted trees over named features, with calibrated probabilities."""

from onrecord.learned.trees import TreeModel, load_trees

__all__ = ["TreeModel", "load_trees"]
