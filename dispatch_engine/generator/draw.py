"""The only source of chance: draws that depend on the seed and on nothing else."""

from __future__ import annotations

import math
from statistics import NormalDist
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

T = TypeVar("T")

STREAMS = (
    *("homes", "crew", "sites", "calls", "times", "wishes", "providers"),
    *("catalogue", "machines", "needs", "vans", "stores", "locations", "stock", "orders", "colleagues"),
)
"""Each kind of thing has a stream of its own: more technicians do not move the calls. New ones go to the end."""

_NORMAL = NormalDist()


class Draw:
    """One stream of draws.

    Only uniform numbers of the bit generator PCG64 are used; everything else is made from them here, because NumPy
    keeps the bits stable from version to version but not what its distributions make of them (NEP 19).

    Parameters
    ----------
    seed
        Of the whole document.
    stream
        One of `STREAMS`.
    """

    def __init__(self, seed: int, stream: str) -> None:
        sequence = np.random.SeedSequence(seed, spawn_key=(STREAMS.index(stream),))
        self._generator = np.random.Generator(np.random.PCG64(sequence))

    def unit(self) -> float:
        """Return a number from 0 up to but not including 1."""
        return float(self._generator.random())

    def chance(self, probability: float) -> bool:
        """Return True with this probability."""
        return self.unit() < probability

    def count(self, low: int, high: int) -> int:
        """Return a whole number from low to high, both included."""
        return low + int(self.unit() * (high - low + 1))

    def one_of(self, choices: Sequence[T]) -> T:
        """Return one of the choices, each as likely as the other."""
        return choices[int(self.unit() * len(choices))]

    def weighted(self, weights: Mapping[T, float]) -> T:
        """Return one of the keys, as likely as its weight says."""
        rest = self.unit() * sum(weights.values())
        for choice, weight in weights.items():
            rest -= weight
            if rest < 0:
                return choice
        return choice

    def lognormal(self, median: float, spread: float) -> float:
        """Return a draw whose logarithm is normal around that of the median, with this standard deviation."""
        score = _NORMAL.inv_cdf(min(max(self.unit(), 1e-9), 1 - 1e-9))
        return median * math.exp(spread * score)

    def quantile(self, values: Sequence[float]) -> float:
        """Return a draw from the distribution with these equally spaced quantiles, linear between them."""
        position = self.unit() * (len(values) - 1)
        lower = int(position)
        return values[lower] + (position - lower) * (values[lower + 1] - values[lower])

    def shuffled(self, items: Sequence[T]) -> list[T]:
        """Return the items in another order (Fisher & Yates)."""
        result = list(items)
        for last in range(len(result) - 1, 0, -1):
            other = int(self.unit() * (last + 1))
            result[last], result[other] = result[other], result[last]
        return result


def quotas(total: int, weights: Mapping[T, float]) -> list[T]:
    """Return `total` keys, as many of each as its weight says, rounded by largest remainder."""
    scale = total / sum(weights.values())
    whole = {key: int(weight * scale) for key, weight in weights.items()}
    by_remainder = sorted(weights, key=lambda key: whole[key] - weights[key] * scale)
    for key in by_remainder[: total - sum(whole.values())]:
        whole[key] += 1
    return [key for key, count in whole.items() for _ in range(count)]
