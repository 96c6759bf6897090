"""Restocks, sourcings, nights and meetings from the solver into the plan document and back."""

import json
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from dispatch_engine.formats.documents import parse_plan, plan_text
from dispatch_engine.model.plan import PlanDocument, Stop
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import VanCapacity
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.planner.answer import Found, plan_document
from dispatch_engine.planner.explaining import explain
from dispatch_engine.planner.judge import judge
from dispatch_engine.planner.reading import PlanReader
from dispatch_engine.travel.open import open_travel
from solver.checker import check
from solver.exact.solve import solve_exact
from solver.explain import UnplannedReason
from solver.objective import Objective
from solver.reasons import Reason
from solver.tables import build_tables
from tests.dispatch_engine.planner.days import (
    at,
    call,
    day,
    location,
    meeting,
    plan_of,
    shift,
    technician,
    translation_of,
    window,
)

COURIER = {"lead_time": "PT30M", "price": 20}
CASES = [{"probability": 0.6, "parts": {"A": 1}}, {"probability": 0.2, "parts": {"B": 1}}]
TUESDAY = {"id": "tue", "start": at(8, day=3), "end": at(16, day=3)}


def restocking() -> ProblemDocument:
    """One van, one locker half-way."""
    calls = [call("C-1", "P2", parts={"A": 2}), call("C-2", "P4", tools=["hoist"])]
    there = location("L-1", "P1", stock={"A": 5}, tools={"hoist": 1}, handling=300, handling_per_line=60)
    return day(calls, [technician(stock={"A": 1})], stock_locations=[there])


def substituting() -> ProblemDocument:
    own = [{"part": "A", "substitute": "B", "price": 5}]
    return day([call(parts={"A": 1, "C": 1}, substitutes=own)], [technician(stock={"B": 1, "C": 1})])


def couriered() -> ProblemDocument:
    there = location("L-1", "P5", stock={"A": 1}, courier=COURIER, open_to=[])
    return day([call(parts={"A": 1, "C": 1})], [technician(stock={"C": 1})], stock_locations=[there])


def uncertain() -> ProblemDocument:
    return day([call(parts={"C": 1}, parts_cases=CASES)], [technician(stock={"A": 1, "C": 1})])


def by_night() -> ProblemDocument:
    crew = [technician(shifts=[shift(), TUESDAY], replenished_at="L-1")]
    late = call(parts={"A": 2}, windows=[{"start": at(9, day=3), "end": at(10, day=3)}])
    policy = {"overnight_replenishment": "need", "restocking": "none"}
    return day([late], crew, stock_locations=[location("L-1", stock={"A": 2})], policy=policy)


def meeting_up() -> ProblemDocument:
    crew = [technician(skills={"lift": 1}), technician("T-2", "P5", stock={"A": 1})]
    calls = [
        call("C-1", "P3", parts={"A": 1}, skills={"lift": 1}, windows=[window(12, 14)]),
        call("C-2", "P4", required_technicians=["T-2"]),
    ]
    return day(calls, crew, meetings=[meeting("M-1", "P3", 11)])


def reserved() -> ProblemDocument:
    pin = {"level": "technician", "technician": "T-1"}
    return day([call(parts={"A": 1}, pin=pin), call("C-2", parts={"A": 1})], [technician(stock={"A": 1})])


EVERY_MEANS = [restocking, substituting, couriered, uncertain, by_night, meeting_up, reserved]


def best_plan(problem: ProblemDocument) -> PlanDocument:
    """Return the proven best plan; what it says of unplanned calls is a stand-in."""
    translation = translation_of(problem)
    solver_problem = translation.solver_problem
    best = solve_exact(solver_problem)
    report = check(solver_problem, best.solution)
    objective = Objective(solver_problem, build_tables(solver_problem))
    why = {visit: [UnplannedReason(Reason.NO_TECHNICIANS, None, None, 0)] for visit in best.solution.unplanned}
    found = Found(best.solution, report, why, objective, best.bound_ticks, 0, 0.0, "optimal")
    return plan_document(translation, effective_options(PlanOptions(), problem.policy), found, ())


def stops_of(problem: ProblemDocument) -> list[Stop]:
    return [stop for route in plan_of(problem, iterations=300).routes for stop in route.stops]


@pytest.mark.parametrize("problem_of", EVERY_MEANS)
def test_a_plan_that_is_written_and_read_again_is_the_solvers(problem_of: Callable[[], ProblemDocument]) -> None:
    problem = problem_of()
    translation = translation_of(problem)
    written = parse_plan(plan_text(best_plan(problem)))
    assert PlanReader(translation).solution(written) == replace(
        solve_exact(translation.solver_problem).solution, cost_by_term={}
    )


