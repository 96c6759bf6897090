"""The stops of each route as a table to read and to print, and in words for the charts."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.listing import counted
from dispatch_engine.part_words import parcel_words, pieces_words, substitute_words
from dispatch_engine.reports.wording import clock, kilometres, length_of_time

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route, Stop
    from dispatch_engine.reports.crew import Member


TITLES = {"restock": "Restock at ", "meeting": "Meeting "}
"""Before what a stop is for, where that is no call."""


@dataclass(frozen=True)
class StopLine:
    """One line of a route's table."""

    number: str
    call: str
    name: str
    times: str
    drive: str
    notes: tuple[str, ...]
    late: bool
    """Against a deadline, or outside what was promised."""


@dataclass(frozen=True)
class RouteTable:
    """What one shift does."""

    member: Member
    shift: str
    heading: str
    lines: tuple[StopLine, ...]


def route_table(view: PlanView, route: Route, member: Member) -> RouteTable:
    """Return the table of one route."""
    day = view.day_of(route)
    numbers = visit_numbers(route)
    lines = [_line(view, stop, number, day) for stop, number in zip(route.stops, numbers, strict=True)]
    return RouteTable(member, route.shift, heading(view, route), tuple(lines))


def visit_numbers(route: Route) -> list[str]:
    """Return the number of each stop in its route, from 1; nothing for a break."""
    numbers, count = [], 0
    for stop in route.stops:
        count += stop.kind != "break"
        numbers.append("" if stop.kind == "break" else str(count))
    return numbers


def outline(view: PlanView, route: Route) -> str:
    """Return when a route departs and ends, and how much it holds."""
    day, totals = view.day_of(route), route.totals
    times = f"{clock(view.local(route.departure), day)}–{clock(view.local(route.end), day)}"
    return f"{times} · {counted(totals.visits, 'visit')} · {kilometres(totals.distance_m)}"


def heading(view: PlanView, route: Route) -> str:
    """Return the outline of a route and where its time goes."""
    totals = route.totals
    stretches = (
        ("driving", totals.driving_s),
        ("service", totals.service_s),
        ("handling", totals.handling_s),
        ("waiting", totals.waiting_s),
        ("overtime", totals.overtime_s),
    )
    night = route.overnight
    loaded = [] if night is None else [f"loaded overnight at {night.location}: {pieces_words(night.parts)}"]
    spent = (f"{length_of_time(s)} {what}" for what, s in stretches if s)
    return " · ".join([outline(view, route), *spent, *loaded])


def stop_title(view: PlanView, stop: Stop, day: date) -> str:
    """Return all about a stop in a few lines, for whoever points at it."""
    if stop.kind == "break":
        return f"Break {_times(view, stop, day)}" + (" (paid)" if stop.paid else "")
    arrival = f"arrives {clock(view.local(stop.arrival), day)}"
    waits = f", waits {length_of_time(stop.waiting_s)}" if stop.waiting_s else ""
    first = f"{TITLES.get(stop.kind, '')}{view.stop_label(stop)}"
    return "\n".join([first, f"{_times(view, stop, day)} ({arrival}{waits})", *notes(view, stop, day)])


def notes(view: PlanView, stop: Stop, day: date) -> list[str]:
    """Return what else matters about a stop: kind, promise, deadlines, parts and where they come from."""
    call = view.call_of(stop)
    kind = " ".join(
        word for word in (call.kind if call else None, "(as it happened)" if stop.kind == "fact" else None) if word
    )
    return [
        *([kind] if kind else []),
        *_promise_notes(view, stop, day),
        *_deadline_notes(view, stop, day),
        *_part_notes(view, stop, day),
    ]


def _part_notes(view: PlanView, stop: Stop, day: date) -> Iterator[str]:
    pieces = (("parts", stop.parts), ("takes on", stop.loads), ("hands over", stop.gives))
    yield from (f"{what}: {pieces_words(parts)}" for what, parts in pieces if parts)
    if stop.tools:
        yield f"borrows {', '.join(stop.tools)}"
    if stop.sourcing is not None:
        for words, parcel in zip(parcel_words(stop.sourcing), stop.sourcing.parcels, strict=True):
            yield f"{words}, there at {clock(view.local(parcel.arrival), day)}"
        yield from substitute_words(stop.sourcing)
    if stop.on_time is not None:
        yield f"in time with {stop.on_time:.0%}"
    if stop.first_time_fix is not None:
        yield f"first-time fix {stop.first_time_fix:.0%}"


def _promise_notes(view: PlanView, stop: Stop, day: date) -> list[str]:
    promised = view.promised(stop.call)
    if promised is None:
        return []
    missed = "" if view.promise_kept(stop) else ", not kept"
    return [f"promised {clock(promised[0], day)}–{clock(promised[1], day)}{missed}"]


def _deadline_notes(view: PlanView, stop: Stop, day: date) -> list[str]:
    deadlines = view.deadlines(view.call_of(stop))
    pairs = (
        ("start", deadlines.response, stop.response_late_s),
        ("completion", deadlines.restore, stop.restore_late_s),
    )
    return [
        f"{what} due {clock(at, day)}" + (f", {length_of_time(late_s)} late" if late_s else "")
        for what, at, late_s in pairs
        if at is not None
    ]


def _line(view: PlanView, stop: Stop, number: str, day: date) -> StopLine:
    if stop.kind == "break":
        return StopLine("", "", "Break" + (" (paid)" if stop.paid else ""), _times(view, stop, day), "", (), False)
    late = bool(stop.response_late_s or stop.restore_late_s or view.promise_kept(stop) is False)
    drive = f"{length_of_time(stop.travel_s)}, {kilometres(stop.distance_m)}" if stop.travel_s else "same place"
    waits = [f"waits {length_of_time(stop.waiting_s)}"] if stop.waiting_s else []
    return StopLine(
        number,
        stop.call or stop.location or stop.meeting or "",
        _name(view, stop),
        _times(view, stop, day),
        drive,
        (*waits, *notes(view, stop, day)),
        late,
    )


def _name(view: PlanView, stop: Stop) -> str:
    """Return what people call a stop, behind the id of its call, location or meeting."""
    if stop.kind in TITLES:
        name = view.location_name(stop.location)
        return f"{name} ({stop.kind})" if name else f"({stop.kind})"
    return view.call_name(stop.call)


def _times(view: PlanView, stop: Stop, day: date) -> str:
    return f"{clock(view.local(stop.start), day)}–{clock(view.local(stop.end), day)}"
