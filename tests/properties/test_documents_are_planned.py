"""Whatever a valid document says, its plan keeps the rules, states its sums rightly and gives reasons."""

import json
from pathlib import Path
from typing import Any

from hypothesis import given, reject, settings
from hypothesis import strategies as st

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_plan, plan_text
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.judge import judge
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import N_PLACES, at, call, day, plan_of, shift, technician

PLACES = st.integers(0, N_PLACES - 1).map("P{}".format)
MINUTES = st.integers(8 * 60, 17 * 60)


def moment(minutes: int) -> str:
    return at(minutes // 60, minutes % 60)


@st.composite
def windows(draw: st.DrawFn) -> dict[str, str]:
    first, length = draw(MINUTES), draw(st.integers(0, 180))
    return {"start": moment(first), "end": moment(first + length)}


@st.composite
def breaks(draw: st.DrawFn) -> list[dict[str, Any]]:
    first = draw(st.integers(9 * 60, 12 * 60))
    rest = {"earliest": moment(first), "latest": moment(first + draw(st.integers(0, 90))), "duration": 900}
    return draw(st.sampled_from([[], [rest], [rest | {"paid": True}]]))


@st.composite
def facts(draw: st.DrawFn, calls: list[str]) -> dict[str, Any]:
    done, clock = draw(st.lists(st.sampled_from(calls), unique=True, max_size=2)), draw(st.integers(480, 540))
    departed, visits = clock, []
    for name in done:
        clock += draw(st.integers(0, 60))
        visits.append({"call": name, "started_at": moment(clock), "completed_at": moment(clock + 30)})
        clock += 30
    later = {"place": draw(PLACES), "at": moment(clock + draw(st.integers(0, 60)))}
    resume = draw(st.sampled_from([None, later]))
    return {"departed_at": moment(departed), "visits": visits, "resume": resume}


@st.composite
def crews(draw: st.DrawFn, calls: list[str]) -> list[dict[str, Any]]:
    crew = []
    for k in range(draw(st.integers(0, 3))):
        stated = shift(end=draw(st.sampled_from([10, 14, 16])), overtime_cap=draw(st.sampled_from([0, 3600])))
        stated |= {"breaks": draw(breaks()), "open_end": draw(st.booleans())}
        stated |= {"paid_from": draw(st.sampled_from(["departure", "shift_start"]))}
        if draw(st.booleans()) and calls[k::3]:
            stated["facts"] = draw(facts(calls[k::3]))
        who: dict[str, Any] = {
            "shifts": [stated],
            "stock": {"KIT": 1},
            "travel_factor": draw(st.sampled_from(["1", "0.85"])),
        }
        if draw(st.booleans()):
            who["skills"] = {"lift": draw(st.integers(1, 2))}
        crew.append(technician(f"T-{k}", draw(PLACES), **who))
    return crew


@st.composite
def asked_calls(draw: st.DrawFn, crew: list[dict[str, Any]], name: str) -> dict[str, Any]:
    wishes: dict[str, Any] = {"windows": [draw(windows())] if draw(st.booleans()) else []}
    if draw(st.booleans()):
        wishes |= {"skills": {"lift": draw(st.integers(1, 2))}, "parts": {"KIT": 1}}
    if draw(st.booleans()):
        wishes |= {"response_deadline": moment(draw(MINUTES)), "downtime_per_hour": 30}
    if draw(st.booleans()) and crew:
        who = draw(st.sampled_from(crew))["id"]
        promise = {"promise": {"technician": who, "start": moment(600)}}
        wishes |= draw(st.sampled_from([promise, _pin(who, moment(600))]))
    return call(name, draw(PLACES), duration=60 * draw(st.integers(0, 90)), priority=draw(st.integers(1, 5)), **wishes)


def _pin(who: str, start: str) -> dict[str, Any]:
    return {"pin": {"level": "start", "technician": who, "shift": "mon", "start": start}}


@st.composite
def documents(draw: st.DrawFn) -> ProblemDocument:
    names = [f"C-{k}" for k in range(draw(st.integers(0, 7)))]
    crew = draw(crews(names))
    calls = [draw(asked_calls(crew, name)) for name in names]
    more = {"now": moment(draw(MINUTES))} if draw(st.booleans()) else {}
    fairness = {"fairness": {"steps": [{"per_hour": 5}]}} if draw(st.booleans()) else {}
    try:
        return day(calls, crew, policy=fairness, **more)
    except DocumentErrors:  # now is after the end of all shifts
        reject()


@settings(max_examples=60)
@given(documents())
def test_every_document_is_planned_checked_and_explained(problem: ProblemDocument) -> None:
    plan = parse_plan(plan_text(plan_of(problem, iterations=60)))
    assert judge(problem, plan, open_travel(problem.travel, Path.cwd())).findings == ()
    assert plan.kpis.planned + plan.kpis.unplanned == len(problem.calls)
    assert all(reason.message for each in plan.unplanned for reason in each.reasons)
    assert json.loads(plan_text(plan))["problem_id"] == "small"
    if problem.now is not None:
        decided = [stop for route in plan.routes for stop in route.stops if stop.kind != "fact"]
        pinned = {each.id for each in problem.calls if each.pin is not None}
        assert all(stop.start >= problem.now for stop in decided if stop.call not in pinned)
