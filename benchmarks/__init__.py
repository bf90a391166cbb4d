"""What measures the project: accuracy, speed, resistance. Each module is a command: `python -m benchmarks.NAME`."""
