"""The cost of a drive: one whole number that holds both its milliseconds and its decimetres.

Milliseconds count `SECOND_PLACE` each. The smallest cost is the fastest path, among equally fast ones the shortest, and
both numbers are read back exactly: a float64 is exact to 2**53, which leaves room for 149 hours and 1,677 km.
"""

import numpy as np
from numpy.typing import NDArray

from dispatch_engine.travel.arrays import Int32Matrix
from dispatch_engine.travel.source import UNREACHABLE_S

SECOND_PLACE = 2**24

Costs = NDArray[np.float64]


def cost_of(drive_ms: NDArray[np.generic], length_dm: NDArray[np.generic]) -> Costs:
    """Return the cost of drives of so many milliseconds and decimetres."""
    cost: Costs = np.rint(np.asarray(drive_ms, dtype=np.float64)) * SECOND_PLACE + np.rint(length_dm)
    return cost


def milliseconds(costs: Costs) -> NDArray[np.int64]:
    """Return the milliseconds in finite costs."""
    return costs.astype(np.int64) // SECOND_PLACE


def decimetres(costs: Costs) -> NDArray[np.int64]:
    """Return the decimetres in finite costs."""
    return costs.astype(np.int64) % SECOND_PLACE


def seconds_and_metres(costs: Costs) -> tuple[Int32Matrix, Int32Matrix]:
    """Return both in whole numbers; an infinite cost is `UNREACHABLE_S` of either."""
    reachable = np.isfinite(costs)
    finite = np.where(reachable, costs, 0.0)
    seconds = np.where(reachable, (milliseconds(finite) + 500) // 1000, UNREACHABLE_S)
    metres = np.where(reachable, (decimetres(finite) + 5) // 10, UNREACHABLE_S)
    return seconds.astype(np.int32), metres.astype(np.int32)
