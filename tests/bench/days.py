"""Random small days on which the bench's own code is tried, without what no peer can start from."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from solver.problem import Problem
from tests.properties.problems import RULES, random_problem

# VROOM looks at the direct way from the shift's start: a blocked one keeps it from what it could reach otherwise. The
# routing library lets two breaks overlap before departure, and thinks its plan cheaper than it is.
KNOWN = sorted(set(RULES) - {"facts", "unreachable", "two_breaks"})


def random_days(count: int) -> Iterator[Problem]:
    """Yield problems of 7 visits and 3 shifts, each with about half of the rules."""
    for number in range(count):
        rng = np.random.default_rng([11, number])
        yield random_problem(rng, 7, 3, {rule for rule in KNOWN if rng.random() < 0.5})
