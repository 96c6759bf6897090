"""From the document to the plan."""

from datetime import datetime
from decimal import Decimal
from typing import Any

import pytest

from dispatch_engine.formats.documents import parse_plan, plan_text, problem_sha256
from dispatch_engine.planner.search import SearchState
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, window

LUNCH = {"earliest": at(8, 30), "latest": at(9), "duration": 900}


def test_a_day_by_hand_is_planned_timed_and_priced_to_the_cent() -> None:
    # Ten minutes out, half an hour of work, ten minutes back: 50 min at 36 an hour and 12 km at 0.50.
    problem = day([call()], policy={"prices": {"per_hour": 36, "per_km": "0.5", "callout": 5, "per_visit": 2}})
    (route,) = plan_of(problem).routes
    (stop,) = route.stops
    assert [moment.isoformat() for moment in (route.departure, stop.arrival, stop.start, stop.end, route.end)] == [
        "2026-03-02T09:00:00+01:00",
        "2026-03-02T09:10:00+01:00",
        "2026-03-02T09:10:00+01:00",
        "2026-03-02T09:40:00+01:00",
        "2026-03-02T09:50:00+01:00",
    ]
    assert route.costs == {"wage": Decimal(30), "distance": Decimal(6), "callout": Decimal(7)}
    assert (route.totals.driving_s, route.totals.distance_m, route.totals.paid_s) == (1200, 12_000, 3000)
    assert (stop.travel_s, stop.distance_m, route.return_travel_s, route.return_distance_m) == (600, 6000, 600, 6000)


def test_terms_add_up_over_routes_and_unplanned_calls() -> None:
    calls = [call(f"C-{k}", f"P{k}", response_deadline=at(8), priority=k) for k in range(1, 5)]
    found = plan_of(day([*calls, call("C-5", skills={"lift": 1})], [technician(shifts=[shift(end=10)])]))
    parts = [route.costs for route in found.routes] + [each.costs for each in found.unplanned]
    summed = sum((cost for costs in parts for cost in costs.values()), Decimal(0))
    assert found.unplanned
    assert abs(found.cost.total - summed) < Decimal("0.02")
    assert abs(found.cost.total - sum(found.cost.by_term.values())) < Decimal("0.01")


def test_lateness_waiting_and_its_cost_stand_at_the_stop() -> None:
    late = call("C-2", response_deadline=at(9), response_steps=[{"per_hour": 60}], windows=[window(10, 11)])
    (route,) = plan_of(day([call(windows=[window(8, 9)]), late])).routes
    stop = route.stops[1]
    assert (stop.response_late_s, stop.costs["response"]) == (3600, Decimal(60))
    assert stop.waiting_s == route.totals.waiting_s == 4800


def test_breaks_are_stops_between_the_visits() -> None:
    (route,) = plan_of(day([call(), call("C-2", "P2")], [technician(shifts=[shift(breaks=[LUNCH])])])).routes
    assert [stop.kind for stop in route.stops].count("break") == 1
    (rest,) = [stop for stop in route.stops if stop.kind == "break"]
    assert (rest.call, rest.place, rest.paid) == (None, None, False)
    assert (rest.end - rest.start).total_seconds() == route.totals.break_s == 900


def test_parts_used_stand_at_the_stop() -> None:
    (route,) = plan_of(day([call(parts={"KIT": 2})], [technician(stock={"KIT": 3})])).routes
    assert route.stops[0].parts == {"KIT": 2}


def test_facts_are_the_head_of_their_route_with_their_own_times() -> None:
    fact = {"call": "C-1", "arrived_at": at(8, 9), "started_at": at(8, 12), "completed_at": at(9)}
    crew = [technician(shifts=[shift(facts={"departed_at": at(7, 55), "visits": [fact]})])]
    found = plan_of(day([call(), call("C-2", "P2")], crew))
    (route,) = found.routes
    assert [(stop.kind, stop.call) for stop in route.stops] == [("fact", "C-1"), ("visit", "C-2")]
    head = route.stops[0]
    assert [f"{moment:%H:%M}" for moment in (route.departure, head.arrival, head.start, head.end)] == [
        "08:55",
        "09:09",
        "09:12",
        "10:00",
    ]
    assert found.kpis.planned == 2


