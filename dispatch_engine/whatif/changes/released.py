"""Calls that are pinned to a shift which is not worked any more are free."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.whatif.changes.finding import with_calls

if TYPE_CHECKING:
    from dispatch_engine.model.calls import Call, Pin
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity


def released(problem: ProblemDocument, whose: Capacity) -> ProblemDocument:
    """Return the document without the pins that a technician or provider cannot keep any more.

    Those are the pins to a shift that they do not have, to a start outside of their shifts, and any at all where they
    have no shift left. What customers were promised stays, at its price.
    """
    return with_calls(problem, lambda call: _free(call, whose))


def _free(call: Call, whose: Capacity) -> Call:
    if call.pin is None or call.pin.technician != whose.id or _can_hold(call.pin, whose):
        return call
    return call.model_copy(update={"pin": None})


def _can_hold(pin: Pin, whose: Capacity) -> bool:
    shifts = [each for each in whose.shifts if pin.shift in (None, each.id)]
    if pin.start is None:
        return bool(shifts)
    start = pin.start
    return any(each.start <= start <= each.end + each.overtime_cap for each in shifts)
