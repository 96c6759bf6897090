"""What really happened on a simulated day, noted as it happens."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime

NONE = timedelta(0)


@dataclass
class CallRecord:
    """A call, with all visits that it took; ``root`` of what is written of a second visit is the first call."""

    responded_at: datetime | None = None
    completed_at: datetime | None = None
    cancelled_at: datetime | None = None
    visits: int = 0
    lasting: str = ""
    """The call that is open now: this one, or that of its latest second visit."""


@dataclass
class Record:
    """A day as it went."""

    calls: dict[str, CallRecord] = field(default_factory=dict)
    roots: dict[str, str] = field(default_factory=dict)
    """The first call of each call; of most it is the call itself."""
    events: int = 0
    """What dispatchers and phones reported."""
    promised: set[str] = field(default_factory=set)
    changed: int = 0
    """How often another technician was to come than a customer had been told."""
    distance_m: int = 0
    driving: timedelta = NONE
    service: timedelta = NONE
    overtime: timedelta = NONE
    happened: Counter[str] = field(default_factory=Counter)
    """How often which else: restocks, breaks, absences, no-shows."""

    def begin(self, call: str, root: str | None = None) -> None:
        """Note a new call, or the second visit that another call leads to."""
        self.roots[call] = call if root is None else self.roots[root]
        self.of(call).lasting = call

    def of(self, call: str) -> CallRecord:
        """Return what is noted of a call and of all that comes of it."""
        return self.calls.setdefault(self.roots[call], CallRecord())

    def is_second(self, call: str) -> bool:
        """Whether a call is for a second visit."""
        return self.roots[call] != call
