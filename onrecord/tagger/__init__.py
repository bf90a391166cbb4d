"""Text → scored spans: names, and the source, cue and content of attributions."""

from onrecord.tagger.choice import load_tagger
from onrecord.tagger.default import default_tagger
from onrecord.tagger.protocol import Passages, Tagger

__all__ = ["Passages", "Tagger", "default_tagger", "load_tagger"]
