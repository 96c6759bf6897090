"""The reserves of territories as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.model.effective import reserve_price_of
from dispatch_engine.planner.columns import ints
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.reserves import counting, reserves_left
from solver.reserves import Reserves

if TYPE_CHECKING:
    from dispatch_engine.planner.frame import Frame


def reserves_of(frame: Frame) -> Reserves:
    """Return the rows of the reserves that are left."""
    problem, seconds = frame.problem, frame.timeline.seconds
    left = list(reserves_left(problem))
    if not left:
        return Reserves.none(len(problem.capacities))
    counts = np.zeros((len(left), len(problem.capacities)), np.bool_)
    for row, each in zip(counts, left, strict=True):
        row[[frame.index.technician[who.id] for who in counting(problem, each.territory.id, each.reserve)]] = True
    return Reserves(
        from_s=ints(seconds(each.since) for each in left),
        until_s=ints(seconds(each.reserve.end) for each in left),
        wanted_s=ints(each.wanted_s for each in left),
        ticks_per_s=ints(ticks_per_s(reserve_price_of(each.reserve, problem.policy)) for each in left),
        counts=counts,
    )
