"""Every accuracy figure of the project beside its floor, measured as a black box; `__main__` is the command line.

A measurement reads gold articles as a user would (`score.py prepare`, `onrecord ingest --no-prefect`, the scorer),
each step a process of its own. `benchmarks/floors.json` keeps, by measurement, the command, a SHA-256 of all that is
measured with, and for each figure its floor and its noise. docs/gate.md says how it is used.

Folds: where gold rows carry `fold`, the articles of each fold are ingested by a process of their own whose environment
says `ONRECORD_FOLD=N`. Learned parts (onrecord/learned) that were fitted on such gold load the model that has not seen
fold N, so that no figure is of text that the model was fitted on. Without folds the variable is not set.
"""
