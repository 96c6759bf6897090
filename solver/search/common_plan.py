"""The one plan of several searches, each of which has made something of a region of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Sequence

    from solver.routing import Routing
    from solver.search.regions import Region
    from solver.search.worker import Search

Routes = list[list[int]]


class Share(NamedTuple):
    """What a search has made of its region.

    ``standing`` and ``best`` are the routes of the region's shifts, in their order: those that stand, and those of the
    cheapest plan on the way there, which cost ``change`` ticks more than those at the beginning, so mostly less.
    """

    region: Region
    standing: Routes
    best: Routes
    change: int


class _Found(NamedTuple):
    """The best plan so far."""

    ticks: int
    planned: int
    routes: list[Routing]


class CommonPlan:
    """What stands and what was best, both kept by one search that sees the whole: the ``desk``."""

    def __init__(self, desk: Search) -> None:
        self.desk = desk
        self._found: _Found | None = None

    @property
    def best_ticks(self) -> int:
        """The cost of the best plan so far. It never rises."""
        return self._best.ticks

    @property
    def planned(self) -> int:
        """How many visits the best plan serves, facts not counted."""
        return self._best.planned

    def best_routes(self) -> list[Routing]:
        """Return the route of each shift in the best plan."""
        return self._best.routes

    @property
    def _best(self) -> _Found:
        assert self._found is not None, "nothing is noted yet"
        return self._found

    def note(self) -> None:
        """Keep the best plan of the desk if it is better than what is known."""
        desk = self.desk
        if self._found is None or desk.best_ticks < self._found.ticks:
            self._found = _Found(desk.best_ticks, desk.planned, desk.best_routes())

    def put_in(self, shares: Sequence[Share], before: int) -> None:
        """Put shares of a plan that cost ``before`` ticks into one, which the desk goes on from.

        Where two shares together want more of a part than there is, what does not fit any more is left out.
        """
        best, standing = ([getattr(share, kind) for share in shares] for kind in ("best", "standing"))
        best, standing = (self._with(shares, routes) for routes in (best, standing))
        # With reserves, which all routes keep together, changes do not add up.
        if len(self.desk.ground.problem.reserves) or before + sum(share.change for share in shares) < self.best_ticks:
            self.desk.take_over(best)
            self.note()
        self.desk.take_over(standing)

    def _with(self, shares: Sequence[Share], routes: Sequence[Routes]) -> Routes:
        merged = self.desk.standing_routes()
        for share, of_region in zip(shares, routes, strict=True):
            for s, stops in zip(share.region.shifts.tolist(), of_region, strict=True):
                merged[s] = stops
        return merged
