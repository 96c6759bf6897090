"""More or fewer pieces in vans and at stock locations."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.fields import Id
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.changes.change import Change, refused
from dispatch_engine.whatif.changes.finding import NAME_BY_KIND, replaced, the_capacities, unknown, with_capacities

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.model.technicians import Capacity

MAX_PIECES = 1_000_000

MorePieces = Annotated[int, Field(ge=-MAX_PIECES, le=MAX_PIECES)]
"""So many pieces more, or fewer where it is negative."""


class ChangeStock(Change):
    """Vans or stock locations hold more or fewer pieces: every van one more KIT-7."""

    type: Literal["stock"]
    technicians: tuple[Id, ...] | None = None
    """Whose vans. Default: those of all technicians, or none where locations are named."""
    locations: tuple[Id, ...] = ()
    """Which stock locations."""
    add: Annotated[dict[Id, MorePieces], Field(min_length=1)]
    """Pieces by part, for each van and location; fewer where negative."""

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the other stock."""
        vans, locations = self._vans(problem), self._locations(problem)
        holders: list[Capacity | StockLocation] = [*vans, *locations]
        faults = [fault for holder in holders for fault in self._faults(holder)]
        if faults:
            raise refused(*faults)
        stocked = with_capacities(problem, [self._stocked(each) for each in vans])
        by_id = {each.id: each.model_copy(update={"stock": self._stock(each.stock)}) for each in locations}
        return stocked.model_copy(update={"stock_locations": replaced(stocked.stock_locations, by_id)})

    def _vans(self, problem: ProblemDocument) -> tuple[Capacity, ...]:
        if self.technicians is None:
            return () if self.locations else problem.technicians
        return the_capacities(problem, self.technicians, "technicians")

    def _locations(self, problem: ProblemDocument) -> tuple[StockLocation, ...]:
        known, things = {each.id: each for each in problem.stock_locations}, NAME_BY_KIND["stock_locations"]
        faults = [
            unknown(("locations", i), name, known, things) for i, name in enumerate(self.locations) if name not in known
        ]
        if faults:
            raise refused(*faults)
        return tuple(known[name] for name in self.locations)

    def _faults(self, holder: Capacity | StockLocation) -> Iterator[Fault]:
        for part, more in self.add.items():
            pieces = holder.stock.get(part, 0)
            if not 0 <= pieces + more <= MAX_PIECES:
                yield scenario_fault("stock_range", ("add", part), more, holder=holder.id, pieces=pieces)

    def _stocked(self, van: Capacity) -> Capacity:
        return van.model_copy(update={"stock": self._stock(van.stock)})

    def _stock(self, pieces: dict[str, int]) -> dict[str, int]:
        return pieces | {part: pieces.get(part, 0) + more for part, more in self.add.items()}
