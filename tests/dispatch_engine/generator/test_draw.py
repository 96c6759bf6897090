"""Draws depend on the seed alone, and follow the distributions they are asked for."""

from collections import Counter

import numpy as np
import pytest

from dispatch_engine.generator.draw import Draw, quotas


def test_the_first_draws_are_the_same_on_every_machine() -> None:
    draw = Draw(1, "calls")
    assert [round(draw.unit(), 12) for _ in range(3)] == [0.114124652972, 0.85336370523, 0.551067842104]


def test_streams_of_one_seed_differ() -> None:
    assert Draw(1, "calls").unit() != Draw(1, "homes").unit()


def test_weights_are_followed() -> None:
    draw = Draw(1, "calls")
    counts = Counter(draw.weighted({"a": 1, "b": 3, "c": 0}) for _ in range(4000))
    assert counts["b"] / 4000 == pytest.approx(0.75, abs=0.03)
    assert counts["c"] == 0


def test_a_log_normal_draw_has_its_median_and_spread() -> None:
    draw = Draw(1, "calls")
    drawn = np.log([draw.lognormal(60, 0.4) for _ in range(4000)])
    assert np.exp(np.median(drawn)) == pytest.approx(60, rel=0.04)
    assert drawn.std() == pytest.approx(0.4, rel=0.05)


def test_a_draw_from_quantiles_lies_below_each_as_often_as_it_says() -> None:
    draw = Draw(1, "times")
    drawn = [draw.quantile((0, 10, 100)) for _ in range(4000)]
    assert sum(value < 10 for value in drawn) / 4000 == pytest.approx(0.5, abs=0.03)
    assert 0 <= min(drawn) <= max(drawn) <= 100


def test_counts_reach_both_ends() -> None:
    draw = Draw(1, "calls")
    assert {draw.count(2, 4) for _ in range(100)} == {2, 3, 4}


def test_shuffling_keeps_everything() -> None:
    assert sorted(Draw(1, "crew").shuffled(range(50))) == list(range(50))


@pytest.mark.parametrize("total", [0, 1, 7, 100])
def test_quotas_add_up_and_differ_from_the_weights_by_less_than_one(total: int) -> None:
    weights = {"a": 0.4, "b": 0.35, "c": 0.25}
    counts = Counter(quotas(total, weights))
    assert counts.total() == total
    assert all(abs(counts[key] - weight * total) < 1 for key, weight in weights.items())
