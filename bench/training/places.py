"""Where customers are, and when they may be served: what made instances of all kinds have in common."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

SPREAD = 0.06
"""Of a group of customers, as a share of the side of the square that all are in."""
GROUP = 11
"""So many customers are in a group, about."""


def places(rng: Generator, n: int, side: float, scattered: float) -> NDArray[np.float64]:
    """Return (n + 1, 2) places in a square, the depot's in the middle; a share is ``scattered``, the rest in groups."""
    alone = round(n * scattered)
    centres = rng.uniform(0.1 * side, 0.9 * side, (max(1, (n - alone) // GROUP), 2))
    group = rng.integers(len(centres), size=n - alone)
    near = centres[group] + rng.normal(0.0, SPREAD * side, (n - alone, 2))
    everyone = np.concatenate([[[side / 2, side / 2]], rng.uniform(0, side, (alone, 2)), np.clip(near, 0, side)])
    return everyone.round(3)


def windows(
    rng: Generator, away: NDArray[np.float64], service: NDArray[np.int64], end: int, width: float, bound: float
) -> NDArray[np.int64]:
    """Return (n, 2) windows of about ``width`` for a share of the customers (``bound``), for the others all day.

    They are the first and the last beginning of each service. Each leaves the time to come from the depot, which is
    ``away`` (n,), and to be back there at ``end``.
    """
    first, last = np.ceil(away), np.floor(end - away - service)
    middle = rng.uniform(first, last)
    half = rng.normal(width, width / 4, len(away)).clip(width / 4) / 2
    is_bound = rng.random(len(away)) < bound
    opens = np.where(is_bound, np.maximum(first, middle - half), 0)
    closes = np.where(is_bound, np.minimum(last, middle + half), last)
    return np.stack([np.floor(opens), np.floor(closes)], axis=1).astype(np.int64)
