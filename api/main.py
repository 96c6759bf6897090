"""The `dispatch` program: the commands of the engine, and the one that serves it over HTTP.

Nothing is imported before `main` runs: Ctrl-C while the program loads ends it without a word.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from types import ModuleType

INTERRUPTED = 130
"""As `dispatch_engine.cli.exit_codes` has it, which is not loaded yet when it is needed here."""


def main() -> None:
    """Run `dispatch` with the arguments of the process."""
    try:
        commands = _commands()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    commands.main()


def _commands() -> ModuleType:
    from api.command import serve
    from dispatch_engine.cli import main as commands

    commands.app.command()(serve)
    return commands