def test_a_call_on_the_other_side_of_a_clock_change_is_planned_to_the_minute() -> None:
    night = {"id": "night", "start": "2026-03-28T23:00:00+01:00", "end": "2026-03-29T06:00:00+02:00"}
    early = call(windows=[{"start": "2026-03-29T03:00:00+02:00", "end": "2026-03-29T04:00:00+02:00"}])
    (route,) = plan_of(day([early], [technician(shifts=[night])])).routes
    assert route.stops[0].start.isoformat() == "2026-03-29T03:00:00+02:00"
    assert route.totals.paid_s == 3 * 3600 + 1800 + 600


@pytest.mark.parametrize("crew", [[], [technician(shifts=[])]])
def test_without_shifts_every_call_is_unplanned_for_want_of_technicians(crew: list[dict[str, Any]]) -> None:
    found = plan_of(day([call(), call("C-2")], crew))
    assert [[reason.code for reason in each.reasons] for each in found.unplanned] == [["no_technicians"]] * 2
    assert [warning.code for warning in found.warnings] == ["no_shifts"]


def test_without_calls_there_is_an_empty_plan() -> None:
    found = plan_of(day([]))
    assert found.routes == ()
    assert found.unplanned == ()
    assert found.cost.total == 0
    assert found.effort.stopped_by == "no_calls"
    assert [warning.code for warning in found.warnings] == ["no_calls"]


def test_a_plan_document_can_be_read_again() -> None:
    problem = day([call(), call("C-2", skills={"lift": 3})])
    found = plan_of(problem)
    assert parse_plan(plan_text(found)) == found


def test_a_plan_says_how_it_was_made() -> None:
    problem = day([call()], policy={"drop_prices": {"1": 9}})
    found = plan_of(problem, seed=7, threads=2, iterations=20)
    assert found.problem_sha256 == problem_sha256(problem)
    assert (found.seed, found.effort.threads, found.effort.iteration_limit) == (7, 2, 20)
    assert found.effort.stopped_by == "iterations"
    assert found.policy.drop_prices == {1: 9, 2: 2000, 3: 1000, 4: 600, 5: 400}
    assert (found.policy.solver.seed, found.policy.solver.iterations) == (7, 20)
    assert found.travel.source == "matrix"


def test_the_same_seed_and_iterations_give_the_same_plan() -> None:
    problem = day([call(f"C-{k}", f"P{1 + k % 5}") for k in range(12)], [technician(), technician("T-2", "P5")])
    first, second = (plan_of(problem, seed=3) for _ in range(2))
    assert (first.routes, first.unplanned, first.cost) == (second.routes, second.unplanned, second.cost)


def test_no_time_at_all_still_gives_a_plan() -> None:
    found = plan_of(day([call()]), time_limit_s=0, iterations=None)
    assert found.kpis.planned == 1
    assert found.effort.stopped_by == "time_limit"


def test_a_wish_to_stop_ends_the_search_with_what_it_has() -> None:
    from dispatch_engine.planner import PlanOptions, effective_options, plan

    problem = day([call()])
    found = plan(problem, effective_options(PlanOptions(time_limit_s=60), problem.policy), interrupt=lambda: True)
    assert found.effort.stopped_by == "interrupted"
    assert found.kpis.planned == 1


def test_progress_tells_cost_calls_left_out_and_iterations() -> None:
    from dispatch_engine.planner import PlanOptions, effective_options, plan

    problem, seen = day([call(), call("C-2", skills={"lift": 1})]), list[SearchState]()
    found = plan(problem, effective_options(PlanOptions(iterations=400), problem.policy), seen.append)
    last = seen[-1]
    assert (last.cost, last.unplanned, last.iterations) == (found.cost.total, 1, 400)
    assert last.iterations_per_s > 0


def test_the_document_is_stamped_with_a_time_in_its_zone() -> None:
    stamped = plan_of(day([call()])).created_at
    assert (
        stamped.utcoffset()
        == datetime(stamped.year, stamped.month, stamped.day, 12).astimezone(stamped.tzinfo).utcoffset()
    )
