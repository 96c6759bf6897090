"""The ways to get the parts of a call, each tried: what it would cost, or what is in the way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.model.missing_parts import PartsWay
from dispatch_engine.planner.missing.candidates import Candidate, candidates_of
from dispatch_engine.planner.missing.obstacles import obstacle
from dispatch_engine.planner.missing.words import way_message
from dispatch_engine.planner.money import amount
from solver.relaxing import Means

if TYPE_CHECKING:
    from dispatch_engine.planner.missing.want import Want
    from solver.forcing import Forced

MAX_OF_A_KIND = 10
"""So many ways of each kind are tried: those of the cheapest technicians, and the first of the document."""


def ways_of(want: Want, most_of_a_kind: int = MAX_OF_A_KIND) -> tuple[tuple[PartsWay, ...], int]:
    """Return the ways that were tried, those that can be done first, and how many were not tried."""
    count, chosen, untried = Counter[str](), list[Candidate](), 0
    for candidate in candidates_of(want):
        count[candidate.kind] += 1
        if count[candidate.kind] <= most_of_a_kind:
            chosen.append(candidate)
        else:
            untried += 1
    tried = [(candidate, _forced(want, candidate)) for candidate in chosen]
    possible = sorted(((forced.added_ticks, number) for number, (_, forced) in enumerate(tried) if forced is not None))
    best = want.at_all
    ways = [_possible(want, *tried[number]) for _, number in possible]
    if chosen and best is not None and (not possible or best.added_ticks < possible[0][0]):
        ways.insert(0, _possible(want, Candidate("combined", Means()), best))
    return (*ways, *(_impossible(want, each) for each, forced in tried if forced is None)), untried


def _forced(want: Want, candidate: Candidate) -> Forced | None:
    if candidate.code is not None or candidate.means is None:
        return None
    return want.force(candidate.means)


def _possible(want: Want, candidate: Candidate, forced: Forced | None) -> PartsWay:
    assert forced is not None  # only what can be done is put in order
    capacity, shift = want.translation.frame.index.shifts[forced.shift]
    return PartsWay(
        kind=candidate.kind,
        technician=capacity.id,
        shift=shift.id,
        location=_location(want, candidate),
        meeting=_meeting(want, candidate),
        substitutes=candidate.substitutes,
        cost=amount(forced.added_ticks),
        dearer=amount(forced.added_ticks - want.leaving_out_ticks),
        message=way_message(want, candidate, forced),
    )


def _impossible(want: Want, candidate: Candidate) -> PartsWay:
    code = candidate.code or obstacle(want, candidate)
    return PartsWay(
        kind=candidate.kind,
        technician=None if candidate.technician is None else want.capacity(candidate.technician).id,
        location=_location(want, candidate),
        meeting=_meeting(want, candidate),
        substitutes=candidate.substitutes,
        code=code,
        message=way_message(want, candidate, code),
    )


def _location(want: Want, candidate: Candidate) -> str | None:
    problem = want.translation.frame.problem
    return None if candidate.location is None else problem.stock_locations[candidate.location].id


def _meeting(want: Want, candidate: Candidate) -> str | None:
    return None if candidate.meeting is None else want.translation.frame.problem.meetings[candidate.meeting].id
