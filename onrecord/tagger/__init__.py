"""Text → scored spans: names, and the source, cue and content of attributions."""

from onrecord.tagger.protocol import Passages, Tagger

__all__ = ["Passages", "Tagger"]
