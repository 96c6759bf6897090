"""Small weeks for tests of pick lists: vans and a depot that open at eight, and plans made by hand."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

from dispatch_engine.formats.documents import parse_plan, parse_problem, problem_sha256
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.restock.documents import PickLine, PickList, VanPicks
from dispatch_engine.restock.picking import pick_list

Document = dict[str, Any]

PLACE = {"lat": 52.52, "lon": 13.4}
MONDAY, TUESDAY, WEDNESDAY, FRIDAY, NEXT_MONDAY = 2, 3, 4, 6, 9
"""Days of March 2026."""


def at(day: int, hour: int, minute: int = 0) -> str:
    return f"2026-03-{day:02}T{hour:02}:{minute:02}:00+01:00"


def shift(day: int, start: int = 8, end: int = 16) -> Document:
    return {"id": f"{day}-{start}", "start": at(day, start), "end": at(day, end)}


def van(technician: str = "T-1", *, days: tuple[int, ...] = (MONDAY, TUESDAY), **more: Any) -> Document:
    shifts = [shift(day) for day in days]
    return {"id": technician, "home": PLACE, "replenished_at": "depot", "shifts": shifts, **more}


def call(name: str, parts: Document, **more: Any) -> Document:
    return {"id": name, "place": PLACE, "duration": 600, "parts": parts, **more}


def depot(stock: Document, location: str = "depot", **more: Any) -> Document:
    opening = [{"start": at(1, 0), "end": at(30, 0)}]
    return {"id": location, "place": PLACE, "opening": opening, "stock": stock, **more}


def problem(
    vans: list[Document],
    depots: list[Document],
    calls: list[Document] | None = None,
    rule: str = "loadout",
    **more: Any,
) -> ProblemDocument:
    whole = {
        "version": 1,
        "id": "week",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "technicians": vans,
        "calls": calls or [],
        "stock_locations": depots,
        "policy": {"overnight_replenishment": rule},
        **more,
    }
    return parse_problem(json.dumps(whole).encode())


def visit(name: str, parts: Document, day: int = TUESDAY, hour: int = 9, **more: Any) -> Document:
    moment = at(day, hour)
    return {"kind": "visit", "call": name, "arrival": moment, "start": moment, "end": moment, "parts": parts, **more}


def stop(kind: str, day: int, hour: int, **more: Any) -> Document:
    moment = at(day, hour)
    return {"kind": kind, "arrival": moment, "start": moment, "end": moment, **more}


def route(technician: str, day: int, *stops: Document, start: int = 8, **more: Any) -> Document:
    return {
        "technician": technician,
        "shift": f"{day}-{start}",
        "departure": at(day, start),
        "end": at(day, 16),
        "start_place": PLACE,
        "stops": list(stops),
        "totals": {},
        **more,
    }


def planned(of: ProblemDocument, *routes: Document, **more: Any) -> PlanDocument:
    whole = {
        "version": 1,
        "problem_id": of.id,
        "problem_sha256": problem_sha256(of),
        "created_at": at(1, 12),
        "engine_version": "0",
        "seed": 0,
        "effort": {"iterations": 0, "seconds": 0, "stopped_by": "no_calls"},
        "currency": "EUR",
        "time_zone": of.time_zone,
        "policy": {},
        "travel": {"source": "geodesic"},
        "routes": list(routes),
        "cost": {"total": "0", "by_term": {}},
        "kpis": {"calls": 0, "planned": 0, "unplanned": 0},
        **more,
    }
    return parse_plan(json.dumps(whole).encode())


def picks(of: ProblemDocument, *routes: Document, night: int | None = None) -> PickList:
    asked = None if night is None else date(2026, 3, night)
    return pick_list(of, planned(of, *routes), asked)


def vans_of(found: PickList) -> dict[str, VanPicks]:
    return {each.technician: each for location in found.locations for each in location.vans}


def line(found: PickList, technician: str, part: str) -> PickLine:
    (only,) = (each for each in vans_of(found)[technician].lines if each.part == part)
    return only


def loads(found: PickList) -> dict[tuple[str, str], int]:
    """Return the pieces to load by technician and part, without zeros."""
    vans = (each for location in found.locations for each in location.vans)
    return {(each.technician, line.part): line.load for each in vans for line in each.lines if line.load}
