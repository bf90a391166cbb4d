"""The Prefect tasks, one file a step, each thin over the library."""
