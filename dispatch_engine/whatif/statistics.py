"""Whether a difference is larger than the noise: paired t-tests, corrected for the number of figures.

Base and scenario are solved with the same seeds, so that the difference of a figure is one number for each seed.
Student's t-test tells how likely differences this large are where there is none. Among many figures some would look
different by chance alone, so the p-values of one scenario are adjusted together (Benjamini & Hochberg): where nothing
has changed, at most so large a share of comparisons as the level says finds any difference at all.

References
----------
Student (1908), "The probable error of a mean".
Benjamini & Hochberg (1995), "Controlling the false discovery rate".
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from statistics import fmean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

LEVEL = 0.05
"""How often a comparison without any difference may find one."""

LEAST_PAIRS = 3
"""Of fewer pairs nothing can be said of the noise."""


@dataclass(frozen=True)
class PairedTest:
    """What the differences of pairs come to.

    Attributes
    ----------
    mean
        Of the differences.
    low, high
        Interval that holds the true difference with a probability of 1 - ``LEVEL``; None with too few pairs.
    p
        How likely differences this large are where there is none; None with too few pairs.
    """

    mean: float
    low: float | None
    high: float | None
    p: float | None


def paired_test(differences: Sequence[float]) -> PairedTest:
    """Return what differences, at least one, come to."""
    mean, n = fmean(differences), len(differences)
    if n < LEAST_PAIRS:
        return PairedTest(mean, None, None, None)
    error = stdev(differences) / math.sqrt(n)
    if error <= abs(mean) * 1e-12:  # each pair differs by the same
        return PairedTest(mean, mean, mean, 0.0 if mean else 1.0)
    from scipy.special import stdtr, stdtrit

    p = 2 * float(stdtr(n - 1, -abs(mean) / error))
    reach = float(stdtrit(n - 1, 1 - LEVEL / 2)) * error
    return PairedTest(mean, mean - reach, mean + reach, p)


def adjusted(p_by_key: Mapping[str, float]) -> dict[str, float]:
    """Return p-values adjusted for their number: the smallest level at which each would be called a difference."""
    ordered = sorted(p_by_key, key=p_by_key.__getitem__, reverse=True)
    found: dict[str, float] = {}
    least = 1.0
    for row, key in enumerate(ordered):
        least = min(least, p_by_key[key] * len(ordered) / (len(ordered) - row))
        found[key] = least
    return found
