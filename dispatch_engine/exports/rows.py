"""One row for each stop of a plan: the columns that the CSV and the JSON export share."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import datetime

    from dispatch_engine.exports.view import PlanView
    from dispatch_engine.model.plan import Route, Stop

Value: TypeAlias = str | int | float | bool | None
Row: TypeAlias = dict[str, Value]

COLUMNS = {
    "technician": "id of the technician or provider",
    "technician_name": "what people call them; the id where there is no name",
    "shift": "id of the shift",
    "date": "local date on which the shift begins",
    "number": "place of the stop in its route, from 1; empty for a break",
    "kind": "visit, fact (has happened or is happening), restock, meeting or break",
    "call": "id of the call",
    "call_name": "what people call it",
    "call_kind": "kind of work",
    "priority": "1 (most urgent) to 5",
    "location": "id of the stock location of a restock",
    "location_name": "what people call it",
    "meeting": "id of the meeting of two vans",
    "lat": "degrees north, WGS 84",
    "lon": "degrees east, WGS 84",
    "from": "local time of day when work, handling or break begins, HH:MM",
    "to": "local time of day when it ends, HH:MM",
    "arrival": "ISO 8601 with offset",
    "start": "ISO 8601 with offset",
    "end": "ISO 8601 with offset",
    "travel_s": "seconds of driving from the stop before",
    "distance_m": "metres of the same drive",
    "waiting_s": "seconds between arrival and start",
    "service_s": "seconds of work, of handling, or of the break",
    "parts": "pieces used out of the van, such as `KIT-7: 2; SEAL: 1`",
    "parcels": "pieces that couriers bring, such as `KIT-7: 1 from depot, 10:30`",
    "substitutes": "what is used in place of what, such as `SEAL-2 for SEAL: 1`",
    "first_time_fix": "probability that no second visit is needed; empty where the needs are certain",
    "loads": "pieces taken on at a restock or meeting",
    "tools": "tools borrowed at a restock, such as `crane; hoist`",
    "gives": "pieces handed over at a meeting",
    "promised_from": "first promised start, ISO 8601 with offset",
    "promised_to": "last promised start",
    "promise_kept": "whether the start lies in the promised window; empty where nothing was promised",
    "on_time": "probability to begin in time; empty where nothing is promised or nothing varies",
    "response_deadline": "until when work was to start",
    "restore_deadline": "until when it was to be completed",
    "response_late_s": "seconds past the response deadline",
    "restore_late_s": "seconds past the restore deadline",
}
"""Meaning of each column, in order."""


def stop_rows(view: PlanView) -> Iterator[Row]:
    """Yield the rows of all routes, route by route in the order of the plan."""
    for route in view.plan.routes:
        number = 0
        for stop in route.stops:
            number += stop.kind != "break"
            yield _row(view, route, stop, number)


def _row(view: PlanView, route: Route, stop: Stop, number: int) -> Row:
    return {
        "technician": route.technician,
        "technician_name": view.technician_name(route.technician),
        "shift": route.shift,
        "date": view.day_of(route).isoformat(),
        "number": number if stop.kind != "break" else None,
        "kind": stop.kind,
        **_call_values(view, stop),
        **_time_values(view, stop),
        **_part_values(view, stop),
        **_agreed_values(view, stop),
        "response_late_s": stop.response_late_s,
        "restore_late_s": stop.restore_late_s,
    }


def _call_values(view: PlanView, stop: Stop) -> Row:
    call, point = view.call_of(stop), view.stop_position(stop)
    return {
        "call": stop.call,
        "call_name": view.call_name(stop.call) or None,
        "call_kind": call.kind if call else None,
        "priority": view.priority_of(call) if call else None,
        "location": stop.location,
        "location_name": view.location_name(stop.location) or None,
        "meeting": stop.meeting,
        "lat": point.lat if point else None,
        "lon": point.lon if point else None,
    }


def _time_values(view: PlanView, stop: Stop) -> Row:
    start, end = view.local(stop.start), view.local(stop.end)
    return {
        "from": f"{start:%H:%M}",
        "to": f"{end:%H:%M}",
        "arrival": _iso(view.local(stop.arrival)),
        "start": _iso(start),
        "end": _iso(end),
        "travel_s": stop.travel_s,
        "distance_m": stop.distance_m,
        "waiting_s": stop.waiting_s,
        "service_s": int((stop.end - stop.start).total_seconds()),
    }


def _part_values(view: PlanView, stop: Stop) -> Row:
    parcels = stop.sourcing.parcels if stop.sourcing else ()
    substitutes = stop.sourcing.substitutes if stop.sourcing else ()
    brought = [f"{_pieces(x.parts)} from {x.location}, {view.local(x.arrival):%H:%M}" for x in parcels]
    return {
        "parts": _pieces(stop.parts) or None,
        "parcels": "; ".join(brought) or None,
        "substitutes": "; ".join(f"{x.substitute} for {x.part}: {x.pieces}" for x in substitutes) or None,
        "first_time_fix": stop.first_time_fix,
        "loads": _pieces(stop.loads) or None,
        "tools": "; ".join(stop.tools) or None,
        "gives": _pieces(stop.gives) or None,
    }


def _pieces(parts: Mapping[str, int]) -> str:
    return "; ".join(f"{part}: {pieces}" for part, pieces in parts.items())


def _agreed_values(view: PlanView, stop: Stop) -> Row:
    promised, deadlines = view.promised(stop.call), view.deadlines(view.call_of(stop))
    return {
        "promised_from": _iso(promised[0] if promised else None),
        "promised_to": _iso(promised[1] if promised else None),
        "promise_kept": view.promise_kept(stop),
        "on_time": stop.on_time,
        "response_deadline": _iso(deadlines.response),
        "restore_deadline": _iso(deadlines.restore),
    }


def _iso(at: datetime | None) -> str | None:
    return at.isoformat() if at else None
