"""Calls: wishes do not contradict each other, pins and promises say neither too little nor too much."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.calls import Pin
    from dispatch_engine.model.problem import ProblemDocument

NEEDED = {"technician": (), "order": ("shift",), "start": ("shift", "start")}
SURPLUS = {"technician": ("rank", "start"), "order": ("start",), "start": ()}


def check_wishes(problem: ProblemDocument) -> Iterator[Fault]:
    """Find technicians that a call both wants and excludes."""
    for i, call in enumerate(problem.calls):
        wanted = {*call.required_technicians, *call.preferred_technicians}
        for j, name in enumerate(call.excluded_technicians):
            if name in wanted:
                yield fault("technicians_contradict", ("calls", i, "excluded_technicians", j), name)


def check_promises(problem: ProblemDocument) -> Iterator[Fault]:
    """Find promises of two different times."""
    for i, call in enumerate(problem.calls):
        promise = call.promise
        if promise is not None and promise.window is not None and promise.start is not None:
            yield fault("promise_twice", ("calls", i, "promise"), promise)


def check_pins(problem: ProblemDocument) -> Iterator[Fault]:
    """Find pins that do not say what their level fixes, or say more, or share a rank."""
    ranked: dict[tuple[str, str | None, int], str] = {}
    for i, call in enumerate(problem.calls):
        pin, path = call.pin, ("calls", i, "pin")
        if pin is None:
            continue
        yield from _pin_faults(pin, path)
        if pin.rank is not None:
            other = ranked.setdefault((pin.technician, pin.shift, pin.rank), call.id)
            if other != call.id:
                yield fault("pin_rank_taken", (*path, "rank"), pin.rank, other=other)


def _pin_faults(pin: Pin, path: Path) -> Iterator[Fault]:
    needed = NEEDED[pin.level]
    if any(getattr(pin, field) is None for field in needed):
        yield fault("pin_incomplete", path, pin, level=pin.level, needed=", ".join(needed))
    for field in SURPLUS[pin.level]:
        if getattr(pin, field) is not None:
            yield fault("pin_surplus", (*path, field), getattr(pin, field), level=pin.level, field=field)
