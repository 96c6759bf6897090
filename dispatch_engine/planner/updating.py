"""Translate a problem that has changed a little: only what is new or other is translated, by the same row functions.

Everything keeps its number but calls, which stand in the order of the document, and places, of which new ones are added
at the end. Where more has changed than that (prices, contracts, who there is, which shifts, a skill that no call has
needed before), ``updated`` says so, and the whole document is to be translated anew.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.planner.carrying import carried, places_of
from dispatch_engine.planner.fairness import workload_targets_s
from dispatch_engine.planner.meetings import meetings_of
from dispatch_engine.planner.places import Places, User
from dispatch_engine.planner.reserves import reserves_of
from dispatch_engine.planner.shifts import shifts_of, technicians_of
from dispatch_engine.planner.sourcings import sourcings_of
from dispatch_engine.planner.stock import with_vans
from dispatch_engine.planner.translate import Translation
from dispatch_engine.planner.travel_times import grown
from dispatch_engine.planner.visits import visits_of
from dispatch_engine.planner.widening import widened
from solver.joining import joined
from solver.problem import NONE, Csr, Problem
from solver.validation import validate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.carrying import Carried
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.travel_times import TravelTimes
    from dispatch_engine.travel.source import TravelSource
    from solver.problem import Bools, Ints, Shifts, Technicians, Visits
    from solver.supply import Sourcings


@dataclass(frozen=True)
class Change:
    """What a later state of a problem has that an earlier one has not; the rest of it is the same.

    Attributes
    ----------
    earlier_row
        Of each call in the earlier problem, shape (n_visits,); NONE where it is new.
    later_row
        Of each call of the earlier problem now, NONE where it is gone.
    calls
        Rows of calls that are new, or of which something is other: the call itself, its promise, its ways to get parts.
    shifts
        Rows of shifts of which something is other.
    has_new_names
        Whether skills, tools or parts were added, so that supplies and tools may be numbered otherwise.
    """

    earlier_row: Ints
    later_row: Ints
    calls: frozenset[int]
    shifts: frozenset[int]
    has_new_names: bool


def updated(earlier: Translation, problem: ProblemDocument, source: TravelSource) -> tuple[Translation, Change] | None:
    """Translate a later state of a problem with what is known of the earlier one.

    Returns
    -------
    The translation and what has changed; None where the whole document is to be translated.

    Raises
    ------
    TravelError
        The source of travel times cannot answer.
    """
    carry = carried(earlier, problem)
    times = None if carry is None else _times(earlier, carry, source)
    if carry is None or times is None:
        return None
    frame = replace(carry.frame, places=times.places)
    before = widened(earlier, frame)
    meetings = meetings_of(frame) if len(before.meetings) else before.meetings
    if not np.array_equal(meetings.may_meet, before.meetings.may_meet):
        return None
    visits = _visits(before.visits, frame, carry)
    shifts, changed_shifts = _shifts(before.shifts, earlier, frame, carry, visits)
    after = Problem(
        travel=times.travel,
        technicians=_technicians(before.technicians, earlier, frame),
        shifts=shifts,
        visits=visits,
        fairness=before.fairness,
        horizon_s=before.horizon_s,
        sourcings=before.sourcings if carry.has_same_ways else _sourcings(frame),
        stock=with_vans(before.stock, frame, carry.crew) if carry.crew else before.stock,
        meetings=meetings,
        reserves=reserves_of(frame),
    )
    validate(after, before)
    new_names = before is not earlier.solver_problem
    change = Change(carry.earlier_row, carry.later_row, frozenset(carry.calls), changed_shifts, new_names)
    return Translation(frame, times, after), change


def _times(earlier: Translation, carry: Carried, source: TravelSource) -> TravelTimes | None:
    """Return the travel times with places more; None where there is no room for them."""
    frame = carry.frame
    places = Places(frame.problem, earlier.frame.places.numbers)
    return grown(earlier.times, places, list(_new_places(frame, carry)), source)


def _new_places(frame: Frame, carry: Carried) -> Iterator[tuple[User, Place]]:
    """Yield the places of the calls and technicians that have changed."""
    for row in carry.calls:
        call = frame.problem.calls[row]
        yield User("call", call.id), call.place
    for row in carry.crew:
        capacity = frame.problem.capacities[row]
        for place in places_of(capacity):
            yield User("technician", capacity.id), place


def _sourcings(frame: Frame) -> Sourcings:
    return sourcings_of(frame.ways, frame.index.part, frame.index.location)


def _visits(before: Visits, frame: Frame, carry: Carried) -> Visits:
    if not carry.calls and len(carry.earlier_row) == len(before):
        return before
    new = visits_of(frame.of_calls(carry.calls))
    return joined(before, np.maximum(carry.earlier_row, 0), new, np.array(carry.calls, np.int64))


def _technicians(before: Technicians, earlier: Translation, frame: Frame) -> Technicians:
    crew = frame.problem.capacities
    rows = [
        row
        for row, capacity in enumerate(crew)
        if frame.reservations.free[capacity.id] is not earlier.frame.reservations.free[capacity.id]
    ]
    if not rows:
        return before
    new = technicians_of(frame, [crew[row] for row in rows])
    return joined(before, np.arange(len(before)), new, np.array(rows, np.int64))


def _shifts(
    before: Shifts, earlier: Translation, frame: Frame, carry: Carried, visits: Visits
) -> tuple[Shifts, frozenset[int]]:
    """Return all shifts and the rows of those that have changed."""
    targets = np.array(workload_targets_s(frame, earlier.times.travel, visits.place), np.int64)
    crew = set(carry.crew)
    is_changed = np.array([int(t) in crew for t in before.technician], np.bool_)
    is_changed |= np.array([a != b for a, b in zip(earlier.frame.bounds, frame.bounds, strict=True)], np.bool_)
    is_changed[_with_facts_among(before, carry)] = True
    is_changed |= (targets != before.workload_target_s) | _are_pushed(before, frame)
    rows = np.flatnonzero(is_changed)
    if not len(rows) and (before.fact_visit.values == carry.later_row[before.fact_visit.values]).all():
        return before, frozenset()
    kept = replace(before, fact_visit=_renumbered(before.fact_visit, carry.later_row))
    if len(rows):
        new = shifts_of(frame.of_shifts(rows.tolist()), targets[rows])
        kept = joined(kept, np.arange(len(before)), new, rows)
    return kept, frozenset(rows.tolist())


def _with_facts_among(before: Shifts, carry: Carried) -> Ints:
    """Return the shifts with a fact whose call has changed: the rest of such a route may begin elsewhere."""
    is_other = np.ones(len(carry.later_row) + 1, np.bool_)
    is_other[carry.earlier_row] = False
    is_other[carry.earlier_row[list(carry.calls)]] = True
    return before.fact_visit.owner[is_other[before.fact_visit.values]]


def _are_pushed(before: Shifts, frame: Frame) -> Bools:
    """Tell for each shift that has begun whether the rest of its route would begin before now."""
    free_s = before.departed_s.copy()
    has_facts = np.diff(before.fact_visit.start) > 0
    free_s[has_facts] = before.fact_end_s.values[before.fact_visit.start[1:][has_facts] - 1]
    free_s = np.where(before.resume_s != NONE, before.resume_s, free_s)
    is_late: Bools = (free_s != NONE) & (free_s < frame.now_s)
    return is_late


def _renumbered(fact_visit: Csr, later_row: Ints) -> Csr:
    return fact_visit if not len(fact_visit.values) else Csr(fact_visit.start, later_row[fact_visit.values])
