"""Paired tests: what is noise, and what is more."""

from __future__ import annotations

from random import Random

import pytest
from scipy import stats

from dispatch_engine.whatif.statistics import LEVEL, adjusted, paired_test
from dispatch_engine.whatif.writing import differences_of

PAIRS = [1.0, 2.5, -0.5, 3.0, 1.5]


def test_the_test_is_students() -> None:
    ours, theirs = paired_test(PAIRS), stats.ttest_1samp(PAIRS, 0)
    interval = theirs.confidence_interval(1 - LEVEL)
    assert (ours.mean, ours.p) == pytest.approx((1.5, theirs.pvalue))
    assert (ours.low, ours.high) == pytest.approx((interval.low, interval.high))


def test_the_adjustment_is_that_of_benjamini_and_hochberg() -> None:
    p_values = [0.01, 0.04, 0.03, 0.5, 0.02]
    ours = adjusted({str(k): p for k, p in enumerate(p_values)})
    theirs = stats.false_discovery_control(p_values)
    assert [ours[str(k)] for k in range(5)] == pytest.approx(list(theirs))


@pytest.mark.parametrize("pairs", [[1.0], [1.0, 1.0]])
def test_of_few_pairs_nothing_is_said_of_the_noise(pairs: list[float]) -> None:
    assert paired_test(pairs).p is None
    assert paired_test(pairs).mean == 1


def test_what_differs_by_the_same_in_each_pair_is_no_noise() -> None:
    assert paired_test([2.0] * 5).p == 0
    assert paired_test([0.0] * 5).p == 1


def figures(values: dict[str, list[float]]) -> dict[int, dict[str, float]]:
    return {seed: {key: each[seed] for key, each in values.items()} for seed in range(5)}


def test_a_difference_beyond_the_noise_is_better_or_worse_as_the_figure_says() -> None:
    base = figures(
        {"cost": [100, 101, 99, 100, 102], "planned": [10] * 5, "routes": [4] * 5, "driving_h": [5, 6, 4, 5, 6]}
    )
    other = figures({"cost": [80, 82, 79, 81, 81], "planned": [9] * 5, "routes": [3] * 5, "driving_h": [6, 5, 5, 4, 6]})
    verdicts = {key: each.verdict for key, each in differences_of(base, other).items()}
    assert verdicts == {"cost": "better", "planned": "worse", "routes": "different", "driving_h": "same"}


def test_only_seeds_that_both_were_solved_with_are_compared() -> None:
    base, other = figures({"cost": [1, 2, 3, 4, 5]}), figures({"cost": [2, 3, 4, 5, 60]})
    del other[4]
    found = differences_of(base, other)["cost"]
    assert (found.n, found.mean) == (4, 1)


def test_a_figure_that_only_one_side_has_has_no_difference() -> None:
    assert differences_of({0: {"cost": 1}}, {0: {"response_met": 1}}) == {}


def test_where_nothing_differs_but_chance_few_comparisons_find_a_difference() -> None:
    draw, keys = Random(1), ["cost", *(f"cost.term.t{k}" for k in range(30))]

    def side() -> dict[int, dict[str, float]]:
        return {seed: {key: draw.gauss(100, 5) for key in keys} for seed in range(5)}

    found = sum(any(each.significant for each in differences_of(side(), side()).values()) for _ in range(300))
    assert found / 300 <= 2 * LEVEL
