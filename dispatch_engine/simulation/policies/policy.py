"""What every policy offers, and the values that go in and out."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift


@dataclass(frozen=True)
class Order:
    """What a technician is to do next.

    Attributes
    ----------
    kind
        A visit, a restock stop or a break.
    leaves_at
        When to set out for it, or to begin the break.
    place
        Where to; None for a break.
    call
        Of a visit.
    location
        Of a restock: the stock location.
    loads
        Of a restock: pieces to take on, by part.
    lasts
        Of a restock or break.
    parts
        Of a visit: pieces that are set aside for it; None where the policy does not say.
    """

    kind: Literal["visit", "restock", "break"]
    leaves_at: datetime
    place: Place | None = None
    call: str | None = None
    location: str | None = None
    loads: Mapping[str, int] = field(default_factory=dict)
    lasts: timedelta = timedelta(0)
    parts: Mapping[str, int] | None = None


class Planned(NamedTuple):
    """By whom a call is to be served, and when the work is to begin."""

    technician: str
    start: datetime


@dataclass(frozen=True)
class Free:
    """A technician who can be sent: on this shift, at this place, with so many of its breaks taken."""

    capacity: Capacity
    shift: Shift
    place: Place
    breaks_taken: int


class Policy(Protocol):
    """Decides who does what. Its name is the one on the command line."""

    @property
    def name(self) -> str:
        """How it is called in tables."""

    @property
    def state(self) -> BoardState:
        """What it knows of the day."""

    def open(self, document: ProblemDocument, now: datetime) -> None:
        """Begin a day."""

    def tell(self, commands: Sequence[Command], now: datetime) -> None:
        """Take in what dispatchers and phones report at a moment."""

    def pass_time(self, now: datetime) -> None:
        """Take in that nothing has happened but time."""

    def orders(self, free: Mapping[str, Free], now: datetime) -> Mapping[str, Order]:
        """Return what each technician who is free is to do next; who is not named waits."""

    def planned(self) -> Mapping[str, Planned]:
        """Return by whom and when each open call is to be served, as far as that is known ahead."""

    def promise(self, calls: Sequence[str], now: datetime) -> None:
        """Note that these customers have been told who comes, as ``planned`` says."""
