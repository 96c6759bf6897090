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
        program = commands()
    except KeyboardInterrupt:
        sys.exit(INTERRUPTED)
    program.main()


def commands() -> ModuleType:
    """Return the module of the commands, with that which serves among them."""
    from api.command import serve
    from dispatch_engine.cli import main as program

    if serve not in (command.callback for command in program.app.registered_commands):
        program.app.command()(serve)
    return program
