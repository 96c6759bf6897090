"""The sample day with scenarios that are stated in the shortest way."""

from __future__ import annotations

import json
from typing import Any

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.formats.merging import merged
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.applying import applied
from dispatch_engine.whatif.reading import parse_scenario
from dispatch_engine.whatif.scenario import ScenarioDocument


def at(hour: int, minute: int = 0) -> str:
    return f"2026-03-02T{hour:02}:{minute:02}:00+01:00"


def day(**more: Any) -> ProblemDocument:
    return parse_problem(json.dumps(merged(SAMPLE_DAY, more)).encode())


def scenario(*changes: dict[str, Any], **head: Any) -> ScenarioDocument:
    stated = {"version": 1, "id": "what-if", "changes": changes, **head}
    return parse_scenario(json.dumps(stated).encode())


def changed(problem: ProblemDocument, *changes: dict[str, Any]) -> ProblemDocument:
    return applied(problem, scenario(*changes))
