"""Who has how many pieces of a part: stock locations over time, and what can get into a van."""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.reservations import Reservations
    from dispatch_engine.planner.timeline import Timeline


class Supply(NamedTuple):
    """Pieces of a part that are at a location from ``from_s`` on."""

    location: str
    part: str
    from_s: int
    pieces: int


def supplies_of(problem: ProblemDocument, timeline: Timeline) -> Iterator[Supply]:
    """Yield what is at the stock locations and what arrives; a delivery comes on top, also one of before."""
    for location in problem.stock_locations:
        for part, pieces in location.stock.items():
            yield Supply(location.id, part, 0, pieces)
        for delivery in location.deliveries:
            for part, pieces in delivery.parts.items():
                yield Supply(location.id, part, timeline.clipped(delivery.at), pieces)


class Holdings:
    """Stock of a document's locations and vans by part.

    Attributes
    ----------
    supplies
        All that is or arrives at a location.
    """

    def __init__(self, problem: ProblemDocument, timeline: Timeline, reservations: Reservations) -> None:
        self.supplies = tuple(each for each in supplies_of(problem, timeline) if each.pieces)
        self._by_part: dict[tuple[str, str], list[Supply]] = defaultdict(list)
        self._in_all = Counter[tuple[str, str]]()
        for each in self.supplies:
            self._by_part[each.location, each.part].append(each)
            self._in_all[each.location, each.part] += each.pieces
        self._loadable = self._what_can_be_loaded(problem)
        most, in_all = Counter[str](), Counter[str]()
        for stock in reservations.free.values():
            for part, pieces in stock.items():
                most[part] = max(most[part], pieces)
                in_all[part] += pieces
        self._in_one_van = in_all if problem.meetings and problem.policy.transfers == "allowed" else most

    def at(self, location: str, part: str, at_s: int) -> int:
        """Return how many pieces have arrived at a location until a time."""
        return sum(each.pieces for each in self._by_part.get((location, part), ()) if each.from_s <= at_s)

    def in_all(self, location: str, part: str) -> int:
        """Return how many pieces a location has in the end."""
        return self._in_all[location, part]

    def arrivals(self, location: str, part: str) -> Iterator[int]:
        """Yield the times at which a location has more of a part."""
        yield from (each.from_s for each in self._by_part.get((location, part), ()))

    def in_a_van(self, part: str) -> int:
        """Return how many pieces of a part could be in one van at most."""
        return self._in_one_van[part] + self._loadable[part]

    @property
    def parts(self) -> set[str]:
        """The parts that could be in some van."""
        return {*self._in_one_van, *self._loadable}

    def _what_can_be_loaded(self, problem: ProblemDocument) -> Counter[str]:
        """Return the pieces at all locations at which somebody may load, on the way or in a night."""
        at_night = problem.policy.overnight_replenishment != "none"
        replenishing = {capacity.replenished_at for capacity in problem.capacities} if at_night else set()
        allowed = problem.policy.restocking == "allowed"
        open_to = {location.id for location in problem.stock_locations if allowed} | replenishing
        found = Counter[str]()
        for each in self.supplies:
            if each.location in open_to:
                found[each.part] += each.pieces
        return found
