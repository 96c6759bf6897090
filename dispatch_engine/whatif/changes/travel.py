"""Slower or quicker travel, another source of travel times, roads that are closed."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.fields import Factor, Id
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.travel import ClosedArea
from dispatch_engine.whatif.changes.change import Change, Claim, claims_of, refused
from dispatch_engine.whatif.changes.finding import the_capacities, with_capacities
from dispatch_engine.whatif.changes.patching import Patch, patched

if TYPE_CHECKING:
    from dispatch_engine.model.technicians import Capacity

THOUSANDTH = Decimal("0.001")
LEAST, MOST = Decimal("0.1"), Decimal(10)


class TravelTimes(Change):
    """Travel takes so many times as long: 1.25 a quarter longer, 0.8 a fifth less."""

    type: Literal["travel_times"]
    factor: Factor
    technicians: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    """Technicians and providers whose travel it is. Default: everybody's."""

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the travel factors multiplied, to the thousandth."""
        people = the_capacities(problem, self.technicians, "technicians")
        beyond = [each for each in people if not LEAST <= self._factor(each) <= MOST]
        if beyond:
            raise refused(
                *(
                    scenario_fault(
                        "travel_factor_range", ("factor",), self.factor, id=each.id, known=each.travel_factor
                    )
                    for each in beyond
                )
            )
        return with_capacities(
            problem, [each.model_copy(update={"travel_factor": self._factor(each)}) for each in people]
        )

    def _factor(self, whose: Capacity) -> Decimal:
        return (whose.travel_factor * self.factor).quantize(THOUSANDTH, ROUND_HALF_UP)


class ChangeTravel(Change):
    """Another source of travel times, or another network."""

    type: Literal["change_travel"]
    set: Patch

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the changed travel."""
        return problem.model_copy(update={"travel": patched(problem.travel, self.set)})

    def claims(self) -> Iterator[Claim]:
        """Yield each value that is set."""
        yield from claims_of(("travel",), self.set, "/set")


class CloseArea(Change):
    """No road that lies in an area or crosses it can be driven on; places within cannot be reached by road."""

    type: Literal["close_area"]
    area: ClosedArea

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the area closed besides those that are."""
        travel = problem.travel
        closed = travel.model_copy(update={"closed_areas": (*travel.closed_areas, self.area)})
        return problem.model_copy(update={"travel": closed})
