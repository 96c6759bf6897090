"""`dispatch version`: what is installed, for a report of a fault."""

import platform

import typer

from dispatch_engine import __version__

NAMED = ("ortools", "numba", "numpy", "scipy", "pydantic")


def version() -> None:
    """Print the versions of the engine, of Python and of the libraries that decide what a plan looks like."""
    from importlib.metadata import version as version_of

    typer.echo(f"dispatch-engine {__version__}")
    typer.echo(f"python {platform.python_version()}")
    for name in NAMED:
        typer.echo(f"{name} {version_of(name)}")
