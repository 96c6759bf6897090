"""How the use of a part is estimated from days of use."""

import numpy as np
import pytest
from scipy import stats

from dispatch_engine.restock.demand import Demand, Observed, demand_of, empirical, fitted


def observed(*pieces: int, share: float = 1.0) -> Observed:
    return Observed(np.array(pieces, np.int64), share)


def variance(demand: Demand, most: int = 400) -> float:
    beyond, pieces = demand.beyond(most), np.arange(most)
    return float(((2 * pieces + 1) * beyond).sum()) - demand.mean**2


def test_use_is_summed_over_review_periods_from_the_newest_day_back() -> None:
    assert observed(9, 1, 2, 3, 4).periods(2).tolist() == [3, 7]


@pytest.mark.parametrize(("days", "name"), [(99, "poisson"), (100, "empirical")])
def test_what_was_observed_is_taken_where_five_periods_are_expected_beyond_the_target(days: int, name: str) -> None:
    assert demand_of(observed(*([0, 1] * 50)[:days]), 1, 0.95).name == name


def test_a_variance_above_the_mean_makes_a_negative_binomial() -> None:
    assert demand_of(observed(0, 0, 0, 8), 1, 0.95).name == "negative_binomial"


def test_a_variance_up_to_the_mean_makes_a_poisson() -> None:
    assert demand_of(observed(1, 1, 1, 1), 1, 0.95).name == "poisson"


def test_a_single_use_in_the_history_is_poisson_whatever_the_rounding() -> None:
    once = demand_of(observed(*[0] * 9, 1), 1, 0.95)
    assert once.name == "poisson"
    assert once.at_most(1) == pytest.approx(stats.poisson(0.1).cdf(1))


def test_a_variance_hardly_above_the_mean_is_hardly_other_than_poisson() -> None:
    found = fitted(0.1, 0.1 * (1 + 2e-6))
    assert found.name == "negative_binomial"
    assert found.cumulative(4) == pytest.approx(stats.poisson(0.1).cdf(np.arange(4)), abs=1e-6)


def test_a_longer_review_period_has_as_many_times_the_mean_and_variance_of_a_day() -> None:
    days = observed(0, 0, 3, 8, 1, 0)
    found = demand_of(days, 3, 0.95)
    assert found.mean == pytest.approx(3 * days.by_day.mean())
    assert variance(found) == pytest.approx(3 * days.by_day.var(ddof=1))


@pytest.mark.parametrize(("mean", "spread"), [(0.2, 0.9), (3.0, 4.5), (40.0, 300.0)])
def test_a_negative_binomial_has_the_mean_and_variance_that_it_is_fitted_to(mean: float, spread: float) -> None:
    found = fitted(mean, spread)
    assert found.expected_fill(4000) == pytest.approx(mean)
    assert variance(found, 4000) == pytest.approx(spread)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_the_quantile_of_a_poisson_is_that_of_scipy(level: float) -> None:
    assert fitted(2.5, 2.5).quantile(level) == stats.poisson(2.5).ppf(level)


@pytest.mark.parametrize("level", [0.5, 0.9, 0.99])
def test_the_quantile_of_a_negative_binomial_is_that_of_scipy(level: float) -> None:
    assert fitted(3.0, 6.0).quantile(level) == stats.nbinom(3.0, 0.5).ppf(level)


def test_the_quantile_suffices_and_one_piece_less_does_not() -> None:
    found = empirical(np.array([0, 0, 1, 1, 1, 2, 2, 5, 5, 9]))
    assert found.quantile(0.7) == 2
    assert [found.at_most(2), found.at_most(1)] == pytest.approx([0.7, 0.5])


def test_the_expected_fill_of_what_was_observed_is_its_mean_use_up_to_the_pieces() -> None:
    periods = np.array([0, 1, 4, 7])
    assert empirical(periods).expected_fill(3) == pytest.approx(np.minimum(periods, 3).mean())


def test_no_use_needs_no_piece() -> None:
    assert demand_of(observed(0, 0, 0), 1, 0.95).quantile(0.95) == 0


def test_a_van_has_its_share_of_what_several_used_by_a_binomial_law() -> None:
    found = empirical(np.array([2, 2]), share=0.5)
    assert found.cumulative(4) == pytest.approx([0.25, 0.75, 1.0, 1.0])
    assert found.mean == pytest.approx(1.0)


def test_the_share_of_a_poisson_total_is_poisson() -> None:
    total = observed(*np.random.default_rng(1).poisson(6.0, 60))
    alone = demand_of(Observed(total.by_day, 0.25), 1, 0.95)
    mean, spread = total.by_day.mean(), total.by_day.var(ddof=1)
    assert alone.mean == pytest.approx(mean / 4)
    assert (alone.name == "poisson") == (spread <= mean)
