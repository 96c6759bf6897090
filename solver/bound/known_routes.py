"""The routes that column generation knows: those of a search, and what the pricer adds."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.problem import Ints


class KnownRoute(NamedTuple):
    """A route of a shift that a search has found: its visits, and what it costs."""

    shift: int
    visits: tuple[int, ...]
    ticks: int


class KnownRoutes:
    """The routes of each group by their visits, with what each costs more than staying idle.

    Parameters
    ----------
    n_groups
        How many groups of shifts there are.
    tell
        Called with group, visits and ticks of each that is new, or cheaper than it was.
    """

    def __init__(self, n_groups: int, tell: Callable[[int, tuple[int, ...], int], None]) -> None:
        self._of_group: list[dict[tuple[int, ...], int]] = [{} for _ in range(n_groups)]
        self._tell = tell

    def add(self, group: int, visits: tuple[int, ...], ticks: int) -> None:
        """Add a route, unless it is known at that price or a lower one."""
        known = self._of_group[group].get(visits)
        if known is None or ticks < known:
            self._of_group[group][visits] = ticks
            self._tell(group, visits, ticks)

    def cheapest(self, group: int, worth: Ints) -> tuple[int, tuple[int, ...]]:
        """Return the route of a group that costs least when the worth of its visits (n_visits,) is taken off.

        Staying idle, which costs nothing, is one.
        """
        of_visit = worth.tolist()
        best = 0
        best_visits: tuple[int, ...] = ()
        for visits, ticks in self._of_group[group].items():
            left = ticks - sum([of_visit[v] for v in visits])
            if left < best:
                best, best_visits = left, visits
        return best, best_visits
