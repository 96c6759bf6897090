"""A program that appends entries until it is killed: `python -m tests.appending URL BOARD SEED`.

Each entry that the log has acknowledged is told on standard output as its revision and hash.
"""

import random
import sys

from dispatch_engine.event_log.entries import Draft, LoggedEvent
from tests.event_logs import BEGAN_AT, opened

MAX_EVENTS, MAX_LENGTH = 5, 6_000


def run(url: str, board: str, seed: int) -> None:
    """Append without end."""
    log, chance = opened(url), random.Random(seed)
    revision = log.head(board).revision
    while True:
        texts = ["é" * chance.randrange(MAX_LENGTH) for _ in range(chance.randint(1, MAX_EVENTS))]
        events = tuple(LoggedEvent("written", 1, {"place": place, "text": text}) for place, text in enumerate(texts))
        entry = log.append(board, revision, Draft(events, BEGAN_AT, "writer", f"{seed}/{revision}", "a" * 64))
        revision = entry.revision
        sys.stdout.write(f"{revision} {entry.hash}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    run(sys.argv[1], sys.argv[2], int(sys.argv[3]))
