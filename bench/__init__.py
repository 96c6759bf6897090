"""Measurements of the engine, against other solvers and of the command line; ``bench/README.md`` has the protocol."""