@pytest.mark.parametrize("problem_of", EVERY_MEANS)
def test_a_plan_keeps_every_rule_and_states_every_sum_rightly(problem_of: Callable[[], ProblemDocument]) -> None:
    problem = problem_of()
    for plan in (best_plan(problem), plan_of(problem, iterations=300)):
        assert judge(problem, plan, open_travel(problem.travel, Path.cwd())).findings == ()


def test_a_restock_names_its_location_and_what_it_takes_on() -> None:
    (first, *_) = stops = stops_of(restocking())
    assert [stop.kind for stop in stops] == ["restock", "visit", "visit"]
    assert (first.location, first.loads, first.tools, first.call) == ("L-1", {"A": 1}, ("hoist",), None)
    assert first.place is not None
    assert first.place.id == "P1"
    assert (first.end - first.start).total_seconds() == 300 + 2 * 60


def test_handling_is_workload_but_neither_service_nor_a_visit() -> None:
    (route,) = plan_of(restocking(), iterations=300).routes
    totals = route.totals
    assert (totals.visits, totals.handling_s, totals.service_s) == (2, 420, 3600)
    assert totals.workload_s == totals.driving_s + totals.service_s + totals.handling_s


def test_a_substitute_stands_with_its_price_and_what_leaves_the_van() -> None:
    (stop,) = stops_of(substituting())
    assert stop.sourcing is not None
    assert [each.model_dump() for each in stop.sourcing.substitutes] == [{"part": "A", "substitute": "B", "pieces": 1}]
    assert (stop.parts, stop.costs) == ({"B": 1, "C": 1}, {"substitute": Decimal(5)})


def test_a_parcel_stands_with_when_it_is_picked_up_and_arrives() -> None:
    (stop,) = stops_of(couriered())
    assert stop.sourcing is not None
    (parcel,) = stop.sourcing.parcels
    assert (parcel.location, parcel.parts, parcel.pickup.isoformat()) == ("L-1", {"A": 1}, "2026-03-02T09:00:00+01:00")
    assert stop.start == parcel.arrival
    assert (stop.parts, stop.costs) == ({"C": 1}, {"courier": Decimal(20)})


def test_pieces_set_aside_for_a_case_stand_with_the_chance_of_a_first_time_fix() -> None:
    (stop,) = stops_of(uncertain())
    assert stop.sourcing is not None
    assert (stop.sourcing.covered_cases, stop.first_time_fix, stop.parts) == ((0,), 0.8, {"C": 1, "A": 1})
    assert stop.costs == {"revisit": Decimal(30)}


def test_what_is_loaded_in_the_night_stands_at_the_route() -> None:
    (route,) = plan_of(by_night(), iterations=300).routes
    assert route.overnight is not None
    assert (route.overnight.location, route.overnight.parts) == ("L-1", {"A": 2})


def test_a_meeting_stands_on_both_routes() -> None:
    plan = best_plan(meeting_up())
    stops = [stop for route in plan.routes for stop in route.stops if stop.kind == "meeting"]
    assert [(stop.meeting, stop.loads, stop.gives) for stop in stops] == [
        ("M-1", {"A": 1}, {}),
        ("M-1", {}, {"A": 1}),
    ]


def test_pieces_that_were_kept_for_a_pinned_call_stand_at_its_stop() -> None:
    (stop,) = stops_of(reserved())
    assert (stop.call, stop.parts, stop.sourcing) == ("C-1", {"A": 1}, None)


def test_figures_count_restocks_parcels_transfers_and_second_visits() -> None:
    kpis = [best_plan(each()).kpis for each in (restocking, couriered, meeting_up, uncertain)]
    assert [(k.restock_stops, k.parcels, k.transfers) for k in kpis] == [(1, 0, 0), (0, 1, 0), (0, 0, 1), (0, 0, 0)]
    assert [(k.first_time_fix, k.expected_revisits) for k in kpis[2:]] == [(1.0, 0.0), (0.8, 0.2)]
    assert kpis[0].handling_s == 420


def test_an_earlier_plan_is_begun_with_all_its_stops() -> None:
    for problem in (each() for each in EVERY_MEANS):
        earlier = plan_of(problem, iterations=300)
        again = plan_of(problem, iterations=0, warm_start=earlier)
        assert again.cost.total <= earlier.cost.total


def test_a_call_is_explained_beside_the_restocks_of_the_plan() -> None:
    problem = restocking()
    found = explain(problem, plan_of(problem, iterations=300), "C-2", open_travel(problem.travel, Path.cwd()))
    assert [(option.code, option.is_present) for option in found.options] == [(None, True)]


