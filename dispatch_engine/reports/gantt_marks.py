"""Deadlines above the bars and promised windows below them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

from dispatch_engine.reports.wording import clock, length_of_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Stop


class TimeAxis(Protocol):
    """Where moments are drawn."""

    def x(self, at: datetime) -> float:
        """Return the place of a moment, kept inside the chart."""

    def holds(self, at: datetime) -> bool:
        """Return whether a moment lies on the axis."""


@dataclass(frozen=True)
class Mark:
    """A deadline: ``kind`` is response or restore; where it is missed, ``late_until`` is when it was met."""

    kind: str
    x: float
    late_until: float | None
    title: str


@dataclass(frozen=True)
class Promise:
    """A promised window with the start of the visit; ``lane`` counts from 0, downwards."""

    x: float
    width: float
    start: float
    lane: int
    kept: bool
    title: str


def marks_of(view: PlanView, visits: Sequence[Stop], axis: TimeAxis) -> Iterator[Mark]:
    """Yield the deadlines that lie on the axis, and those missed wherever they lie."""
    for stop in visits:
        deadlines = view.deadlines(view.call_of(stop))
        for kind, at, met, late_s in (
            ("response", deadlines.response, stop.start, stop.response_late_s),
            ("restore", deadlines.restore, stop.end, stop.restore_late_s),
        ):
            if at is not None and (late_s or axis.holds(at)):
                yield _mark(view, stop, axis, kind, (at, met, late_s))


def _mark(view: PlanView, stop: Stop, axis: TimeAxis, kind: str, due: tuple[datetime, datetime, int]) -> Mark:
    at, met, late_s = due
    verb = "start" if kind == "response" else "completion"
    text = f"{stop.call}: {verb} due {clock(at, view.local(stop.start).date())}"
    late = f", {length_of_time(late_s)} late" if late_s else ""
    return Mark(kind, axis.x(at), axis.x(met) if late_s else None, text + late)


def promises_in_lanes(view: PlanView, visits: Sequence[Stop], axis: TimeAxis) -> tuple[tuple[Promise, ...], int]:
    """Return the promised windows, no two of one lane overlapping, and the number of lanes."""
    promises: list[Promise] = []
    ends: list[float] = []
    for stop in visits:
        promised = view.promised(stop.call)
        if promised is None:
            continue
        x, right, start = axis.x(promised[0]), axis.x(promised[1]), axis.x(stop.start)
        lane = next((lane for lane, end in enumerate(ends) if end < min(x, start)), len(ends))
        ends[lane : lane + 1] = [max(right, start) + 4]
        kept = view.promise_kept(stop) is True
        promises.append(Promise(x, round(right - x, 1), start, lane, kept, _title(view, stop, promised, kept)))
    return tuple(promises), len(ends)


def _title(view: PlanView, stop: Stop, promised: tuple[datetime, datetime], kept: bool) -> str:
    day = view.local(stop.start).date()
    return (
        f"{stop.call}: promised {clock(promised[0], day)}–{clock(promised[1], day)}, {'kept' if kept else 'not kept'}"
    )
