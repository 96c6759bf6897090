"""Measurements of the engine, against other solvers and of the command line; ``bench/README.md`` has the protocol."""

from dispatch_engine.kernels import prepare

# Kernels look for their compiled code when they are imported, which all modules here do, in every process.
prepare()
