"""A small planned day on the roads of Nauru, made by hand, with one of everything that a report has to show."""

from __future__ import annotations

import copy
import json
from typing import Any

from dispatch_engine.formats.documents import parse_plan, parse_problem, problem_sha256
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.travel.source import OSM_ATTRIBUTION

Document = dict[str, Any]

HOME = {"lat": -0.5453, "lon": 166.9168}
NORTH = {"lat": -0.5081, "lon": 166.9329}
EAST = {"lat": -0.5251, "lon": 166.9545}
SOUTH = {"lat": -0.5481, "lon": 166.9303}
WEST = {"lat": -0.5265, "lon": 166.9117}
INLAND = {"lat": -0.5215, "lon": 166.9354}

DAY = "2026-03-02"


def at(clock: str, day: str = DAY) -> str:
    return f"{day}T{clock}:00+12:00"


PROBLEM: Document = {
    "version": 1,
    "id": "island",
    "name": "A day on the island",
    "currency": "AUD",
    "time_zone": "Pacific/Nauru",
    "now": at("08:30"),
    "technicians": [
        {
            "id": "T-1",
            "name": "Van one",
            "home": HOME,
            "skills": {"lift": 2},
            "stock": {"KIT-7": 2},
            "shifts": [
                {
                    "id": "mon",
                    "start": at("08:00"),
                    "end": at("16:00"),
                    "overtime_cap": "PT2H",
                    "breaks": [{"earliest": at("11:00"), "latest": at("13:00"), "duration": "PT30M"}],
                    "facts": {
                        "departed_at": at("08:00"),
                        "visits": [{"call": "C-1", "started_at": at("08:05"), "completed_at": at("08:30")}],
                    },
                }
            ],
        },
        {"id": "T-2", "home": NORTH, "shifts": [{"id": "mon", "start": at("08:00"), "end": at("16:00")}]},
        {"id": "T-3", "home": EAST, "shifts": [{"id": "mon", "start": at("09:00"), "end": at("12:00")}]},
    ],
    "calls": [
        {"id": "C-1", "name": "Lift at the harbour", "place": WEST, "duration": "PT25M", "kind": "lift"},
        {
            "id": "C-2",
            "name": "Cold room north",
            "place": NORTH,
            "duration": "PT1H",
            "priority": 1,
            "parts": {"KIT-7": 1},
            "promise": {"window": {"start": at("10:00"), "end": at("12:00")}},
        },
        {
            "id": "C-3",
            "name": "Boiler south",
            "place": SOUTH,
            "duration": "PT1H",
            "contract": "gold",
            "reported_at": at("07:00"),
            "promise": {"window": {"start": at("12:00"), "end": at("14:00")}},
        },
        {"id": "C-4", "place": EAST, "duration": "PT45M"},
        {"id": "C-5", "name": "Chiller inland", "place": INLAND, "duration": "PT45M", "priority": 2},
    ],
    "contracts": [{"id": "gold", "response_within": "PT8H", "restore_within": "PT12H"}],
    "travel": {"source": "road", "network": "nauru"},
}

