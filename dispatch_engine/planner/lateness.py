"""Deadlines and downtime of calls as lateness costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import downtime_of, response_of, restore_of
from dispatch_engine.planner.columns import ints
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.planner.timeline import whole_s
from solver.problem import Steps
from solver.validation import MAX_TIME_S

if TYPE_CHECKING:
    from dispatch_engine.model.effective import Deadline
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints


class Lateness(NamedTuple):
    """Columns of ``solver.problem.Visits``."""

    response: Steps
    restore: Steps
    downtime_from_s: Ints
    downtime_ticks_per_s: Ints


def lateness_of(frame: Frame) -> Lateness:
    """Return what each call's lateness costs."""
    calls, policy = frame.problem.calls, frame.problem.policy
    pairs = list(zip(calls, frame.contracts, strict=True))
    down = [downtime_of(call, contract, frame.horizon) for call, contract in pairs]
    return Lateness(
        response=Steps.of(_steps(frame, response_of(call, contract, policy)) for call, contract in pairs),
        restore=Steps.of(_steps(frame, restore_of(call, contract, policy)) for call, contract in pairs),
        downtime_from_s=ints(0 if each is None else frame.timeline.seconds(each[0]) for each in down),
        downtime_ticks_per_s=ints(0 if each is None else ticks_per_s(each[1]) for each in down),
    )


def _steps(frame: Frame, deadline: Deadline | None) -> list[tuple[int, int]]:
    """Return the steps of a deadline; a step that begins after all that can happen is moved to the end of time."""
    if deadline is None:
        return []
    at_s = frame.timeline.seconds(deadline.at)
    return [(min(at_s + whole_s(step.after), MAX_TIME_S), ticks_per_s(step.per_hour)) for step in deadline.steps]
