"""Uncertain needs."""

from typing import Any

import pytest

from dispatch_engine.model.policy import Policy
from dispatch_engine.planner.cases import coverages_of, first_time_fix, revisit_ticks
from dispatch_engine.planner.money import ticks
from tests.dispatch_engine.planner.days import call, day


def case(probability: float, **parts: int) -> dict[str, Any]:
    return {"probability": probability, "parts": parts}


def coverages(
    kept: dict[str, int], *cases: dict[str, Any], **more: Any
) -> list[tuple[tuple[int, ...], dict[str, int]]]:
    stated = day([call(parts_cases=[*cases], **more)]).calls[0]
    return [(each.covered, dict(each.wanted)) for each in coverages_of(stated, kept, Policy())]


def test_a_call_without_cases_takes_what_it_needs() -> None:
    assert coverages({}, parts={"A": 2}) == [((), {"A": 2})]


def test_as_stated_covers_no_case_that_takes_parts() -> None:
    assert coverages({}, case(0.5, A=1), case(0.2))[0] == ((1,), {})


def test_covered_cases_take_for_each_part_the_most_that_one_of_them_uses_on_top_of_what_is_certain() -> None:
    found = dict(coverages({}, case(0.5, A=2), case(0.2, A=1, B=1), parts={"A": 1, "C": 1}))
    assert found[0, 1] == {"A": 3, "B": 1, "C": 1}
    assert found[()] == {"A": 1, "C": 1}


def test_a_case_that_the_same_pieces_mend_is_covered_too() -> None:
    assert [covered for covered, _ in coverages({}, case(0.5, A=2), case(0.2, A=1))] == [(), (0, 1), (1,)]


def test_pieces_that_are_kept_for_the_call_cover_cases_as_stated() -> None:
    assert coverages({"A": 2}, case(0.5, A=1), case(0.2, B=1), parts={"A": 1})[0] == ((0,), {})


def test_of_many_cases_each_alone_and_the_most_probable_together_are_covered() -> None:
    parts = "ABCDEF"
    found = [covered for covered, _ in coverages({}, *(case(0.04 * (k + 1), **{p: 1}) for k, p in enumerate(parts)))]
    assert set(found) == {(), *((k,) for k in range(6)), *(tuple(range(k, 6)) for k in range(5))}


@pytest.mark.parametrize(("covered", "price"), [((), 105), ((0,), 30), ((0, 1), 0)])
def test_a_second_visit_costs_its_price_times_what_is_not_covered(covered: tuple[int, ...], price: int) -> None:
    stated = day([call(parts_cases=[case(0.5, A=1), case(0.2, B=1)])]).calls[0]
    assert revisit_ticks(stated, covered, Policy()) == ticks(Policy().revisit_price) // 150 * price


def test_the_calls_own_price_of_a_second_visit_goes_before_the_policys() -> None:
    stated = day([call(parts_cases=[case(0.5, A=1)], revisit_price=10)]).calls[0]
    assert revisit_ticks(stated, (), Policy()) == ticks(Policy().revisit_price) // 30


def test_a_probability_counts_to_the_millionth_and_the_price_to_the_tick() -> None:
    stated = day([call(parts_cases=[case(1 / 3, A=1)], revisit_price="0.001")]).calls[0]
    assert revisit_ticks(stated, (), Policy()) == 6000  # 18,000 × 0.333333 = 5999.994


def test_the_chance_of_a_first_time_fix_is_what_is_not_left_uncovered() -> None:
    stated = day([call(parts_cases=[case(0.5, A=1), case(0.2, B=1)]), call("C-2")])
    assert [first_time_fix(stated.calls[0], covered) for covered in ((), (0,), (0, 1))] == [0.3, 0.8, 1.0]
    assert first_time_fix(stated.calls[1], ()) is None
