"""A generated day to which one thing after another happens: what ``bench.repair`` repairs plans after.

Calls are held back and reported one by one; visits are reported as their plan has them; calls are cancelled, and time
goes on. The same seed gives the same course for the same plans.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING, Literal, NamedTuple

from dispatch_engine.model.facts import Facts, Resume, VisitFact

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.plan import Route
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Shift

Kind = Literal["new call", "cancelled call", "visit reported", "time passed"]

KINDS: tuple[Kind, ...] = ("new call", "cancelled call", "visit reported", "time passed")
CLOCK = timedelta(seconds=15)


@dataclass
class Happening:
    """The state of a day.

    Parameters
    ----------
    problem
        As it is.
    held_back
        Calls that are reported later.
    rng
        Draws what happens.
    """

    problem: ProblemDocument
    held_back: list[Call]
    rng: random.Random
    _done: set[str] = field(default_factory=set)

    def next(self, routes: Mapping[tuple[str, str], Route]) -> tuple[Kind, ProblemDocument]:
        """Let something happen, and return what and the problem after it."""
        happened: dict[Kind, Callable[[Mapping[tuple[str, str], Route]], ProblemDocument | None]] = {
            "new call": self._new_call,
            "cancelled call": self._cancelled_call,
            "visit reported": self._visit_reported,
            "time passed": self._time_passed,
        }
        while True:
            kind = self.rng.choice(KINDS)
            after = happened[kind](routes)
            if after is not None:
                self.problem = after
                return kind, after

    def _new_call(self, _: Mapping[tuple[str, str], Route]) -> ProblemDocument | None:
        if not self.held_back:
            return None
        return self.problem.model_copy(update={"calls": (*self.problem.calls, self.held_back.pop())})

    def _cancelled_call(self, _: Mapping[tuple[str, str], Route]) -> ProblemDocument | None:
        gone = self.rng.choice([call.id for call in self.problem.calls if call.id not in self._done])
        calls = tuple(call for call in self.problem.calls if call.id != gone)
        return self.problem.model_copy(update={"calls": calls})

    def _time_passed(self, routes: Mapping[tuple[str, str], Route]) -> ProblemDocument | None:
        """Let some time go by, but no report become due: who is on the way has said so."""
        steps = _steps(self.problem, routes)
        now = min([self._now + CLOCK, *(step.at for step in steps)])
        return self.problem.model_copy(update={"now": now}) if now > self._now else None

    def _visit_reported(self, routes: Mapping[tuple[str, str], Route]) -> ProblemDocument | None:
        """Report the next departure, start or end of a visit, at the time at which the plan has it."""
        steps = _steps(self.problem, routes)
        if not steps:
            return None
        step = min(steps, key=lambda each: (each.at, each.route.technician))
        self._done.update(visit.call for visit in step.facts.visits)
        after = self.problem.model_copy(update={"now": max(self._now, step.at)})
        return with_shift(after, step.route, lambda shift: shift.model_copy(update={"facts": step.facts}))

    @property
    def _now(self) -> datetime:
        assert self.problem.now is not None  # a generated day has it
        return self.problem.now


class Step(NamedTuple):
    """What is reported of a route next, when, and the facts of its shift then."""

    at: datetime
    route: Route
    facts: Facts


def _steps(problem: ProblemDocument, routes: Mapping[tuple[str, str], Route]) -> list[Step]:
    """Return the next report of each route: that work begins, or that somebody drives to the next visit."""
    shifts = {(capacity.id, shift.id): shift for capacity in problem.capacities for shift in capacity.shifts}
    steps = (_step(shifts[key].facts, route) for key, route in routes.items())
    return [step for step in steps if step is not None]


def _step(facts: Facts | None, route: Route) -> Step | None:
    stop = next((stop for stop in route.stops if stop.kind == "visit"), None)
    if stop is None or stop.call is None or stop.place is None:
        return None
    if facts is not None and facts.resume is not None:
        visit = VisitFact(call=stop.call, status="on_site", started_at=stop.start, completed_at=stop.end)
        return Step(stop.start, route, facts.model_copy(update={"visits": (*facts.visits, visit), "resume": None}))
    known = facts or Facts(departed_at=route.departure)
    left_at = known.visits[-1].completed_at if known.visits else known.departed_at
    resume = Resume(place=stop.place, at=max(left_at, stop.arrival))
    return Step(left_at, route, known.model_copy(update={"resume": resume}))


def with_shift(problem: ProblemDocument, route: Route, change: Callable[[Shift], Shift]) -> ProblemDocument:
    """Return a problem in which the shift of a route is another."""
    update = {}
    for group in ("technicians", "providers"):
        crew = getattr(problem, group)
        for row, each in enumerate(crew):
            if each.id == route.technician:
                shifts = tuple(change(shift) if shift.id == route.shift else shift for shift in each.shifts)
                other = each.model_copy(update={"shifts": shifts})
                update[group] = (*crew[:row], other, *crew[row + 1 :])
    return problem.model_copy(update=update)
