"""A scenario that only gives more room is never dearer: proven by the exact model on tiny documents.

Workload targets are left out: who is idle is off the target, which has its price.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel
from dispatch_engine.whatif.applying import applied
from dispatch_engine.whatif.reading import parse_scenario
from solver.exact import solve_exact
from tests.dispatch_engine.planner.days import at, call, day, shift, technician

PLACES = st.integers(0, 5).map("P{}".format)
WORK_LIMIT = 10.0


@st.composite
def technicians(draw: st.DrawFn, name: str) -> dict[str, Any]:
    worked = shift(end=draw(st.sampled_from([9, 10, 12])), overtime_cap=draw(st.sampled_from([0, 1800])))
    prices = draw(st.sampled_from([{}, {"callout": 30}, {"per_hour": 20, "per_km": 1}]))
    skills = {"lift": draw(st.integers(1, 2))} if draw(st.booleans()) else {}
    paid = draw(st.sampled_from(["departure", "shift_start"]))
    who = {"shifts": [worked | {"paid_from": paid}], "skills": skills, "prices": prices, "stock": {"KIT": 1}}
    return technician(name, draw(PLACES), **who)


@st.composite
def calls(draw: st.DrawFn, name: str) -> dict[str, Any]:
    wishes: dict[str, Any] = {}
    if draw(st.booleans()):
        wishes |= {"skills": {"lift": draw(st.integers(1, 2))}, "parts": {"KIT": 1}}
    if draw(st.booleans()):
        wishes |= {"response_deadline": at(8, draw(st.integers(0, 59))), "downtime_per_hour": 30}
    return call(name, draw(PLACES), duration=60 * draw(st.integers(10, 60)), priority=draw(st.integers(1, 5)), **wishes)


@st.composite
def cases(draw: st.DrawFn) -> tuple[ProblemDocument, dict[str, Any]]:
    """Return a tiny document and a technician more."""
    crew = [draw(technicians(f"T-{k}")) for k in range(draw(st.integers(0, 2)))]
    asked = [draw(calls(f"C-{k}")) for k in range(draw(st.integers(1, 4)))]
    return day(asked, crew), draw(technicians("T-9"))


def optimum_ticks(problem: ProblemDocument) -> int:
    """Return the proven optimum."""
    exact = solve_exact(translate(problem, open_travel(problem.travel, Path())).solver_problem, work_limit=WORK_LIMIT)
    assert exact.optimal
    return exact.solution.cost_ticks


def changed(problem: ProblemDocument, change: dict[str, Any]) -> ProblemDocument:
    return applied(problem, parse_scenario(json.dumps({"version": 1, "id": "more", "changes": [change]}).encode()))


@settings(max_examples=20, deadline=None)
@given(cases())
def test_a_technician_more_never_raises_the_proven_optimum(case: tuple[ProblemDocument, dict[str, Any]]) -> None:
    problem, more = case
    after = changed(problem, {"type": "add_technician", "technician": more})
    assert optimum_ticks(after) <= optimum_ticks(problem)


@pytest.mark.parametrize(
    "change",
    [
        {"type": "train", "skills": {"lift": 2}},
        {"type": "stock", "add": {"KIT": 2}},
        {"type": "remove_call", "call": "C-0"},
        {"type": "change_shift", "technician": "T-0", "shift": "mon", "set": {"overtime_cap": "PT1H"}},
    ],
    ids=lambda change: change["type"],
)
def test_neither_does_training_stock_overtime_or_a_call_less(change: dict[str, Any]) -> None:
    crew = [technician("T-0", "P0", shifts=[shift(end=10)], skills={"lift": 1}), technician("T-1", "P5")]
    lift: dict[str, Any] = {"skills": {"lift": 2}, "parts": {"KIT": 1}}
    problem = day([call("C-0", "P1"), call("C-1", "P3", **lift), call("C-2", "P2", duration=3600)], crew)
    assert optimum_ticks(changed(problem, change)) <= optimum_ticks(problem)
