"""The workload that is fair for each shift: its own target, else the policy's, else its share of what is expected.

References
----------
Beardwood, Halton and Hammersley (1959), "The shortest path through many points": a tour through n random points of an
area A has legs of about 0.7124 sqrt(A / n). The nearest, second and third neighbour of a point are 0.5, 0.75 and 0.9375
sqrt(A / n) away on average, their mean 0.73: so the mean travel to the three nearest calls stands for a leg.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.model.technicians import Technician
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.planner.timeline import whole_s
from solver.problem import NONE, UNREACHABLE, Steps

if TYPE_CHECKING:
    from dispatch_engine.model.policy import Policy
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints, Travel

NEAREST = 3


def fairness_steps(policy: Policy) -> Steps:
    """Return the price of uneven workload."""
    return Steps.of([[(whole_s(step.beyond), ticks_per_s(step.per_hour)) for step in policy.fairness.steps]])


def workload_targets_s(frame: Frame, travel: Travel, visit_place: Ints) -> list[int]:
    """Return the fair workload of each shift in seconds; NONE where fairness has no price or does not count.

    What is expected is shared among the shifts of the house's technicians by their length; a provider counts only where
    the shift states a target of its own.

    Parameters
    ----------
    frame
        The document.
    travel
        Of all profiles.
    visit_place
        Place of each visit, shape (n_visits,).
    """
    if not frame.problem.policy.fairness.steps:
        return [NONE] * len(frame.index.shifts)
    own = [_own_target_s(frame, capacity, shift) for capacity, shift in frame.index.shifts]
    if all(target is not None for target in own):
        return [NONE if target is None else target for target in own]
    lengths = [whole_s(shift.end - shift.start) for _, shift in frame.index.shifts]
    house_s = sum(length for (who, _), length in zip(frame.index.shifts, lengths, strict=True) if _counts(who))
    share = min(1.0, expected_workload_s(frame, travel, visit_place) / max(1, house_s))
    return [round(share * length) if target is None else target for target, length in zip(own, lengths, strict=True)]


def expected_workload_s(frame: Frame, travel: Travel, visit_place: Ints) -> float:
    """Return service at normal tempo plus the expected driving to all calls."""
    service_s = sum(whole_s(call.duration) for call in frame.problem.calls)
    return service_s + leg_s(travel, visit_place) * len(visit_place)


def leg_s(travel: Travel, visit_place: Ints) -> float:
    """Return the expected driving to one visit: the mean to its three nearest others, where there is a way."""
    if not len(travel.duration_s) or len(visit_place) < 2:
        return 0.0
    between = travel.duration_s[0][np.ix_(visit_place, visit_place)].astype(np.float64)
    np.fill_diagonal(between, UNREACHABLE)
    count = min(NEAREST, len(between))
    nearest = np.partition(between, count - 1, axis=1)[:, :count]
    known = nearest[nearest < UNREACHABLE]
    return float(known.mean()) if len(known) else 0.0


def _own_target_s(frame: Frame, capacity: Capacity, shift: Shift) -> int | None:
    """Return the target that is stated, NONE for a provider without one, None where it is a share of the whole."""
    if shift.workload_target is not None:
        return whole_s(shift.workload_target)
    if not _counts(capacity):
        return NONE
    target = frame.problem.policy.fairness.target
    return None if target is None else whole_s(target)


def _counts(capacity: Capacity) -> bool:
    return isinstance(capacity, Technician)
