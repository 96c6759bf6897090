"""The days of each technician as iCalendar files (RFC 5545), to be imported or subscribed to by phones.

The identifier of an event follows from problem and call alone, so that importing a newer plan moves an appointment
instead of adding a second one.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import UTC, timedelta
from typing import TYPE_CHECKING
from uuid import NAMESPACE_URL, uuid5

from icalendar import Calendar, Event, Timezone

from dispatch_engine.model.effective import horizon_of
from dispatch_engine.part_words import pieces_words, substitute_words

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route, Stop

PRODUCT = "-//dispatch-engine//plan//EN"
NAMESPACE = uuid5(NAMESPACE_URL, "urn:dispatch-engine:stop")
EVENT_PRIORITY = {1: 1, 2: 3, 3: 5, 4: 7, 5: 9}
"""From a call's priority to iCalendar's, of which 1 is the highest and 9 the lowest."""

MAX_NAME = 60
"""Letters of an id in a file name; file systems allow 255 bytes."""

TITLES = {"restock": "Restock: ", "meeting": "Meeting: "}
"""Before what a stop is for, where that is no call."""

MARGIN = timedelta(days=1)
UNSAFE = re.compile(r"[^\w.-]+")
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


def calendars(view: PlanView) -> dict[str, bytes]:
    """Return a calendar for each technician and provider of the problem, by file name.

    Who has no route gets a calendar without events, which clears what an earlier plan put there.
    """
    names = file_names(dict.fromkeys([*view.capacities, *(route.technician for route in view.plan.routes)]))
    return {name: _calendar(view, technician) for technician, name in names.items()}


def file_names(technicians: Iterable[str]) -> dict[str, str]:
    """Return a safe file name for each id; what is not safe, or the same but for case, is told apart by a checksum."""
    plain = {technician: UNSAFE.sub("_", technician).strip(".")[:MAX_NAME] for technician in technicians}
    alike = Counter(name.casefold() for name in plain.values())
    return {
        technician: f"{name}.ics" if name == technician and alike[name.casefold()] == 1 else _marked(name, technician)
        for technician, name in plain.items()
    }


def _marked(name: str, technician: str) -> str:
    return f"{name}-{hashlib.sha256(technician.encode()).hexdigest()[:8]}.ics"


def _calendar(view: PlanView, technician: str) -> bytes:
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _clean(view.technician_name(technician)))
    calendar.add_component(_time_zone(view))
    for route in view.plan.routes:
        if route.technician == technician:
            for event in _events(view, route):
                calendar.add_component(event)
    text: bytes = calendar.to_ical()
    return text


def _time_zone(view: PlanView) -> Timezone:
    """Return the rules of the time zone for the days of the plan."""
    moments = [at for route in view.plan.routes for at in (route.departure, route.end)]
    horizon = horizon_of(view.problem)
    first, last = min(horizon.start, *moments), max(horizon.end, *moments)
    return Timezone.from_tzinfo(
        view.zone, first_date=(view.local(first) - MARGIN).date(), last_date=(view.local(last) + MARGIN).date()
    )


def _events(view: PlanView, route: Route) -> Iterator[Event]:
    counts = Counter[tuple[str, str | None]]()
    for stop in route.stops:
        counts[stop.kind, stop.location] += 1
        key = _key(route, stop, counts[stop.kind, stop.location])
        event = Event()
        event.add("uid", str(uuid5(NAMESPACE, "\n".join([view.plan.problem_id, *key]))))
        event.add("dtstamp", view.plan.created_at.astimezone(UTC))
        event.add("dtstart", view.local(stop.start))
        if stop.end > stop.start:  # an event that takes no time has no end
            event.add("dtend", view.local(stop.end))
        _describe(view, stop, event, _night(route) if stop is route.stops[0] else [])
        yield event


def _key(route: Route, stop: Stop, number: int) -> list[str]:
    """Return what identifies a stop from plan to plan: its call, else its place in the technician's day."""
    if stop.call is not None:
        return ["call", stop.call]
    of_shift = [stop.kind, route.technician, route.shift]
    return of_shift + [each for each in (stop.location, stop.meeting) if each is not None] + [str(number)]


def _describe(view: PlanView, stop: Stop, event: Event, before: list[str]) -> None:
    lines = before if stop.kind == "break" else [*before, *_lines(view, stop)]
    if lines:
        event.add("description", _clean("\n".join(lines)))
    if stop.kind == "break":
        event.add("summary", "Break")
        return
    event.add("summary", _clean(f"{TITLES.get(stop.kind, '')}{view.stop_label(stop)}"))
    if stop.location is not None:
        event.add("location", _clean(view.location_name(stop.location) or stop.location))
    call, point = view.call_of(stop), view.stop_position(stop)
    if call is not None:
        event.add("priority", EVENT_PRIORITY[view.priority_of(call)])
        event.add("location", _clean(view.place_name(call.place) or view.call_name(call.id) or call.id))
        if call.kind:
            event.add("categories", [_clean(call.kind)])
    if point is not None:
        event.add("geo", (point.lat, point.lon))


def _night(route: Route) -> list[str]:
    """Return what is to be known of the night before a route."""
    night = route.overnight
    return [] if night is None else [f"Loaded overnight at {night.location}: {pieces_words(night.parts)}"]


def _lines(view: PlanView, stop: Stop) -> Iterator[str]:
    call, promised = view.call_of(stop), view.promised(stop.call)
    arrival = view.local(stop.arrival)
    yield f"Drive {round(stop.travel_s / 60)} min, {stop.distance_m / 1000:.1f} km, arrive {arrival:%H:%M}"
    if call is not None:
        yield f"Priority {view.priority_of(call)}"
    if promised is not None:
        yield f"Promised {promised[0]:%H:%M} to {promised[1]:%H:%M}"
    if call is not None:
        yield from _part_lines(view, stop)
        yield from (["Tools: " + ", ".join(call.tools)] if call.tools else [])
    yield from (f"Take on {part} × {pieces}" for part, pieces in stop.loads.items())
    yield from (f"Borrow {tool}" for tool in stop.tools)
    yield from (f"Hand over {part} × {pieces}" for part, pieces in stop.gives.items())


def _part_lines(view: PlanView, stop: Stop) -> Iterator[str]:
    if stop.parts:
        yield f"Parts: {pieces_words(stop.parts)}"
    if stop.sourcing is not None:
        for parcel in stop.sourcing.parcels:
            there = f"there at {view.local(parcel.arrival):%H:%M}"
            yield f"By courier from {parcel.location}, {there}: {pieces_words(parcel.parts)}"
        yield from (f"Use {words}" for words in substitute_words(stop.sourcing))
    if stop.on_time is not None:
        yield f"In time with {stop.on_time:.0%}"
    if stop.first_time_fix is not None:
        yield f"First-time fix {stop.first_time_fix:.0%}"


def _clean(text: str) -> str:
    """Leave out the control characters that RFC 5545 does not allow in a text."""
    return CONTROLS.sub("", text)
