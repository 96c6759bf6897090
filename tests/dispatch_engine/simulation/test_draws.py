from statistics import fmean, median

import pytest

from dispatch_engine.simulation.draws import Draws

NAMES = [f"C-{number}" for number in range(2000)]


def test_a_draw_belongs_to_what_it_is_about_whatever_was_asked_before() -> None:
    fresh, used = Draws(7, "monday"), Draws(7, "monday")
    for name in NAMES:
        used.unit("work", name)
    assert fresh.unit("travel", "C-1") == used.unit("travel", "C-1")


@pytest.mark.parametrize("other", [Draws(8, "monday"), Draws(7, "tuesday")])
def test_another_seed_or_day_is_another_world(other: Draws) -> None:
    assert Draws(7, "monday").unit("work", "C-1") != other.unit("work", "C-1")


def test_names_are_told_apart_however_they_are_cut() -> None:
    assert Draws(7).unit("a", "bc") != Draws(7).unit("ab", "c")


def test_draws_are_even() -> None:
    drawn = [Draws(7).unit("work", name) for name in NAMES]
    assert 0 < min(drawn) < 0.01
    assert 0.99 < max(drawn) < 1
    assert fmean(drawn) == pytest.approx(0.5, abs=0.02)


def test_an_event_comes_as_often_as_its_probability_says() -> None:
    assert fmean(Draws(7).chance(0.2, "late", name) for name in NAMES) == pytest.approx(0.2, abs=0.03)


def test_an_event_of_probability_0_never_comes_and_one_of_1_always() -> None:
    assert not any(Draws(7).chance(0.0, "late", name) for name in NAMES)
    assert all(Draws(7).chance(1.0, "late", name) for name in NAMES)


def test_lognormal_factors_are_1_on_average() -> None:
    drawn = [Draws(7).lognormal(0.3, "work", name) for name in NAMES]
    assert fmean(drawn) == pytest.approx(1, abs=0.02)
    assert 0 < min(drawn) < median(drawn) < 1