PLAN: Document = {
    "version": 1,
    "problem_id": "island",
    "created_at": at("20:00", "2026-03-01"),
    "engine_version": "0.1.0",
    "seed": 7,
    "effort": {"iterations": 1200, "seconds": 1.5, "threads": 2, "stopped_by": "time_limit", "time_limit": "PT10S"},
    "currency": "AUD",
    "time_zone": "Pacific/Nauru",
    "policy": {},
    "travel": {"source": "road", "attribution": OSM_ATTRIBUTION},
    "routes": [
        {
            "technician": "T-1",
            "shift": "mon",
            "departure": at("08:00"),
            "end": at("16:35"),
            "start_place": HOME,
            "end_place": HOME,
            "stops": [
                {
                    "kind": "fact",
                    "call": "C-1",
                    "place": WEST,
                    "arrival": at("08:05"),
                    "start": at("08:05"),
                    "end": at("08:30"),
                    "travel_s": 300,
                    "distance_m": 2600,
                },
                {
                    "kind": "visit",
                    "call": "C-2",
                    "place": NORTH,
                    "arrival": at("08:40"),
                    "start": at("10:00"),
                    "end": at("11:00"),
                    "travel_s": 600,
                    "distance_m": 3900,
                    "waiting_s": 4800,
                    "parts": {"KIT-7": 1},
                },
                {"kind": "break", "arrival": at("11:00"), "start": at("11:00"), "end": at("11:30"), "paid": False},
                {
                    "kind": "visit",
                    "call": "C-3",
                    "place": SOUTH,
                    "arrival": at("15:20"),
                    "start": at("15:20"),
                    "end": at("16:20"),
                    "travel_s": 720,
                    "distance_m": 6100,
                    "waiting_s": 13080,
                    "response_late_s": 1200,
                    "costs": {"response": "20", "retimed": "50"},
                },
            ],
            "return_travel_s": 900,
            "return_distance_m": 1900,
            "totals": {
                "visits": 3,
                "driving_s": 2520,
                "distance_m": 14500,
                "service_s": 8700,
                "waiting_s": 17880,
                "break_s": 1800,
                "paid_s": 29100,
                "overtime_s": 2100,
                "workload_s": 11220,
            },
            "costs": {"wage": "323.333"},
        },
        {
            "technician": "T-2",
            "shift": "mon",
            "departure": at("08:00"),
            "end": at("09:05"),
            "start_place": NORTH,
            "end_place": NORTH,
            "stops": [
                {
                    "kind": "visit",
                    "call": "C-4",
                    "place": EAST,
                    "arrival": at("08:10"),
                    "start": at("08:10"),
                    "end": at("08:55"),
                    "travel_s": 600,
                    "distance_m": 4100,
                }
            ],
            "return_travel_s": 600,
            "return_distance_m": 4100,
            "totals": {
                "visits": 1,
                "driving_s": 1200,
                "distance_m": 8200,
                "service_s": 2700,
                "paid_s": 3900,
                "workload_s": 3900,
            },
            "costs": {"wage": "43.333"},
        },
    ],
    "unplanned": [
        {
            "call": "C-5",
            "priority": 2,
            "reasons": [
                {"code": "skill", "message": "T-2 lacks lift at level 1.", "technician": "T-2"},
                {"code": "skill", "message": "T-3 lacks lift at level 1.", "technician": "T-3"},
                {"code": "shift", "message": "T-1 would end 25 minutes too late.", "technician": "T-1"},
            ],
            "costs": {"unplanned": "2000", "deferred": "12.5"},
        }
    ],
    "cost": {
        "total": "2437.166",
        "by_term": {
            "wage": "366.666",
            "overtime": "8",
            "response": "20",
            "retimed": "50",
            "preference": "-20",
            "unplanned": "2000",
            "deferred": "12.5",
            "fairness": "0",
        },
    },
    "kpis": {
        "calls": 5,
        "planned": 4,
        "unplanned": 1,
        "unplanned_by_priority": {"2": 1},
        "routes": 2,
        "shifts": 3,
        "response": {"late": 1, "lateness_s": 1200},
        "restore": {"on_time": 1},
        "promises_kept": 1,
        "promises_broken": 1,
        "driving_s": 3720,
        "distance_m": 22700,
        "service_s": 11400,
        "waiting_s": 17880,
        "paid_s": 33000,
        "overtime_s": 2100,
        "utilisation": 0.345,
    },
    "warnings": [{"code": "far_from_road", "message": "Call C-5 is 312 m from the nearest road.", "call": "C-5"}],
}


def documents() -> tuple[Document, Document]:
    """Return problem and plan as plain values, to be changed by a test."""
    return copy.deepcopy(PROBLEM), copy.deepcopy(PLAN)


def parsed(problem: Document, plan: Document) -> tuple[ProblemDocument, PlanDocument]:
    """Return the documents as the engine reads them; the plan names this problem unless it names another."""
    read = parse_problem(json.dumps(problem).encode())
    whole = {"problem_sha256": problem_sha256(read), **plan}
    return read, parse_plan(json.dumps(whole).encode())


def island() -> tuple[ProblemDocument, PlanDocument]:
    """Return the day as it is."""
    return parsed(*documents())


def stocked() -> tuple[Document, Document]:
    """Return the day with a depot, a restock with a borrowed tool, a parcel, a substitute, a night and a meeting."""
    problem, plan = documents()
    opening = [{"start": at("06:00"), "end": at("18:00")}]
    depot = {"id": "depot", "name": "The harbour store", "place": WEST, "opening": opening, "stock": {"SEAL": 9}}
    meeting = {"id": "M-1", "place": INLAND, "at": at("14:00"), "duration": "PT10M"}
    problem |= {"stock_locations": [depot | {"tools": {"crane": 1}}], "meetings": [meeting]}
    first, second = plan["routes"]
    second["overnight"] = {"location": "depot", "parts": {"SEAL": 2}}
    first["stops"].insert(
        3,
        _handled("meeting", INLAND, "14:00", "14:10") | {"meeting": "M-1", "gives": {"KIT-7": 1}},
    )
    second["stops"] += [
        _handled("restock", WEST, "09:05", "09:15")
        | {"location": "depot", "loads": {"SEAL": 2, "VALVE": 1}, "tools": ["crane"]},
        _handled("meeting", INLAND, "14:00", "14:10") | {"meeting": "M-1", "loads": {"KIT-7": 1}},
    ]
    parcel = {"location": "depot", "parts": {"SEAL": 1}, "pickup": at("08:00"), "arrival": at("08:10")}
    second["stops"][0] |= {
        "parts": {"VALVE": 1},
        "sourcing": {
            "parcels": [parcel],
            "substitutes": [{"part": "TAP", "substitute": "VALVE", "pieces": 1}],
            "covered_cases": [0],
        },
        "first_time_fix": 0.8,
    }
    plan["kpis"] |= {"first_time_fix": 0.93, "expected_revisits": 0.2}
    plan["kpis"] |= {"restock_stops": 1, "parcels": 1, "transfers": 1, "handling_s": 1800}
    plan["cost"]["by_term"] |= {"courier": "30", "substitute": "5", "revisit": "29.5"}
    return problem, plan


def _handled(kind: str, place: Document, start: str, end: str) -> Document:
    times = {"arrival": at(start), "start": at(start), "end": at(end)}
    return {"kind": kind, "place": place, **times, "travel_s": 300, "distance_m": 2000}
