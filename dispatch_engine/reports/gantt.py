"""The day of each technician as bars on one time axis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from dispatch_engine.reports.gantt_marks import Mark, Promise, marks_of, promises_in_lanes
from dispatch_engine.reports.stops import heading, outline, stop_title, visit_numbers
from dispatch_engine.reports.wording import clock, length_of_time

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import date

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route, Stop
    from dispatch_engine.model.technicians import Shift
    from dispatch_engine.reports.crew import Member

WIDTH = 1000
CHARACTER_WIDTH = 6.4
"""Of the widest common letters at the size of the bars' labels, in the units of the chart."""

HOUR = timedelta(hours=1)
MAX_LABELS = 16
MAX_HOURS = 48
"""Of an axis that shows every hour."""


@dataclass(frozen=True)
class Axis:
    """Time from left to right; ``x`` is in the units of the chart, from 0 to ``WIDTH``."""

    start: datetime
    end: datetime

    def x(self, at: datetime) -> float:
        """Return where a moment is drawn, kept inside the chart."""
        share = (at - self.start) / (self.end - self.start)
        return round(min(max(share, 0.0), 1.0) * WIDTH, 1)

    def holds(self, at: datetime) -> bool:
        """Return whether a moment lies on the axis."""
        return self.start <= at <= self.end


@dataclass(frozen=True)
class Bar:
    """A stretch of time: ``kind`` is drive, wait, visit, fact, restock, meeting or break."""

    kind: str
    x: float
    width: float
    title: str
    label: str = ""


@dataclass(frozen=True)
class Row:
    """One shift; ``member`` is None where it has no route."""

    member: Member | None
    name: str
    shift: str
    outline: str
    details: str
    overtime_worked: str
    regular: tuple[float, float]
    """Left and right end of regular time."""
    overtime: tuple[float, float]
    """Left and right end of the overtime that is allowed."""
    worked_over: tuple[float, float] | None
    """Left and right end of the overtime that is worked."""
    bars: tuple[Bar, ...]
    marks: tuple[Mark, ...]
    promises: tuple[Promise, ...]
    lanes: int


@dataclass(frozen=True)
class Tick:
    """An hour on the axis; its label may be left out."""

    x: float
    label: str


@dataclass(frozen=True)
class Chart:
    """All shifts of one day."""

    ticks: tuple[Tick, ...]
    rows: tuple[Row, ...]
    now: float | None

    @property
    def has_facts(self) -> bool:
        """Whether any of it has happened already."""
        return self.has("fact")

    def has(self, kind: str) -> bool:
        """Return whether there is a bar of a kind."""
        return any(bar.kind == kind for row in self.rows for bar in row.bars)


@dataclass(frozen=True)
class ShiftOfDay:
    """A shift that begins on the day, with its route where it has one."""

    technician: str
    shift: Shift | None
    route: Route | None


def chart_of(view: PlanView, day: date, crew: Mapping[str, Member]) -> Chart:
    """Return the chart of the shifts that begin on a local date."""
    shifts = list(_shifts_of_day(view, day))
    axis = _axis(view, shifts)
    rows = tuple(_row(view, each, axis, crew.get(each.technician) if each.route else None) for each in shifts)
    now = axis.x(view.now) if view.now is not None and axis.holds(view.now) else None
    return Chart(tuple(_ticks(view, axis)), rows, now)


def _shifts_of_day(view: PlanView, day: date) -> Iterator[ShiftOfDay]:
    routes = {(route.technician, route.shift): route for route in view.plan.routes}
    for (technician, shift_id), shift in view.shifts.items():
        route = routes.pop((technician, shift_id), None)
        if view.local(shift.start).date() == day:
            yield ShiftOfDay(technician, shift, route)
    yield from (ShiftOfDay(route.technician, None, route) for route in routes.values() if view.day_of(route) == day)


