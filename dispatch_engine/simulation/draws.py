"""Common random numbers: each draw belongs to the thing that it is about, whenever and however often it is asked for.

References
----------
Glasserman and Yao 1992, Some guidelines and guarantees for common random numbers.
"""

from __future__ import annotations

import hashlib
import math
from statistics import NormalDist

_NORMAL = NormalDist()
_BITS = 53
"""Of a float's fraction."""


class Draws:
    """Draws by name. Two policies that ask about the same call get the same answer, whatever else they asked.

    Parameters
    ----------
    seed
        Another seed, another world.
    day
        Days of one seed are independent of each other.
    """

    def __init__(self, seed: int, day: str = "") -> None:
        self._root = hashlib.blake2b(f"{seed}/{day}".encode(), digest_size=32).digest()

    def unit(self, *about: str) -> float:
        """Return a number above 0 and below 1, which ``about`` alone decides."""
        text = "\x1f".join(about).encode()
        bits = int.from_bytes(hashlib.blake2b(text, key=self._root, digest_size=8).digest(), "big") >> (64 - _BITS)
        return (bits + 0.5) / float(2**_BITS)

    def chance(self, probability: float, *about: str) -> bool:
        """Return True with this probability."""
        return self.unit(*about) < probability

    def between(self, least: float, most: float, *about: str) -> float:
        """Return a number between the two, each as likely as the other."""
        return least + (most - least) * self.unit(*about)

    def lognormal(self, sigma: float, *about: str) -> float:
        """Return a factor of mean 1 whose logarithm has this standard deviation."""
        return math.exp(sigma * _NORMAL.inv_cdf(self.unit(*about)) - sigma**2 / 2)
