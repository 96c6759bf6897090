"""Regions of one large plan, each worked on wherever there is a place for it: in another process or on another machine.

A piece of work holds all that is needed besides the problem itself, and comes to the same result wherever and however
often it is done, so that one that is lost can be done again.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple, Protocol

from solver.search.common_plan import Routes, Share
from solver.search.regions import Region
from solver.search.worker import Ground, Search
from solver.stop import next_slice
from solver.tables import build_tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.params import Params
    from solver.problem import Problem
    from solver.routing import Column
    from solver.search.state import State
    from solver.stop import Stop

SLICE = 100
"""After so many iterations it is looked whether the effort of a piece is spent."""
POOL = 2_000
"""So many columns a piece of work hands back at most."""


class Piece(NamedTuple):
    """A region to be improved.

    ``routes`` are those of all shifts. The random numbers are of their own ``stream``, the temperature is that between
    the shares ``begin`` and ``end`` of the whole effort, with ``visit_ticks`` for its yardstick.
    """

    routes: Routes
    region: Region
    stream: int
    begin: float
    end: float
    visit_ticks: float

    def at(self, share: float) -> float:
        """Return the share of the whole effort that is spent with a share of the piece's."""
        return self.begin + min(1.0, share) * (self.end - self.begin)


class Improved(NamedTuple):
    """What came of a piece of work: its share of the plan, columns met on the way, and iterations done."""

    share: Share
    columns: list[Column]
    iterations: int


class Apart(Protocol):
    """Where pieces of work are done.

    Attributes
    ----------
    size
        How many at the same time.
    """

    size: int

    def improve_all(
        self, pieces: Sequence[Piece], iterations: int | None, seconds: float | None
    ) -> Sequence[Improved | None]:
        """Do pieces with the same effort, limited by iterations, by time or both; None for what was called off."""
        ...


class Outpost:
    """Does pieces of work on one problem, one after the other."""

    def __init__(self, problem: Problem, params: Params) -> None:
        self._ground, self._params = Ground.of(problem, build_tables(problem), params.search.neighbours), params
        self._used: State | None = None

    def improve(self, piece: Piece, stop: Stop) -> Improved:
        """Improve a region until the effort is spent."""
        search = Search(self._ground, self._params.search, self._params.seed, piece.stream, POOL, self._used)
        self._used = search.state
        search.resume(piece.routes, piece.visit_ticks)
        search.focus(*piece.region)
        before, done = search.current_ticks, 0
        while (spent := stop.fraction(done)) < 1.0:
            count = next_slice(stop, done, SLICE)
            at, to = (piece.at(share) for share in (spent, stop.fraction(done + count)))
            search.step(count, at, to)
            done += count
        return Improved(share_of(search, piece.region, before), search.take_columns(), done)


def share_of(search: Search, region: Region, before: int) -> Share:
    """Return what a search has made of its region since the plan cost ``before`` ticks."""
    standing, best, shifts = search.standing_routes(), search.best_routes(), region.shifts.tolist()
    return Share(region, [standing[s] for s in shifts], [[*best[s].stops] for s in shifts], search.best_ticks - before)
