"""How many pieces of a part a van uses in a review period, as a distribution estimated from days of use.

Rule: where the history has so many periods that at least ``MIN_BEYOND`` of them are expected beyond the target, the
distribution is what was observed (empirical). Otherwise the tail is too thin to be read off, and one is fitted to mean
and variance of the days, which are taken to be independent of each other: negative binomial where the variance is
above the mean, else Poisson (Axsäter 2015, section 5.1).

Where the use of several vans is known only in total, each piece falls on each of them with the same probability
("thinning"): of d pieces a van uses a binomially distributed number; mean m and variance v of the total become m p and
v p² + m p (1 − p), with p = 1 / number of vans.

References
----------
S. Axsäter, Inventory Control, 3rd edition, Springer 2015.
E. A. Silver, D. F. Pyke and D. J. Thomas, Inventory and Production Management in Supply Chains, 4th edition, CRC 2017.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import special, stats

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from dispatch_engine.restock.documents import DistributionName

MIN_BEYOND = 5
"""Expected periods beyond the target, below which the tail of what was observed is too thin."""

DISPERSION = 1e-6
"""How far the variance is above the mean, as a share of it, before that is more than rounding."""

FIRST_TRY = 8
"""Pieces, on top of twice the mean, up to which a quantile is looked for at first."""

TOLERANCE = 1e-9
"""Of probabilities that are sums of many terms."""


@dataclass(frozen=True)
class Demand:
    """Pieces that a van uses in a review period.

    Parameters
    ----------
    name
        What the distribution is called.
    mean
        Expected pieces.
    cumulative
        Gives (n,) the probabilities that no more than 0, 1, … n − 1 pieces are used.
    """

    name: DistributionName
    mean: float
    cumulative: Callable[[int], NDArray[np.float64]]

    def at_most(self, pieces: int) -> float:
        """Return the probability that no more pieces are used."""
        return float(self.cumulative(pieces + 1)[-1])

    def beyond(self, pieces: int) -> NDArray[np.float64]:
        """Return (pieces,) the probabilities that more than 0, 1, … ``pieces`` − 1 are used: what each piece fills."""
        return 1.0 - self.cumulative(pieces)

    def expected_fill(self, pieces: int) -> float:
        """Return the expected number of pieces used of so many in the van."""
        return float(self.beyond(pieces).sum())

    def quantile(self, level: float) -> int:
        """Return the least number of pieces that suffices with a probability of at least ``level``, below 1."""
        count = FIRST_TRY + 2 * int(self.mean)
        while self.cumulative(count)[-1] < level - TOLERANCE:
            count *= 2
        return int(np.searchsorted(self.cumulative(count), level - TOLERANCE))


@dataclass(frozen=True)
class Observed:
    """Use in total by day, and how it falls on one van.

    Parameters
    ----------
    by_day
        (n_days,) pieces on each working day, in order of time.
    share
        Probability that a piece is this van's: 1, or 1 / number of vans.
    """

    by_day: NDArray[np.int64]
    share: float = 1.0

    def periods(self, review_days: int) -> NDArray[np.int64]:
        """Return (n_periods,) the use in whole review periods, the newest last; the oldest days may be left over."""
        count = len(self.by_day) // review_days
        kept = self.by_day[len(self.by_day) - count * review_days :]
        sums: NDArray[np.int64] = kept.reshape(count, review_days).sum(axis=1)
        return sums


def demand_of(observed: Observed, review_days: int, level: float) -> Demand:
    """Return the distribution for a target, by the rule above.

    Parameters
    ----------
    observed
        Use by day; at least two days.
    review_days
        Working days from one replenishment to the next.
    level
        Wanted probability, below 1.
    """
    periods, share = observed.periods(review_days), observed.share
    if len(periods) * (1 - level) >= MIN_BEYOND - TOLERANCE:
        return empirical(periods, share)
    mean = float(observed.by_day.mean()) * review_days
    variance = float(observed.by_day.var(ddof=1)) * review_days
    return fitted(mean * share, variance * share**2 + mean * share * (1 - share))


def empirical(periods: NDArray[np.int64], share: float = 1.0) -> Demand:
    """Return what was observed: each of the (n_periods,) totals is as likely, thinned to the share of a van."""
    totals, counts = np.unique(periods, return_counts=True)
    pieces = np.arange(int(totals[-1]) + 1)
    probability = np.zeros(len(pieces))
    for total, count in zip(totals, counts, strict=True):
        probability += stats.binom.pmf(pieces, total, share) * (count / len(periods))
    at_most = np.minimum(np.cumsum(probability), 1.0)

    def cumulative(count: int) -> NDArray[np.float64]:
        return np.concatenate([at_most[:count], np.ones(max(0, count - len(at_most)))])

    return Demand("empirical", float(periods.mean()) * share, cumulative)


def fitted(mean: float, variance: float) -> Demand:
    """Return the negative binomial distribution of a mean and a larger variance, else the Poisson of the mean."""
    if not variance > mean * (1 + DISPERSION) > 0:
        return Demand("poisson", mean, lambda count: special.pdtr(np.arange(count), mean))
    size = mean**2 / (variance - mean)
    probability = mean / variance

    def cumulative(count: int) -> NDArray[np.float64]:
        found: NDArray[np.float64] = special.betainc(size, np.arange(1, count + 1), probability)
        return found

    return Demand("negative_binomial", mean, cumulative)
