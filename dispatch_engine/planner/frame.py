"""The frame of reference of one translation: the document with its numbers for things, places and moments."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import EffectivePromise, horizon_of, promises_of, shifts_of
from dispatch_engine.planner.bounds import Bounds, bounds_of
from dispatch_engine.planner.deadlines import Deadlines
from dispatch_engine.planner.holdings import Holdings
from dispatch_engine.planner.index import Index
from dispatch_engine.planner.places import Places
from dispatch_engine.planner.reservations import Reservations
from dispatch_engine.planner.sourcings import Ways, ways_of
from dispatch_engine.planner.territories import Areas
from dispatch_engine.planner.timeline import Timeline

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.times import Window


@dataclass(frozen=True)
class Frame:
    """A problem document and what both directions of the translation share; ``horizon`` is the planning period.

    ``now_s`` is the time of planning; ``bounds`` has a row for each shift. ``reservations`` say which pieces in the
    vans are whose, ``holdings`` who has what, ``ways`` how each call can get its parts, ``areas`` where the territories
    are, ``deadlines`` what was agreed.
    """

    problem: ProblemDocument
    index: Index
    places: Places
    timeline: Timeline
    now_s: int
    bounds: tuple[Bounds, ...]
    reservations: Reservations
    holdings: Holdings
    ways: Ways
    areas: Areas
    deadlines: Deadlines
    horizon: Window

    @classmethod
    def of(cls, problem: ProblemDocument) -> Frame:
        """Give the document's things, places and moments their numbers."""
        timeline, reservations = Timeline.of(problem), Reservations.of(problem)
        horizon = horizon_of(problem)
        now_s = timeline.seconds(problem.now or horizon.start)
        bounds = tuple(bounds_of(shift, timeline, now_s) for _, shift in shifts_of(problem))
        holdings = Holdings(problem, timeline, reservations)
        ways = ways_of(problem, timeline, bounds, reservations, holdings, now_s)
        index = Index.of(problem, ways.parts)
        places, areas, deadlines = Places(problem), Areas(problem.territories), Deadlines(problem, timeline)
        return cls(
            problem, index, places, timeline, now_s, bounds, reservations, holdings, ways, areas, deadlines, horizon
        )

    def of_calls(self, rows: Sequence[int]) -> Frame:
        """Return the frame with some of the calls alone; all numbers stay."""
        calls, ways = self.problem.calls, self.ways.by_call
        return replace(
            self,
            problem=self.problem.model_copy(update={"calls": tuple(calls[row] for row in rows)}),
            ways=Ways(tuple(ways[row] for row in rows)),
        )

    def of_shifts(self, rows: Sequence[int]) -> Frame:
        """Return the frame with some of the shifts alone; all numbers stay."""
        shifts = tuple(self.index.shifts[row] for row in rows)
        index, bounds = replace(self.index, shifts=shifts), tuple(self.bounds[row] for row in rows)
        return replace(self, index=index, bounds=bounds)

    @cached_property
    def contracts(self) -> tuple[Contract | None, ...]:
        """The contract of each call, by row."""
        return tuple(self.contract_of(call) for call in self.problem.calls)

    def contract_of(self, call: Call) -> Contract | None:
        """Return the contract of a call, where it has one."""
        return None if call.contract is None else self._contract_by_id.get(call.contract)

    @cached_property
    def _contract_by_id(self) -> dict[str, Contract]:
        return {contract.id: contract for contract in self.problem.contracts}

    @cached_property
    def promises(self) -> dict[str, EffectivePromise]:
        """What customers were told, by call."""
        return promises_of(self.problem)

    def call(self, call_id: str) -> Call:
        """Return a call by its id."""
        return self.problem.calls[self.index.visit[call_id]]
