"""What is to be kept in hand so that visits are on time with the probability that the policy wants."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.spreads import travel_spread, work_spread
from solver.validation import MAX_BUFFER_PERMILLE

if TYPE_CHECKING:
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.quantiles import Quantiles


def travel_buffer_permille(policy: Policy) -> int:
    """Return how much longer than expected a drive takes at that probability, in thousandths."""
    return _beyond(travel_spread(policy), policy)


def work_buffer_permille(call: Call, policy: Policy) -> int:
    """Return the same of the work for a call."""
    return _beyond(work_spread(call, policy), policy)


def window_ticks_per_s(call: Call, policy: Policy) -> int:
    """Return the price of reckoning with a start behind the last window: as of a late start."""
    is_pinned = call.pin is not None and call.pin.level == "start"
    if policy.on_time_probability is None or not call.windows or is_pinned or not policy.response_steps:
        return 0
    return max(0, ticks_per_s(policy.response_steps[0].per_hour))


def head_buffer_s(frame: Frame, row: int) -> int:
    """Return what is to be kept in hand for the visits of a shift that are going on, or begin whatever is decided."""
    policy, facts = frame.problem.policy, frame.index.shifts[row][1].facts
    if policy.on_time_probability is None or facts is None:
        return 0
    squares = 0.0
    for fact in facts.going_on:
        work_s = (fact.completed_at - fact.started_at).total_seconds()
        squares += (work_s * work_buffer_permille(frame.call(fact.call), policy) / 1000) ** 2
    return round(math.sqrt(squares))


def _beyond(spread: Quantiles | None, policy: Policy) -> int:
    """Return by how much the wanted quantile lies above what is expected."""
    if spread is None or policy.on_time_probability is None:
        return 0
    return min(MAX_BUFFER_PERMILLE, max(0, round(1000 * (float(spread(policy.on_time_probability)) - 1))))
