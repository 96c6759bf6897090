"""Pins and promises of calls: what may not change, and what has its price."""

from __future__ import annotations

from itertools import repeat
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.planner.columns import ints
from dispatch_engine.planner.money import ticks
from solver.problem import FREE, NONE, ORDER_FIXED, START_FIXED, TECHNICIAN_FIXED
from solver.validation import MAX_PRICE_TICKS

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.calls import Pin, PinLevel
    from dispatch_engine.model.effective import EffectivePromise
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints

LEVELS: dict[PinLevel, int] = {"technician": TECHNICIAN_FIXED, "order": ORDER_FIXED, "start": START_FIXED}


class Pins(NamedTuple):
    """Columns of ``solver.problem.Visits``."""

    pin_level: Ints
    pin_technician: Ints
    pin_shift: Ints
    pin_rank: Ints
    pin_start_s: Ints


class Promises(NamedTuple):
    """Columns of ``solver.problem.Visits``."""

    promised_technician: Ints
    reassign_ticks: Ints
    promised_from_s: Ints
    promised_to_s: Ints
    retime_ticks: Ints
    promise_drop_ticks: Ints


def pins_of(frame: Frame) -> Pins:
    """Return the pin of each call."""
    pins, index = [call.pin for call in frame.problem.calls], frame.index
    return Pins(
        pin_level=ints(FREE if pin is None else LEVELS[pin.level] for pin in pins),
        pin_technician=ints(NONE if pin is None else index.technician[pin.technician] for pin in pins),
        pin_shift=ints(_pinned_shift(frame, pin) for pin in pins),
        pin_rank=ints(NONE if pin is None or pin.rank is None else pin.rank for pin in pins),
        pin_start_s=ints(_seconds(frame, None if pin is None else pin.start) for pin in pins),
    )


def promises_of(frame: Frame) -> Promises:
    """Return what was promised for each call, and the prices of breaking it."""
    policy = frame.problem.policy
    promises = [frame.promises.get(call.id) for call in frame.problem.calls]
    technicians = [_promised_technician(frame, promise) for promise in promises]
    intervals = [_interval(frame, promise) for promise in promises]
    has_any = [who != NONE or first != NONE for who, (first, _) in zip(technicians, intervals, strict=True)]
    return Promises(
        promised_technician=ints(technicians),
        reassign_ticks=ints(map(_reassign_ticks, repeat(policy), promises, technicians)),
        promised_from_s=ints(first for first, _ in intervals),
        promised_to_s=ints(last for _, last in intervals),
        retime_ticks=ints(ticks(policy.retimed) if first != NONE else 0 for first, _ in intervals),
        promise_drop_ticks=ints(ticks(policy.promise_dropped) if any_ else 0 for any_ in has_any),
    )


def _pinned_shift(frame: Frame, pin: Pin | None) -> int:
    return NONE if pin is None or pin.shift is None else frame.index.shift[pin.technician, pin.shift]


def _seconds(frame: Frame, moment: datetime | None) -> int:
    return NONE if moment is None else frame.timeline.clipped(moment)


def _promised_technician(frame: Frame, promise: EffectivePromise | None) -> int:
    return NONE if promise is None or promise.technician is None else frame.index.technician[promise.technician]


def _reassign_ticks(policy: Policy, promise: EffectivePromise | None, technician: int) -> int:
    """Return the price of yet another technician: a customer who is told again and again loses patience."""
    if promise is None or technician == NONE:
        return 0
    return min(MAX_PRICE_TICKS, ticks(policy.reassigned) * (1 + promise.changes))


def _interval(frame: Frame, promise: EffectivePromise | None) -> tuple[int, int]:
    if promise is None or promise.interval is None:
        return NONE, NONE
    return frame.timeline.clipped(promise.interval[0]), frame.timeline.clipped(promise.interval[1])
