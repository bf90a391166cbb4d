"""Every accuracy figure of the project beside its floor, measured as a black box; `__main__` is the command line.

A measurement reads gold articles as a user would (`score.py prepare`, `onrecord ingest --no-prefect`, the scorer),
each step a process of its own. `benchmarks/floors.json` keeps, by measurement, the command, a SHA-256 of all that is
measured with, and for each figure its floor and its noise; `benchmarks/lowered.json` keeps what was let down, and why.
docs/gate.md says how they are used.

Folds: where gold rows carry `fold`, the articles of fold N are ingested by a process of their own in whose environment
`ONRECORD_LEARNED` names training/folds/N, the models that were fitted without that fold (onrecord/learned/trees.py
loads them in place of the shipped ones). So no figure is of text that a model was fitted on. A model that is not fitted
on such gold is in none of these folders and stays the shipped one; one that is has to be in all of them.
"""
