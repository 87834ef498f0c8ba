"""Benchmarks of Heard. Each is a command that prints one table: `python -m bench hooks`."""