def findings(problem: ProblemDocument, edit: Callable[[dict[str, Any]], None]) -> dict[str, str]:
    document = json.loads(plan_text(plan_of(problem, iterations=300)))
    edit(document)
    verdict = judge(problem, parse_plan(json.dumps(document).encode()), open_travel(problem.travel, Path.cwd()))
    return {finding.code: finding.message for finding in verdict.findings}


def test_a_way_of_getting_parts_that_the_call_does_not_have_is_told_in_words() -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["routes"][0]["stops"][0]["sourcing"]["substitutes"][0]["substitute"] = "Z"

    assert "found Z for A × 1, expected one that the problem has" in findings(substituting(), edit)["sourcing_unknown"]


@pytest.mark.parametrize(
    ("key", "value", "code"), [("location", "L-9", "location_unknown"), ("loads", {"Z": 1}, "part_unknown")]
)
def test_a_location_or_part_that_the_problem_does_not_have_is_told_by_its_id(key: str, value: Any, code: str) -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["routes"][0]["stops"][0][key] = value

    name = value if isinstance(value, str) else next(iter(value))
    assert f"found {name}, expected one that the problem has" in findings(restocking(), edit)[code]


def test_more_than_a_location_has_is_told_with_the_moment() -> None:
    problem = restocking()
    plan = plan_of(problem, iterations=300)
    none_left = problem.stock_locations[0].model_copy(update={"stock": {"A": 0}})
    changed = problem.model_copy(update={"stock_locations": (none_left,)})
    messages = [each.message for each in judge(changed, plan, open_travel(changed.travel, Path.cwd())).findings]
    assert any("(part A at location L-1); found 1 taken by 2026-03-02T09:10:00+0100" in each for each in messages)


def test_more_than_fits_is_told_in_the_units_of_the_document_and_an_id_keeps_its_digits() -> None:
    calls = [call("C-1", "P2", parts={"A": 2})]
    van = technician(stock_capacity={"volume": "2.5"})
    there = location("L-20240", "P1", stock={"A": 2})
    parts = [{"id": "A", "volume": "1.25"}]
    problem = day(calls, [van], stock_locations=[there], parts=parts)
    plan = plan_of(problem, iterations=300)
    small = problem.technicians[0].model_copy(update={"stock_capacity": VanCapacity(volume=Decimal("1.5"))})
    changed = problem.model_copy(update={"technicians": (small,)})
    (found,) = judge(changed, plan, open_travel(changed.travel, Path.cwd())).findings
    assert "(location L-20240, volume); found 2.5, expected 1.5 at most" in found.message


def test_a_restock_out_of_hours_is_told_in_moments_and_the_location_by_its_id() -> None:
    there = location("L-20240", "P1", stock={"A": 1})
    problem = day([call(parts={"A": 1})], stock_locations=[there])

    def edit(plan: dict[str, Any]) -> None:
        for stop in plan["routes"][0]["stops"]:
            stop["start"] = stop["arrival"] = stop["end"] = at(21)

    message = findings(problem, edit)["opening"]
    assert "(location L-20240); found 2026-03-02T22:00:00+0100 to 2026-03-02T22:00:00+0100" in message


@pytest.mark.parametrize(
    ("problem_of", "key", "value"),
    [
        (uncertain, "first_time_fix", 0.9),
        (uncertain, "parts", {"C": 1}),
        (reserved, "parts", {}),
    ],
)
def test_what_a_stop_states_of_its_parts_has_to_follow_from_its_way_of_getting_them(
    problem_of: Callable[[], ProblemDocument], key: str, value: Any
) -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["routes"][0]["stops"][0][key] = value

    assert "Maybe the plan was edited by hand" in findings(problem_of(), edit)["figure_wrong"]


def test_a_parcel_has_to_arrive_its_lead_time_after_it_is_picked_up() -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["routes"][0]["stops"][0]["sourcing"]["parcels"][0]["arrival"] = at(9)

    assert "states its arrival of parcels as" in findings(couriered(), edit)["figure_wrong"]


def test_a_night_is_loaded_where_the_van_is_replenished() -> None:
    def edit(plan: dict[str, Any]) -> None:
        plan["routes"][0]["overnight"]["location"] = "L-2"

    assert "loaded overnight at L-2; the problem says at L-1" in findings(by_night(), edit)["figure_wrong"]


def test_what_is_left_of_a_part_that_no_call_can_use_is_no_part_of_the_translation() -> None:
    problem = translation_of(restocking())
    assert list(problem.frame.index.part) == ["A"]


@pytest.mark.parametrize("problem_of", EVERY_MEANS)
def test_the_plan_document_can_be_read_again(problem_of: Callable[[], ProblemDocument]) -> None:
    found = best_plan(problem_of())
    assert parse_plan(plan_text(found)) == found
