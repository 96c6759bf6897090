"""A plan document is judged in the words of the documents."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.formats.documents import parse_plan, plan_text
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.judge import Verdict, judge
from dispatch_engine.planner.reading import PlanReader
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, translation_of, window

LUNCH = {"earliest": at(9), "latest": at(9, 40), "duration": 1800}
BREAKFAST = {"earliest": at(8), "latest": at(8), "duration": 60}
FACT = {"call": "C-4", "started_at": at(8, 30), "completed_at": at(9)}


def full_day() -> ProblemDocument:
    """Two technicians, one with facts and a break behind; a break ahead, parts, a window, an unplanned call."""
    facts = {"departed_at": at(8), "breaks_taken": 1, "visits": [FACT]}
    crew = [
        technician(shifts=[shift(breaks=[LUNCH])], stock={"KIT": 1}, skills={"lift": 2}),
        technician("T-2", "P5", shifts=[shift(breaks=[BREAKFAST, LUNCH], facts=facts)]),
    ]
    calls = [
        call("C-1", windows=[window(9, 10)], skills={"lift": 2}),
        call("C-2", "P2", parts={"KIT": 1}, windows=[window(11, 12)]),
        call("C-3", "P4", response_deadline=at(8)),
        call("C-4", "P3"),
        call("C-5", tools=["hoist"]),
        call("C-6", "P5", duration=7200),
    ]
    return day(calls, crew)


def verdict_on(problem: ProblemDocument, edit: Callable[[dict[str, Any]], None] | None = None) -> Verdict:
    document = json.loads(plan_text(plan_of(problem, iterations=200)))
    if edit is not None:
        edit(document)
    plan = parse_plan(json.dumps(document).encode())
    return judge(problem, plan, open_travel(problem.travel, Path.cwd()))


def route_of(plan: dict[str, Any], technician: str) -> dict[str, Any]:
    found: dict[str, Any] = next(route for route in plan["routes"] if route["technician"] == technician)
    return found


def stop_of(plan: dict[str, Any], name: str) -> dict[str, Any]:
    found: dict[str, Any] = next(s for route in plan["routes"] for s in route["stops"] if s.get("call") == name)
    return found


def test_a_plan_that_is_read_again_keeps_every_rule_and_states_every_sum_rightly() -> None:
    verdict = verdict_on(full_day())
    assert verdict.findings == ()
    assert verdict.is_same_problem


def test_reading_a_plan_gives_the_solvers_routes_and_breaks() -> None:
    problem = full_day()
    plan = plan_of(problem, iterations=200)
    solution = PlanReader(translation_of(problem)).solution(plan)
    assert [route.shift for route in solution.routes] == [0, 1]
    assert [taken.index for route in solution.routes for taken in route.breaks] == [0, 1]
    assert [stop.is_fact for stop in solution.routes[1].stops][:2] == [True, False]


def test_a_start_outside_of_the_window_is_told_in_the_boards_time() -> None:
    def edit(plan: dict[str, Any]) -> None:
        stop_of(plan, "C-1")["start"] = at(8, 30)

    messages = {finding.code: finding.message for finding in verdict_on(full_day(), edit).findings}
    assert "call C-1 on shift mon of T-1" in messages["window"]
    assert "found 2026-03-02T09:30:00+0100, expected 2026-03-02T10:00:00+0100" in messages["window"]


def test_a_technician_without_the_skill_is_told_by_name() -> None:
    problem = full_day()
    plan = plan_of(problem, iterations=200)
    less = problem.technicians[0].model_copy(update={"skills": {"lift": 1}})
    changed = problem.model_copy(update={"technicians": (less, problem.technicians[1])})
    verdict = judge(changed, plan, open_travel(changed.travel, Path.cwd()))
    assert not verdict.is_same_problem
    (finding,) = verdict.findings
    assert (finding.code, finding.call, finding.technician) == ("skill", "C-1", "T-1")
    assert "skill lift of technician T-1" in finding.message


def test_a_call_that_the_problem_does_not_have_is_told_by_its_id() -> None:
    def edit(plan: dict[str, Any]) -> None:
        stop_of(plan, "C-2")["call"] = "C-99"

    codes = {finding.code: finding.call for finding in verdict_on(full_day(), edit).findings}
    assert codes == {"visit_unknown": "C-99", "visit_missing": "C-2"}


def test_a_shift_that_the_problem_does_not_have_is_told_by_its_id() -> None:
    def edit(plan: dict[str, Any]) -> None:
        route_of(plan, "T-1")["shift"] = "sun"

    messages = [finding.message for finding in verdict_on(full_day(), edit).findings if finding.code == "shift_unknown"]
    assert "found sun of T-1" in messages[0]


def test_a_break_that_is_left_out_is_missed() -> None:
    def edit(plan: dict[str, Any]) -> None:
        route = route_of(plan, "T-1")
        route["stops"] = [stop for stop in route["stops"] if stop["kind"] != "break"]

    assert "break" in {finding.code for finding in verdict_on(full_day(), edit).findings}


@pytest.mark.parametrize(
    ("place", "code"), [(("cost", "total"), "cost_wrong"), (("cost", "by_term", "wage"), "cost_wrong")]
)
def test_a_cost_that_does_not_follow_from_the_routes_is_wrong(place: tuple[str, ...], code: str) -> None:
    def edit(plan: dict[str, Any]) -> None:
        holder = plan
        for key in place[:-1]:
            holder = holder[key]
        holder[place[-1]] = "1.234"

    (finding,) = verdict_on(full_day(), edit).findings
    assert finding.code == code
    assert "as 1.234" in finding.message


def test_a_figure_that_does_not_follow_from_the_routes_is_wrong() -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["kpis"]["planned"] = 1

    (finding,) = verdict_on(full_day(), edit).findings
    assert (finding.code, "planned as 1; 5" in finding.message) == ("figure_wrong", True)
