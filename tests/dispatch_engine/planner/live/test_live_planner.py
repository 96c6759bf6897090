"""A live plan is mended at once when the problem changes, and made cheaper while it does not."""

from __future__ import annotations

from typing import Any

import pytest

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.planner.live import LivePlanner, RunningPlan
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import at, call, day, shift, technician, window


@pytest.fixture(scope="module")
def planner(tmp_path_factory: pytest.TempPathFactory) -> LivePlanner:
    problem = day([])
    source = open_travel(problem.travel, tmp_path_factory.mktemp("live"))
    return LivePlanner(source, effective_options(PlanOptions(), problem.policy))


def two_technicians(calls: list[dict[str, Any]], first: dict[str, Any] | None = None, **more: Any) -> ProblemDocument:
    return day(calls, [technician(shifts=[shift(**(first or {}))]), technician("T-2", "P5")], **more)


def calls_of(running: RunningPlan) -> dict[str, list[str]]:
    return {
        technician: [stop.call for stop in route.stops if stop.call is not None]
        for (technician, _), route in running.routes.items()
    }


def test_a_new_call_is_put_in_where_it_costs_least(planner: LivePlanner) -> None:
    running = planner.begin(two_technicians([call("C-1", "P1"), call("C-2", "P4")]))
    after = planner.repair(running, two_technicians([call("C-1", "P1"), call("C-2", "P4"), call("C-3", "P5")]))
    assert calls_of(after)["T-1"] == calls_of(running)["T-1"]
    assert "C-3" in calls_of(after)["T-2"]


def test_a_route_that_does_not_change_is_the_same_object(planner: LivePlanner) -> None:
    running = planner.begin(two_technicians([call("C-1", "P1"), call("C-2", "P4")]))
    after = planner.repair(running, two_technicians([call("C-1", "P1"), call("C-2", "P4"), call("C-3", "P5")]))
    assert after.routes["T-1", "mon"] is running.routes["T-1", "mon"]
    assert after.routes["T-2", "mon"] is not running.routes["T-2", "mon"]


def test_the_plan_of_the_same_problem_is_the_same_plan(planner: LivePlanner) -> None:
    running = planner.begin(two_technicians([call("C-1", "P1"), call("C-2", "P4")]))
    assert planner.repair(running, two_technicians([call("C-1", "P1"), call("C-2", "P4")])) is running
    assert planner.repair(running, two_technicians([call("C-1", "P1"), call("C-2", "P3")])) is not running


def test_a_call_that_is_gone_leaves_the_others_where_they_are(planner: LivePlanner) -> None:
    calls = [call(f"C-{k}", f"P{k}") for k in range(1, 5)]
    running = planner.begin(day(calls))
    after = planner.repair(running, day([each for each in calls if each["id"] != "C-2"]))
    assert calls_of(after)["T-1"] == [name for name in calls_of(running)["T-1"] if name != "C-2"]


def test_a_shift_that_is_gone_hands_its_calls_to_whoever_can_take_them(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1"), call("C-2", "P4")]
    running = planner.begin(two_technicians(calls))
    after = planner.repair(running, day(calls, [technician()]))
    assert list(calls_of(after)) == ["T-1"]
    assert sorted(calls_of(after)["T-1"]) == ["C-1", "C-2"]


def test_a_visit_that_has_become_a_fact_is_no_longer_decided(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1"), call("C-2", "P2")]
    running = planner.begin(day(calls))
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    after = planner.repair(running, day(calls, [technician(shifts=[shift(facts=facts)])], now=at(10)))
    assert [stop.kind for stop in after.routes["T-1", "mon"].stops] == ["fact", "visit"]


def test_facts_against_every_rule_leave_the_rest_planned(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1", skills={"lift": 3}, windows=[window(8, 9)], parts={"belt": 1}), call("C-2", "P2")]
    running = planner.begin(day(calls))
    assert set(running.unplanned) == {"C-1"}
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(14), "completed_at": at(15)}]}
    after = planner.repair(running, day(calls, [technician(shifts=[shift(facts=facts)])], now=at(15)))
    assert [stop.kind for stop in after.routes["T-1", "mon"].stops] == ["fact", "visit"]
    assert not after.unplanned


def test_time_that_has_passed_pushes_what_has_not_begun(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1"), call("C-2", "P2")]
    running = planner.begin(day(calls))
    after = planner.repair(running, day(calls, now=at(11)))
    assert calls_of(after) == calls_of(running)
    assert after.routes["T-1", "mon"].departure.isoformat() == "2026-03-02T12:00:00+01:00"


def test_what_no_longer_fits_is_left_out_with_its_reason(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1", windows=[window(9, 10)]), call("C-2", "P2")]
    running = planner.begin(day(calls))
    assert not running.unplanned
    after = planner.repair(running, day(calls, now=at(11)))
    assert [reason.code for reason in after.unplanned["C-1"].reasons] == ["window"]
    assert calls_of(after)["T-1"] == ["C-2"]


def test_a_repair_ejects_nothing_for_a_call_that_is_worth_more(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1", duration=7 * 3600, priority=5)]
    running = planner.begin(day(calls))
    after = planner.repair(running, day([*calls, call("C-2", "P1", duration=7 * 3600, priority=1)]))
    assert calls_of(after)["T-1"] == ["C-1"]
    assert [reason.code for reason in after.unplanned["C-2"].reasons] == ["capacity"]


def test_improving_finds_what_a_repair_does_not(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1", duration=7 * 3600, priority=5), call("C-2", "P1", duration=7 * 3600, priority=1)]
    running = planner.repair(planner.begin(day(calls[:1])), day(calls))
    better = planner.improve(running, lambda: False, 1.0)
    assert better is not None
    assert better.cost.total < running.cost.total
    assert calls_of(better)["T-1"] == ["C-2"]


def test_so_many_iterations_find_the_same_better_plan_on_every_run(planner: LivePlanner) -> None:
    calls = [call("C-1", "P1", duration=7 * 3600, priority=5), call("C-2", "P1", duration=7 * 3600, priority=1)]
    running = planner.repair(planner.begin(day(calls[:1])), day(calls))
    first, second = (planner.improve_by(running, 300) for _ in range(2))
    assert first is not None
    assert second is not None
    assert calls_of(first)["T-1"] == ["C-2"]
    assert (first.routes, first.cost) == (second.routes, second.cost)


def test_a_plan_that_is_not_worth_its_changes_is_not_handed_out(planner: LivePlanner) -> None:
    running = planner.begin(day([call("C-1", "P1")]))
    assert planner.improve(running, lambda: False, 0.2) is None


def test_improving_ends_when_it_is_told_to(planner: LivePlanner) -> None:
    running = planner.begin(two_technicians([call(f"C-{k}", f"P{k % 5}") for k in range(12)]))
    asked: list[bool] = []

    def stop() -> bool:
        asked.append(True)
        return len(asked) > 3

    planner.improve(running, stop, 3600.0)
    assert len(asked) > 3


def test_a_plan_begins_with_the_routes_that_were_in_effect(planner: LivePlanner) -> None:
    problem = two_technicians([call(f"C-{k}", f"P{k % 5}") for k in range(8)])
    running = planner.begin(problem)
    again = planner.begin(problem, reversed(list(running.routes.values())))
    assert dict(again.routes) == dict(running.routes)
    assert again.cost == running.cost