def _axis(view: PlanView, shifts: Sequence[ShiftOfDay]) -> Axis:
    """Return whole hours around all shifts and routes."""
    moments: list[datetime] = []
    for each in shifts:
        moments += [each.shift.start, each.shift.end] if each.shift else []
        moments += [each.route.departure, each.route.end] if each.route else []
        moments += [moment for stop in each.route.stops for moment in (stop.start, stop.end)] if each.route else []
    first, last = view.local(min(moments)), view.local(max(moments))
    start = first.replace(minute=0, second=0).astimezone(UTC)
    return Axis(start, start + max(HOUR, -((start - last) // HOUR) * HOUR))


def _ticks(view: PlanView, axis: Axis) -> Iterator[Tick]:
    hours = (axis.end - axis.start) // HOUR
    step = -(-hours // MAX_LABELS)
    for hour in range(0, hours + 1, 1 if hours <= MAX_HOURS else step):
        at = axis.start + hour * HOUR
        yield Tick(axis.x(at), f"{view.local(at):%H:%M}" if hour % step == 0 else "")


def _row(view: PlanView, each: ShiftOfDay, axis: Axis, member: Member | None) -> Row:
    shift, route = each.shift, each.route
    end = axis.x(shift.end) if shift else 0.0
    visits = [stop for stop in route.stops if stop.kind != "break"] if route else []
    promises, lanes = promises_in_lanes(view, visits, axis)
    return Row(
        member=member,
        name=view.technician_name(each.technician),
        shift=shift.id if shift else "",
        outline=outline(view, route) if route else "not used",
        details=heading(view, route) if route else "not used",
        overtime_worked=length_of_time(route.totals.overtime_s) if route and route.totals.overtime_s else "",
        regular=(axis.x(shift.start), end) if shift else (0.0, 0.0),
        overtime=(end, axis.x(shift.end + shift.overtime_cap)) if shift else (0.0, 0.0),
        worked_over=(end, axis.x(route.end)) if route and shift and route.end > shift.end else None,
        bars=tuple(_bars(view, route, axis)) if route else (),
        marks=tuple(marks_of(view, visits, axis)),
        promises=promises,
        lanes=lanes,
    )


def _bars(view: PlanView, route: Route, axis: Axis) -> Iterator[Bar]:
    day, before = view.day_of(route), route.departure
    breaks: list[Stop] = []
    for stop, number in zip(route.stops, visit_numbers(route), strict=True):
        title = stop_title(view, stop, day)
        if stop.kind == "break":
            breaks.append(stop)
            yield _bar(axis, "break", stop.start, stop.end, title, "break")
            continue
        yield from _gap(view, axis, day, Gap(before, stop.start, stop.travel_s, tuple(breaks)))
        label = "" if stop.call is None else view.stop_label(stop)
        yield _bar(axis, stop.kind, stop.start, stop.end, f"{number}. {title}", label)
        before, breaks = stop.end, []
    yield from _gap(view, axis, day, Gap(before, route.end, route.return_travel_s, tuple(breaks)))


@dataclass(frozen=True)
class Gap:
    """The time between two visits: driving and waiting, around breaks."""

    start: datetime
    end: datetime
    travel_s: int
    breaks: tuple[Stop, ...]


def pieces(gap: Gap) -> Iterator[tuple[str, datetime, datetime]]:
    """Yield drive and wait with start and end: driving comes first and breaks interrupt it."""
    left = timedelta(seconds=gap.travel_s)
    inside = [each for each in gap.breaks if each.start >= gap.start]  # others lie before the departure
    edges = [gap.start, *(at for each in inside for at in (each.start, each.end)), gap.end]
    for start, end in zip(edges[::2], edges[1::2], strict=True):
        arrival = min(start + left, end)
        if arrival > start:
            yield "drive", start, arrival
            left -= arrival - start
        if end > max(arrival, start):
            yield "wait", max(arrival, start), end


def _gap(view: PlanView, axis: Axis, day: date, gap: Gap) -> Iterator[Bar]:
    words = {"drive": "Driving", "wait": "Waiting"}
    for kind, start, end in pieces(gap):
        times = f"{clock(view.local(start), day)}–{clock(view.local(end), day)}"
        title = f"{words[kind]} {times} ({length_of_time((end - start).total_seconds())})"
        yield _bar(axis, kind, start, end, title)


def _bar(axis: Axis, kind: str, start: datetime, end: datetime, title: str, label: str = "") -> Bar:
    x = axis.x(start)
    width = round(max(axis.x(end) - x, 0.8), 1)
    return Bar(kind, x, width, title, fitted(label, width))


def fitted(label: str, width: float) -> str:
    """Return as much of a label as a bar holds: all of it, its first word, the end of that, or nothing."""
    room = int((width - 4) / CHARACTER_WIDTH)
    first, _, _ = label.partition(" ")
    for text in (label, first):
        if text and len(text) <= room:
            return text
    return f"…{first[1 - room :]}" if first and room >= 3 else ""
