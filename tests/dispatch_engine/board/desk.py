"""A board without a planner: commands are decided and folded, and a plan is what the test says it is.

desk = Desk()
desk.plan("T-1", ("C-0", at(9)))
desk.report("C-0", "en_route")
"""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal
from typing import Any

from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.document import problem_of
from dispatch_engine.board.events import Event, PlanPublished
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.reading import command_of
from dispatch_engine.board.state import BoardState, VisitState
from dispatch_engine.board.warnings import BoardWarning, warnings_of
from dispatch_engine.model.calls import Call
from dispatch_engine.model.facts import Facts
from dispatch_engine.model.plan import Cost, Route, RouteTotals, Stop
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Capacity, Shift
from tests.dispatch_engine.board.histories import BEGIN, small_day
from tests.dispatch_engine.planner.days import LEG_S, at

LEG = timedelta(seconds=LEG_S)
WORK = timedelta(minutes=20)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


class Desk:
    """A board and its clock, which moves only when the test says so."""

    def __init__(self, document: ProblemDocument | None = None, now: datetime = BEGIN, **rules: Any) -> None:
        self.now = now
        opening = command_of({"type": "open_board", "document": _stated(document or small_day()), "rules": rules})
        self.events: tuple[Event, ...] = decide(None, opening, now)
        self.state: BoardState = folded(None, 1, now, self.events)

    def at(self, text: str) -> Desk:
        """Move the clock to a time of the day."""
        self.now = moment(text)
        return self

    def tick(self, text: str) -> Desk:
        """Let time pass on the board until then."""
        self.at(text).do("pass_time")
        return self

    def do(self, kind: str, **said: Any) -> tuple[Event, ...]:
        """Have the board do something; return what happened."""
        self.events = decide(self.state, command_of({"type": kind, **said}), self.now)
        if self.events:
            self.state = folded(self.state, self.state.revision + 1, self.now, self.events)
        return self.events

    def report(self, call: str, status: str, technician: str = "T-1", **said: Any) -> VisitState:
        """Report a visit; return how far it has come."""
        self.do("report_visit", call=call, technician=technician, status=status, **said)
        return self.visit(call)

    def plan(self, technician: str, *starts: tuple[str, str], shift: str = "mon") -> None:
        """Publish a route: calls with their starts, ten minutes of driving before each, twenty of work."""
        stops = tuple(self.stop(call, start) for call, start in starts)
        self.publish(technician, shift, stops)

    def publish(self, technician: str, shift: str, stops: tuple[Stop, ...]) -> None:
        """Publish a route of stops."""
        route = Route(
            technician=technician,
            shift=shift,
            departure=stops[0].start - LEG,
            end=stops[-1].end,
            start_place={"id": "P0"},
            stops=stops,
            totals=RouteTotals(),
        )
        cost = Cost(total=Decimal(0), by_term={})
        self.happen(PlanPublished(cause="repair", routes=(route,), cost=cost))

    def stop(self, call: str, start: str, kind: str = "visit", minutes: int = 20, **more: Any) -> Stop:
        begins = moment(start)
        return Stop.model_validate(
            {
                "kind": kind,
                "call": call or None,
                "arrival": begins,
                "start": begins,
                "end": begins + timedelta(minutes=minutes),
                "travel_s": LEG_S,
                **more,
            }
        )

    def happen(self, *events: Event) -> None:
        """Fold events as they are."""
        self.state = folded(self.state, self.state.revision + 1, self.now, events)

    def visit(self, call: str) -> VisitState:
        return self.state.visits[call]

    def problem(self) -> ProblemDocument:
        return problem_of(self.state)

    def planned(self, name: str) -> Capacity:
        """Return a technician as the planner sees it."""
        return next(each for each in self.problem().capacities if each.id == name)

    def shift(self, name: str = "T-1", shift: str = "mon") -> Shift | None:
        """Return a shift as the planner sees it."""
        return next((each for each in self.planned(name).shifts if each.id == shift), None)

    def facts(self, name: str = "T-1", shift: str = "mon") -> Facts | None:
        found = self.shift(name, shift)
        return None if found is None else found.facts

    def call(self, name: str) -> Call | None:
        """Return a call as the planner sees it."""
        return next((each for each in self.problem().calls if each.id == name), None)

    def warnings(self, code: str) -> list[BoardWarning]:
        return [each for each in warnings_of(self.state) if each.code == code]


def _stated(document: ProblemDocument) -> dict[str, Any]:
    return document.model_dump(mode="json", exclude_unset=True)


__all__ = ["LEG", "WORK", "Desk", "at", "moment"]
