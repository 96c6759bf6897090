"""Reserves in documents: what is wanted, who counts, what is kept of it, and what is said of calls left out for it."""

from decimal import Decimal
from typing import Any

import pytest

from dispatch_engine.cli.plan import summary
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.plan import PlanDocument, ReserveKept
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.reports.figures import cost_lines, headline
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, translation_of, window

NORTH: dict[str, Any] = {"home_territories": ["north"]}


def reserve(start: int, end: int, hours: float, **more: Any) -> dict[str, Any]:
    return {**window(start, end), "hours": hours, **more}


def with_reserve(
    calls: list[dict[str, Any]], reserves: list[dict[str, Any]], crew: list[dict[str, Any]] | None = None, **more: Any
) -> ProblemDocument:
    people = [technician(**NORTH)] if crew is None else crew
    return day(calls, people, territories=[{"id": "north", "reserve": reserves}], **more)


def kept(plan: PlanDocument) -> ReserveKept:
    assert plan.kpis.reserve is not None
    (only,) = plan.kpis.reserve
    return only


def test_what_is_missing_costs_the_policys_price_an_hour() -> None:
    plan = plan_of(with_reserve([], [reserve(8, 18, 10)]))
    assert plan.cost.by_term == {"reserve": Decimal(2 * 60)}


def test_a_reserve_has_a_price_of_its_own_where_it_says_so() -> None:
    plan = plan_of(with_reserve([], [reserve(8, 18, 10, price_per_hour=5)]))
    assert plan.cost.by_term == {"reserve": Decimal(2 * 5)}


def test_a_plan_says_what_is_wanted_kept_and_missing_of_each_reserve() -> None:
    plan = plan_of(with_reserve([call(duration=3600)], [reserve(8, 10, 2)]))
    found = kept(plan)
    assert (found.territory, found.wanted_s, found.kept_s, found.missing_s) == ("north", 7200, 2400, 4800)


def test_a_plan_without_reserves_says_nothing_of_them() -> None:
    plan = plan_of(day([call()]))
    assert plan.kpis.reserve is None
    assert plan.routes[0].free is None


def test_a_route_says_when_its_technician_is_free() -> None:
    plan = plan_of(with_reserve([call(duration=3600)], [reserve(8, 10, 1)]))
    (span,) = plan.routes[0].free or ()
    assert (span.start, span.end) == (plan.routes[0].end, with_reserve([], []).technicians[0].shifts[0].end)


def test_technicians_from_elsewhere_and_providers_do_not_count() -> None:
    crew = [technician("T-1", **NORTH), technician("T-2")]
    problem = with_reserve([call()], [reserve(8, 10, 1)], crew, providers=[technician("X-1", **NORTH)])
    assert translation_of(problem).solver_problem.reserves.counts.tolist() == [[True, False, False]]


def test_only_technicians_with_the_skill_at_its_level_count() -> None:
    crew = [technician(f"T-{level}", skills={"lift": level}, **NORTH) for level in (1, 2, 3)]
    problem = with_reserve([call()], [reserve(8, 10, 1, skills={"lift": 2})], crew)
    assert translation_of(problem).solver_problem.reserves.counts.tolist() == [[False, True, True]]


def test_of_a_reserve_that_has_begun_the_share_that_is_left_is_wanted() -> None:
    found = kept(plan_of(with_reserve([], [reserve(8, 12, 4)], now=at(11))))
    assert (found.start.hour, found.wanted_s, found.kept_s) == (11, 3600, 3600)


def test_a_reserve_that_is_over_is_none() -> None:
    plan = plan_of(with_reserve([call()], [reserve(8, 10, 4)], now=at(10)))
    assert plan.kpis.reserve is None
    assert "reserve" not in plan.cost.by_term


def test_a_call_is_given_to_the_technician_whose_time_is_not_wanted() -> None:
    crew = [technician("T-1", **NORTH), technician("T-2", home="P2")]
    calls = [call(place="P0", duration=7200)]
    without = plan_of(with_reserve(calls, [], crew))
    assert [route.technician for route in without.routes] == ["T-1"]
    plan = plan_of(with_reserve(calls, [reserve(8, 16, 8)], crew))
    assert [route.technician for route in plan.routes] == ["T-2"]
    assert kept(plan).missing_s == 0


def test_a_call_is_left_out_where_its_hour_is_worth_more_kept_free() -> None:
    calls = [call(duration=3600, drop_price=100)]
    assert not plan_of(with_reserve(calls, [])).unplanned
    (left_out,) = plan_of(with_reserve(calls, [reserve(8, 16, 8)])).unplanned
    assert [reason.code for reason in left_out.reasons] == ["reserve"]
    assert left_out.reasons[0].detail["dearer"] == pytest.approx(57.533 + 80 - 100)


def test_waiting_counts_as_free() -> None:
    calls = [call(place="P0", duration=1800, windows=[window(10, 10)])]
    assert kept(plan_of(with_reserve(calls, [reserve(8, 16, 8)]))).kept_s == 7.5 * 3600


def test_overtime_is_not_free() -> None:
    crew = [technician(shifts=[shift(overtime_cap=7200)], **NORTH)]
    assert kept(plan_of(with_reserve([], [reserve(15, 18, 1)], crew))).kept_s == 3600


def test_the_report_and_the_table_of_a_plan_show_what_is_kept_of_each_territory() -> None:
    plan = plan_of(with_reserve([call(duration=3600)], [reserve(8, 10, 2)]))
    figure = next(each for each in headline(plan) if each.name == "Reserve of north")
    assert (figure.value, figure.detail, figure.tone) == ("40 min of 2 h 00 min", "1 h 20 min missing", "bad")
    assert "of the reserve of north 0.7 of 2.0 h are kept" in summary(plan)
    assert [line.name for line in cost_lines(plan)][:1] == ["Reserve missing"]


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        ([reserve(10, 8, 1)], "reserve_order"),
        ([reserve(8, 8, 1)], "reserve_order"),
        ([reserve(8, 10, 1), reserve(9, 11, 1)], "reserves_overlap"),
        ([reserve(8, 10, -1)], "out_of_range"),
    ],
)
def test_a_faulty_reserve_is_refused_with_its_code(stated: list[dict[str, Any]], code: str) -> None:
    with pytest.raises(DocumentErrors) as refused:
        with_reserve([], stated)
    assert [fault.code for fault in refused.value.faults] == [code]


def test_reserves_that_meet_or_are_for_other_skills_may_stand_side_by_side() -> None:
    with_reserve([], [reserve(8, 10, 1), reserve(10, 12, 1), reserve(9, 11, 1, skills={"lift": 1})])


@pytest.mark.parametrize(
    ("stated", "code"),
    [
        (reserve(17, 18, 1), "reserve_outside"),
        (reserve(8, 10, 1, skills={"crane": 1}), "reserve_nobody"),
        (reserve(8, 10, 2.001), "reserve_beyond_shifts"),
    ],
)
def test_a_reserve_that_nobody_can_keep_is_warned_of(stated: dict[str, Any], code: str) -> None:
    assert [each.code for each in warnings_of(with_reserve([call()], [stated]))] == [code]
