"""What is asked of a board and by whom, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.entries import Entry


@dataclass(frozen=True)
class Request:
    """Commands that are taken together or not at all.

    Attributes
    ----------
    commands
        In order.
    actor
        Who asks, for the audit trail.
    key
        Idempotency key: a request that comes again with it is answered as the first time.
    sha256
        Of the request's body, so that a key is not used for two requests.
    expected_revision
        The revision that the sender saw; None: whatever it is.
    """

    commands: Sequence[Command]
    actor: str
    key: str | None = None
    sha256: str | None = None
    expected_revision: int | None = None


@dataclass(frozen=True)
class Accepted:
    """What became of a request.

    Attributes
    ----------
    state
        The board after it.
    entry
        What was appended to the log; None where the board was so already.
    is_repeated
        Whether the request had come before.
    """

    state: BoardState
    entry: Entry | None
    is_repeated: bool = False

    @property
    def revision(self) -> int:
        """The revision at which the request is in effect."""
        return self.state.revision if self.entry is None else self.entry.revision
