"""Simulated days for tests: the straight road of ``planner.days``, nothing by chance unless a test says so."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispatch_engine.model.calls import Call
from dispatch_engine.simulation.chances import Chances, TravelChances
from dispatch_engine.simulation.day import Day
from dispatch_engine.simulation.figures import DayFigures, figures_of
from dispatch_engine.simulation.policies.registry import MAKERS
from dispatch_engine.simulation.world import play
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import at, call, day, shift, technician

if TYPE_CHECKING:
    from dispatch_engine.simulation.record import Record

CERTAIN: dict[str, Any] = {
    "travel": TravelChances(least=Decimal(1), most=Decimal(1)),
    **dict.fromkeys(("work_sigma", "late", "no_show", "cancelled", "absent"), 0.0),
}
ITERATIONS = 100
CREW = [technician("T-1", "P0", shifts=[shift(end=17)]), technician("T-2", "P5", shifts=[shift(end=17)])]


def simulated(
    arrivals: list[dict[str, Any]],
    crew: list[dict[str, Any]] | None = None,
    known: list[dict[str, Any]] | None = None,
    seed: int = 0,
    chances: dict[str, Any] | None = None,
    **more: Any,
) -> Day:
    """Return a day of which nothing is left to chance but what ``chances`` says."""
    document = day(known or [], CREW if crew is None else crew, **more)
    calls = tuple(Call.model_validate_json(json.dumps(each)) for each in arrivals)
    return Day("monday", document, calls, seed, Chances(**CERTAIN | (chances or {})))


def reported(name: str, hour: int, minute: int = 0, **more: Any) -> dict[str, Any]:
    """Return a call with the moment at which it comes in."""
    return call(name, **{"reported_at": at(hour, minute), **more})


def record_of(of: Day, policy: str) -> Record:
    source = open_travel(of.document.travel, Path.cwd())
    record = play(of, MAKERS[policy](of, source, ITERATIONS), source)
    assert record is not None  # nobody asks to stop
    return record


def played(of: Day, policy: str) -> DayFigures:
    return figures_of(of, policy, record_of(of, policy))
