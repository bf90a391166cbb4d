"""Trains the shipped tagger from annotated corpora; needs the extra `train`. See onrecord/tagger/MODEL.md."""
