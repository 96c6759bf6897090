"""A route as the search leaves it: its stops by number, and where what they need is taken from."""

from __future__ import annotations

from typing import NamedTuple

VAN, NIGHT, PARCEL = -1, -2, -3
"""Where a line of a ledger is taken on if not at a stop: out of the van, in the night before, sent by courier."""


class Line(NamedTuple):
    """A line of a route's ledger: ``pieces`` of ``item`` taken on ``at`` a stop of the route, or VAN, NIGHT, PARCEL.

    From ``step`` on, up to ``steps_end``, they are missing in the supplies; -1 for the van's own. Negative pieces are
    handed over at a meeting: out of the van, to be taken there.
    """

    at: int
    item: int
    pieces: int
    step: int
    steps_end: int


class Routing(NamedTuple):
    """The stops of a route as ``solver.stops`` numbers them, in order, and its ledger."""

    stops: tuple[int, ...] = ()
    ledger: tuple[Line, ...] = ()


class Column(NamedTuple):
    """A feasible priced route of a shift; ``free_s`` are the seconds for which it is free for each reserve."""

    shift: int
    stops: tuple[int, ...]
    ticks: int
    ledger: tuple[Line, ...] = ()
    free_s: tuple[int, ...] = ()

    @property
    def routing(self) -> Routing:
        """The route without shift and price."""
        return Routing(self.stops, self.ledger)
