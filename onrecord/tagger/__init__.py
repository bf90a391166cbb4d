"""Text → scored spans: names, and the source, cue and content of attributions."""

from onrecord.tagger.choice import load_tagger
from onrecord.tagger.default import default_tagger
from onrecord.tagger.protocol import Tagger

__all__ = ["Tagger", "default_tagger", "load_tagger"]
