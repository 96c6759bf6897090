"""Random numbers of the search: xorshift64* (Vigna 2016), the same on every machine and in every thread.

The state is an array of one unsigned 64-bit integer, so that each worker has its own.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.jit import inlined

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Rng = NDArray[np.uint64]

_SEED_MIX = 0x9E3779B97F4A7C15
_MULTIPLIER = np.uint64(0x2545F4914F6CDD1D)
_SHIFT_12, _SHIFT_25, _SHIFT_27, _SHIFT_11 = np.uint64(12), np.uint64(25), np.uint64(27), np.uint64(11)
_UNIT = 1.0 / (1 << 53)


def new_rng(seed: int, stream: int = 0) -> Rng:
    """Return the state of one stream of a seed (any integers)."""
    mixed = (seed * 2 + 1) * _SEED_MIX + stream * 0xD1342543DE82EF95
    mixed ^= mixed >> 31
    return np.array([mixed % (1 << 64) or 1], np.uint64)


@inlined
def uniform(rng: Rng) -> float:
    """Draw from [0, 1)."""
    x = rng[0]
    x ^= x >> _SHIFT_12
    x ^= x << _SHIFT_25
    x ^= x >> _SHIFT_27
    rng[0] = x
    return np.float64((x * _MULTIPLIER) >> _SHIFT_11) * _UNIT


@inlined
def below(rng: Rng, n: int) -> int:
    """Draw an integer from 0 to ``n`` - 1."""
    return min(n - 1, int(uniform(rng) * n))
