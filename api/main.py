"""The `dispatch` program: the commands of the engine, and the one that serves it over HTTP."""

from api.command import serve
from dispatch_engine.cli import main as commands

commands.app.command()(serve)


def main() -> None:
    """Run `dispatch` with the arguments of the process."""
    commands.main()
