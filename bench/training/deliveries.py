"""Made instances of the families that bring goods from one depot: ``vrptw``, ``sdvrptw`` and ``mtvrptwr``."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from bench.families.delivery import Customer, Rules, Vehicle
from bench.families.mtvrptwr import RULES as TRIPS
from bench.families.mtvrptwr import Trips
from bench.families.rounding import ROUNDED_THOUSANDTHS, TRUNCATED_TENTHS
from bench.families.sdvrptw import Sites
from bench.families.vrptw import RULES as WINDOWS
from bench.families.vrptw import Windows
from bench.training.places import places, windows

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

    from bench.families.rounding import Rounding

SCATTERED = (0.0, 1.0, 0.5)
"""The share of customers that are in no group, from seed to seed."""
WIDTHS = (0.06, 0.12, 0.3)
"""Of windows, as a share of the day, from one round of these to the next."""


def _customers(
    rounding: Rounding,
    demand: NDArray[np.int64],
    service: NDArray[np.int64],
    opening: NDArray[np.int64],
    end: int,
    release: NDArray[np.int64],
) -> list[Customer]:
    """Return the depot, open until ``end``, and the customers, times in the rounding's units."""
    units = rounding.units
    rows = zip(demand.tolist(), service.tolist(), opening.tolist(), release.tolist(), strict=True)
    at = [Customer(d, units * s, units * a, units * b, units * r) for d, s, (a, b), r in rows]
    return [Customer(0, 0, 0, units * end), *at]


def _kind(seed: int) -> tuple[Generator, float, float]:
    """Return the chance of a seed, the share of scattered customers, and the width of windows."""
    return np.random.default_rng(seed), SCATTERED[seed % 3], WIDTHS[seed // 3 % 3]


def _away(where: NDArray[np.float64]) -> NDArray[np.float64]:
    x, y = (where[1:] - where[0]).T
    away: NDArray[np.float64] = np.hypot(x, y)
    return away


def windows_instance(seed: int) -> Windows:
    """Return 100 customers with windows; even seeds have short days and small vans, odd ones the opposite."""
    rng, scattered, width = _kind(seed)
    is_long = seed % 2 == 1
    n, end, service = 100, 1000 if is_long else 240, np.full(100, 10)
    where = places(rng, n, 80.0, scattered)
    return Windows(
        name=f"vrptw-{seed}",
        bks=None,
        legs=TRUNCATED_TENTHS.legs(where.tolist()),
        nodes=_customers(
            TRUNCATED_TENTHS,
            rng.integers(1, 30, n),
            service,
            windows(rng, _away(where) + 1, service, end, width * end, rng.choice([1.0, 0.75, 0.5])),
            end,
            np.zeros(n, np.int64),
        ),
        vehicles=[Vehicle(1000 if is_long else 200)] * 25,
        rules=WINDOWS,
    )


def sites_instance(seed: int) -> Sites:
    """Return 144 to 288 customers that name the kinds of vehicles that may come, which are away for half of the day."""
    rng, scattered, _ = _kind(seed)
    n, kinds, end = int(rng.choice([144, 192, 240, 288])), int(rng.integers(4, 7)), 1000
    count = max(1, round(n / (8.5 * kinds)))
    where = places(rng, n, 200.0, 0.3 + 0.5 * scattered)
    service, width = rng.integers(1, 26, n), float(rng.choice([110.0, 250.0]))
    may_come = rng.random((n, kinds)) < rng.uniform(0.4, 0.9)
    may_come[np.arange(n), rng.integers(kinds, size=n)] = True
    nodes = [frozenset((np.flatnonzero(may_come[:, kind]) + 1).tolist()) for kind in range(kinds)]
    return Sites(
        name=f"sdvrptw-{seed}",
        bks=None,
        legs=ROUNDED_THOUSANDTHS.legs(where.tolist()),
        nodes=_customers(
            ROUNDED_THOUSANDTHS,
            rng.integers(1, 26, n),
            service,
            windows(rng, _away(where) + 1, service, end, width, 1.0),
            end,
            np.zeros(n, np.int64),
        ),
        vehicles=[Vehicle(120 + 30 * kind, nodes[kind]) for kind in range(kinds) for _ in range(count)],
        rules=Rules(units_per_cost=1, longest=ROUNDED_THOUSANDTHS.units * end // 2),
    )


def trips_instance(seed: int) -> Trips:
    """Return 100 customers whose goods come to the depot during the day, and eight vans that come back for more."""
    rng, scattered, width = _kind(seed)
    n, end, service = 100, 1000, np.full(100, 10)
    where = places(rng, n, 80.0, scattered)
    away = _away(where) + 1
    opening = windows(rng, away, service, end, width * end, 1.0)
    latest = (opening[:, 0] - away).clip(0)
    is_later = rng.random(n) < rng.choice([0.25, 0.5, 0.75])
    release = np.where(is_later, latest * rng.uniform(0.2, 1.0, n), 0).astype(np.int64)
    return Trips(
        name=f"mtvrptwr-{seed}",
        bks=None,
        legs=TRUNCATED_TENTHS.legs(where.tolist()),
        nodes=_customers(TRUNCATED_TENTHS, rng.integers(5, 30, n), service, opening, end, release),
        vehicles=[Vehicle(120)] * 8,
        rules=TRIPS,
    )
