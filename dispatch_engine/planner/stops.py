"""Stops of the solver as stops of a plan document: visits with where their parts come from, restocks, meetings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dispatch_engine.model.plan import Overnight, Parcel, Stop, SubstitutedPart, VisitSourcing
from dispatch_engine.planner.cases import first_time_fix
from dispatch_engine.planner.money import amounts
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dispatch_engine.model.facts import VisitFact
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.ways import Way
    from solver.objective import Objective
    from solver.rules.buffers import Buffers
    from solver.solution import Stop as SolverStop


class Beside(NamedTuple):
    """What the route says of a stop: waiting, the probability to be in time, and what is to be kept in hand."""

    waiting_s: int
    on_time: float | None
    buffers: Buffers


@dataclass(frozen=True)
class StopWriter:
    """Writes the stops of one plan; ``objective`` prices them."""

    frame: Frame
    objective: Objective

    def stop(self, row: int, stop: SolverStop, beside: Beside) -> Stop:
        """Return a stop of the shift in this row."""
        if stop.location != NONE:
            return self._restock(stop, beside)
        if stop.meeting != NONE:
            return self._meeting(stop, beside)
        return self._fact(row, stop, beside) if stop.is_fact else self._visit(row, stop, beside)

    def overnight(self, row: int, parts: Iterable[tuple[int, int]]) -> Overnight | None:
        """Return what is loaded in the night before a shift."""
        pieces = self._pieces(parts)
        if not pieces:
            return None
        location = self.frame.index.shifts[row][0].replenished_at
        assert location is not None  # nobody else is loaded in the night
        return Overnight(location=location, parts=pieces)

    def _visit(self, row: int, stop: SolverStop, beside: Beside) -> Stop:
        call, way = self.frame.problem.calls[stop.visit], self.frame.ways.of_stop(stop.visit, stop.sourcing)
        return Stop(
            kind="visit",
            **self._times(stop, beside),
            **self._about_call(row, stop, beside),
            parts=way.from_van,
            sourcing=None if stop.sourcing == NONE else self._sourcing(way),
            first_time_fix=first_time_fix(call, way.covered),
            on_time=beside.on_time,
        )

    def _fact(self, row: int, stop: SolverStop, beside: Beside) -> Stop:
        times = self._times(stop, beside)
        arrived_at = self._reported(row, stop).arrived_at
        if arrived_at is not None:
            times["arrival"] = self.frame.timeline.moment(self.frame.timeline.seconds(arrived_at))
        return Stop(kind="fact", **times, **self._about_call(row, stop, beside))

    def _restock(self, stop: SolverStop, beside: Beside) -> Stop:
        location, tools = self.frame.problem.stock_locations[stop.location], list(self.frame.index.tool)
        return Stop(
            kind="restock",
            **self._times(stop, beside),
            place=self.frame.places.located(location.place),
            location=location.id,
            loads=self._pieces(stop.loads),
            tools=tuple(tools[tool] for tool in stop.tools),
        )

    def _meeting(self, stop: SolverStop, beside: Beside) -> Stop:
        meeting = self.frame.problem.meetings[stop.meeting]
        return Stop(
            kind="meeting",
            **self._times(stop, beside),
            place=self.frame.places.located(meeting.place),
            meeting=meeting.id,
            loads=self._pieces(stop.loads),
            gives=self._pieces(stop.gives),
        )

    def _times(self, stop: SolverStop, beside: Beside) -> dict[str, Any]:
        moment = self.frame.timeline.moment
        return {
            "arrival": moment(stop.arrival_s),
            "start": moment(stop.start_s),
            "end": moment(stop.end_s),
            "travel_s": stop.travel_s,
            "distance_m": stop.distance_m,
            "waiting_s": beside.waiting_s,
        }

    def _about_call(self, row: int, stop: SolverStop, beside: Beside) -> dict[str, Any]:
        call = self.frame.problem.calls[stop.visit]
        due = self.frame.deadlines.of(call)
        return {
            "call": call.id,
            "place": self.frame.places.located(call.place),
            "response_late_s": _late_s(due.response_s, stop.start_s),
            "restore_late_s": _late_s(due.restore_s, stop.end_s),
            "costs": amounts(self.objective.stop_by_term(row, stop, beside.buffers)),
        }

    def _sourcing(self, way: Way) -> VisitSourcing:
        moment = self.frame.timeline.moment
        return VisitSourcing(
            parcels=tuple(
                Parcel(
                    location=parcel.location,
                    parts=dict(parcel.parts),
                    pickup=moment(parcel.pickup_s),
                    arrival=moment(parcel.arrival_s),
                )
                for parcel in way.parcels
            ),
            substitutes=tuple(SubstitutedPart(**each._asdict()) for each in way.replaced),
            covered_cases=way.covered,
        )

    def _pieces(self, parts: Iterable[tuple[int, int]]) -> dict[str, int]:
        names = list(self.frame.index.part)
        return {names[part]: pieces for part, pieces in parts}

    def _reported(self, row: int, stop: SolverStop) -> VisitFact:
        facts, call = self.frame.index.shifts[row][1].facts, self.frame.problem.calls[stop.visit]
        assert facts is not None  # a stop is a fact only where there are some
        return next(fact for fact in facts.visits if fact.call == call.id)


def _late_s(due_s: int | None, seconds: int) -> int:
    return 0 if due_s is None else max(0, seconds - due_s)
