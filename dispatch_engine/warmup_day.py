"""A tiny day that uses every rule for which the solver compiles a kernel of its own."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.planner.answer import plan_document
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.search import search
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel

ITERATIONS = 300


def _at(hour: int) -> str:
    return f"2026-03-02T{hour:02}:00:00+00:00"


def _call(number: int, **more: Any) -> dict[str, Any]:
    return {"id": f"C-{number}", "place": {"lat": number / 100, "lon": 0}, "duration": 1800, **more}


WARMUP_DAY: dict[str, Any] = {
    "version": 1,
    "id": "warmup",
    "currency": "EUR",
    "time_zone": "UTC",
    "technicians": [
        {
            "id": name,
            "home": {"lat": 0, "lon": 0},
            "stock": {"part": 2},
            "shifts": [
                {
                    "id": "day",
                    "start": _at(8),
                    "end": _at(16),
                    "paid_from": paid_from,
                    "breaks": [{"earliest": _at(11), "latest": _at(13), "duration": 1800}],
                    "facts": facts,
                }
            ],
        }
        for name, paid_from, facts in (
            ("T-1", "shift_start", None),
            ("T-2", "departure", None),
            ("T-3", "shift_start", {"departed_at": _at(8)}),
        )
    ],
    "calls": [
        _call(1, parts={"part": 1}, windows=[{"start": _at(9), "end": _at(10)}, {"start": _at(14), "end": _at(15)}]),
        _call(2, response_deadline=_at(9), promise={"technician": "T-1", "start": _at(10)}),
        _call(3, restore_deadline=_at(9), downtime_per_hour=100, down_since=_at(7)),
        _call(4, pin={"level": "order", "technician": "T-1", "shift": "day", "rank": 1}),
        _call(5, windows=[{"start": _at(3), "end": _at(4)}]),
        *(_call(number) for number in range(6, 12)),
    ],
    "policy": {"fairness": {"steps": [{"per_hour": 1}]}, "spread": {"travel": {"p10": 0.8, "p90": 1.3}}},
}


def plan_warmup_day(*, bound: bool = False) -> None:
    """Plan the tiny day from the document to the plan, with a proven ``bound`` or not."""
    problem = parse_problem(json.dumps(WARMUP_DAY).encode(), "the warm-up day")
    options = effective_options(PlanOptions(iterations=ITERATIONS, bound=bound), problem.policy)
    translation = translate(problem, open_travel(problem.travel, Path.cwd()))
    plan_document(translation, options, search(translation, options, None), ())
