"""A program that leads a board until it is killed: `python -m tests.leading URL BOARD PURPOSE`."""

import sys
import threading

from tests.event_logs import opened


def run(url: str, board: str, purpose: str) -> None:
    """Tell whether it was granted, and keep it."""
    with opened(url).lead(board, purpose) as granted:
        sys.stdout.write(f"{granted}\n")
        sys.stdout.flush()
        threading.Event().wait()


if __name__ == "__main__":
    run(*sys.argv[1:])
