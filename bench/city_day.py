"""A day of real calls about lifts in New York, and a made-up crew that serves them.

The calls are a city's open data: when and where each came in, and what kind of complaint it was. Technicians, skills,
parts, durations and contracts are drawn by a seed; their ids are made up.
"""

from __future__ import annotations

import csv
import random
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Sequence

CALLS = Path("../shared/instances/calls_nyc_elevators/calls_2024_jan_jun.csv")
ZONE = ZoneInfo("America/New_York")
DEPOT = {"lat": 40.745, "lon": -73.94}

KINDS = {
    "Elevator - Single Device On Property/No Alternate Service": ("trapped", 75, 2),
    "Elevator - Multiple Devices On Property": ("standard", 60, 1),
    "MAINTENANCE": ("calm", 45, 1),
}
"""By what the complaint says: contract, minutes of work, least level of skill."""

CONTRACTS = [
    {"id": "trapped", "priority": 1, "response_within": "PT3H", "response_steps": [{"per_hour": 120}]},
    {"id": "standard", "priority": 2, "response_within": "PT6H", "response_steps": [{"per_hour": 60}]},
    {"id": "calm", "priority": 4, "response_within": "PT12H", "response_steps": [{"per_hour": 20}]},
]
PARTS = {"DOOR-KIT": 0.25, "RELAY": 0.2, "ROPE": 0.04}
"""Share of the calls that need one."""


@dataclass(frozen=True)
class RealCall:
    """A call as it came in."""

    id: str
    building: str
    at: datetime
    complaint: str
    lat: float
    lon: float


@dataclass(frozen=True)
class Watch:
    """Some technicians who work at the same hours, counted from the day's midnight."""

    name: str
    technicians: int
    begin: float
    end: float


def real_calls(path: Path, day: date, begin: float, end: float) -> list[RealCall]:
    """Return the calls that came in between two hours of a day, in order of time, those that have a place."""
    midnight = datetime.combine(day, datetime.min.time(), ZONE)
    first, last = midnight + timedelta(hours=begin), midnight + timedelta(hours=end)
    return [each for each in load_calls(path) if first <= each.at < last]


def load_calls(path: Path) -> list[RealCall]:
    """Return all calls that have a place, in order of time."""
    with path.open(newline="", encoding="utf-8") as file:
        found = [_call(row) for row in csv.DictReader(file) if row["lat"]]
    return sorted(found, key=lambda each: (each.at, each.id))


def _call(row: dict[str, str]) -> RealCall:
    at = datetime.fromisoformat(row["created"]).replace(tzinfo=ZONE)
    lat, lon = round(float(row["lat"]), 6), round(float(row["lon"]), 6)
    return RealCall(f"C-{row['unique_key']}", row["bbl"] or row["unique_key"], at, row["descriptor"], lat, lon)


def document_of(call: RealCall, chance: random.Random) -> dict[str, Any]:
    """Return a call as it is told to the board."""
    contract, minutes, level = KINDS[call.complaint]
    stated: dict[str, Any] = {
        "id": call.id,
        "place": {"lat": call.lat, "lon": call.lon},
        "duration": f"PT{round(minutes * chance.uniform(0.7, 1.4))}M",
        "contract": contract,
        "skills": {"lift": min(3, level + (chance.random() < 0.15))},
    }
    parts = {part: 1 for part, share in PARTS.items() if chance.random() < share}
    return stated | ({"parts": parts} if parts else {})


def problem_of(day: date, watches: Sequence[Watch], homes: Sequence[RealCall], seed: int) -> dict[str, Any]:
    """Return the day before its first call.

    Parameters
    ----------
    day
        Which one.
    watches
        Who works when.
    homes
        Technicians live near some of these.
    seed
        Of all that is made up.
    """
    chance, midnight = random.Random(seed), datetime.combine(day, datetime.min.time(), ZONE)
    crew = [_technician(watch, number, chance, homes, midnight) for watch in watches for number in _numbers(watch)]
    begin = midnight + timedelta(hours=min(watch.begin for watch in watches))
    end = midnight + timedelta(hours=max(watch.end for watch in watches) + 1)
    opening = [{"start": begin.isoformat(), "end": end.isoformat()}]
    depot = {"id": "depot", "place": DEPOT, "opening": opening, "handling": "PT10M"}
    return {
        "version": 1,
        "id": f"city-{day.isoformat()}",
        "currency": "USD",
        "time_zone": ZONE.key,
        "horizon": {"start": begin.isoformat(), "end": end.isoformat()},
        "technicians": crew,
        "calls": [],
        "contracts": CONTRACTS,
        "stock_locations": [depot | {"stock": {"DOOR-KIT": 30, "RELAY": 30, "ROPE": 6}}],
        "travel": {"source": "geodesic"},
    }


def _numbers(watch: Watch) -> range:
    return range(1, watch.technicians + 1)


def _technician(
    watch: Watch, number: int, chance: random.Random, homes: Sequence[RealCall], midnight: datetime
) -> dict[str, Any]:
    home = chance.choice(homes)
    begin, end = (midnight + timedelta(hours=hour) for hour in (watch.begin, watch.end))
    shift: dict[str, Any] = {
        "id": watch.name,
        "start": begin.isoformat(),
        "end": end.isoformat(),
        "overtime_cap": "PT1H",
    }
    if end - begin > timedelta(hours=6):
        middle = begin + (end - begin) / 2
        around = {"earliest": middle - timedelta(hours=1), "latest": middle + timedelta(hours=1)}
        shift["breaks"] = [{name: at.isoformat() for name, at in around.items()} | {"duration": "PT30M"}]
    return {
        "id": f"{watch.name}-{number}",
        "home": {"lat": home.lat, "lon": home.lon},
        "skills": {"lift": 1 + (number % 3)},
        "stock": {"DOOR-KIT": chance.randint(0, 2), "RELAY": chance.randint(0, 2), "ROPE": int(chance.random() < 0.3)},
        "shifts": [shift],
    }
