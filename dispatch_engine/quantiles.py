"""Distributions as quantile functions: straight between the quantiles that are known, and on as far as they go."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

PARTS = 64
"""Into so many parts what is beyond a value is cut for its mean."""


@dataclass(frozen=True)
class Quantiles:
    """A quantile function.

    Attributes
    ----------
    at
        Probabilities, ascending from 0 to 1.
    value
        What is not exceeded with each; none is negative or less than the one before.
    """

    at: tuple[float, ...]
    value: tuple[float, ...]

    @classmethod
    def of(cls, points: Mapping[str, float]) -> Quantiles:
        """Return the function through two points or more, by names such as p90; it goes on straight, not below 0."""
        named = sorted((int(name[1:]) / 100, value) for name, value in points.items())
        at, value = [each[0] for each in named], [each[1] for each in named]
        first = value[0] - at[0] * (value[1] - value[0]) / (at[1] - at[0])
        last = value[-1] + (1 - at[-1]) * (value[-1] - value[-2]) / (at[-1] - at[-2])
        return cls((0.0, *at, 1.0), (max(0.0, first), *value, last))

    @classmethod
    def measured(cls, values: Sequence[float]) -> Quantiles:
        """Return the function of what was measured, each value standing in the middle of its share."""
        ordered = sorted(values)
        at = [(k + 0.5) / len(ordered) for k in range(len(ordered))]
        return cls((0.0, *at, 1.0), (ordered[0], *ordered, ordered[-1]))

    @property
    def mean(self) -> float:
        """The mean."""
        return float(np.trapezoid(self.value, self.at))

    def scaled(self, factor: float) -> Quantiles:
        """Return the function of a multiple."""
        return Quantiles(self.at, tuple(factor * each for each in self.value))

    def mean_beyond(self, value: float) -> float:
        """Return the mean of what is more than a value; that value where nothing is."""
        exceeded = float(np.interp(value, self.value, self.at))
        rest = self(exceeded + (1 - exceeded) * (np.arange(PARTS) + 0.5) / PARTS)
        return float(np.mean(np.maximum(rest, value)))

    def __call__(self, probability: float | NDArray[np.float64]) -> NDArray[np.float64]:
        """Return what is not exceeded with a probability, or with each of several."""
        return np.asarray(np.interp(probability, self.at, self.value), np.float64)
