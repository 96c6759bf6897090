"""Where the command line talks to a person: stderr, so that stdout stays free for documents."""

from rich.console import Console
from rich.text import Text


def stderr() -> Console:
    """Return the console for messages and progress, bound to the stderr of this moment."""
    return Console(stderr=True, highlight=False, soft_wrap=True)


def say(message: str) -> None:
    """Print a line for a person; nothing in it is taken for markup."""
    stderr().print(Text(message))
