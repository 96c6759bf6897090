"""Small documents for tests: places on a straight road, ten minutes (6 km) apart, one technician from 08:00 to 16:00.

plan_of(day([call("C-1", "P2")], [technician("T-1", skills={"lift": 1})]))
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner import PlanOptions, effective_options, plan
from dispatch_engine.planner.translate import Translation, translate
from dispatch_engine.travel.open import open_travel

N_PLACES = 6
LEG_S, LEG_M = 600, 6000


def at(hour: int, minute: int = 0, day: int = 2) -> str:
    return f"2026-03-{day:02}T{hour:02}:{minute:02}:00+00:00"


def window(start: int, end: int) -> dict[str, str]:
    return {"start": at(start), "end": at(end)}


def shift(name: str = "mon", start: int = 8, end: int = 16, **more: Any) -> dict[str, Any]:
    return {"id": name, "start": at(start), "end": at(end), **more}


def technician(name: str = "T-1", home: str = "P0", **more: Any) -> dict[str, Any]:
    return {"id": name, "home": home, "shifts": [shift()], **more}


def call(name: str = "C-1", place: str = "P1", duration: int = 1800, **more: Any) -> dict[str, Any]:
    return {"id": name, "place": place, "duration": duration, **more}


def location(name: str = "L-1", place: str = "P3", **more: Any) -> dict[str, Any]:
    return {"id": name, "place": place, "opening": [window(6, 20)], **more}


def meeting(name: str = "M-1", place: str = "P2", hour: int = 12, **more: Any) -> dict[str, Any]:
    return {"id": name, "place": place, "at": at(hour), "duration": 600, **more}


def day(calls: list[dict[str, Any]], technicians: list[dict[str, Any]] | None = None, **more: Any) -> ProblemDocument:
    """Return a checked document; the roads are straight unless ``travel`` says otherwise."""
    crew = [technician()] if technicians is None else technicians
    stated = {
        "version": 1,
        "id": "small",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "technicians": crew,
        "calls": calls,
        "travel": straight_road(),
        **more,
    }
    return parse_problem(json.dumps(stated).encode())


def straight_road() -> dict[str, Any]:
    legs = [[abs(i - j) for j in range(N_PLACES)] for i in range(N_PLACES)]
    matrix = {
        "places": [f"P{i}" for i in range(N_PLACES)],
        "duration_s": [[LEG_S * leg for leg in row] for row in legs],
        "distance_m": [[LEG_M * leg for leg in row] for row in legs],
    }
    return {"source": "matrix", "matrices": [matrix]}


def translation_of(problem: ProblemDocument) -> Translation:
    return translate(problem, open_travel(problem.travel, Path.cwd()))


def plan_of(problem: ProblemDocument, **asked: Any) -> PlanDocument:
    options = PlanOptions(**{"iterations": 50} | asked)
    return plan(problem, effective_options(options, problem.policy))


def reasons_of(found: PlanDocument) -> dict[str, str]:
    """Return code and message of every reason of the only unplanned call."""
    (unplanned,) = found.unplanned
    return {reason.code: reason.message for reason in unplanned.reasons}
