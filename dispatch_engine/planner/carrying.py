"""What of an earlier state of a problem still holds in a later one, and what has changed."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np

from dispatch_engine.model.effective import horizon_of, shifts_of
from dispatch_engine.planner.assembling import MAX_APART
from dispatch_engine.planner.bounds import bounds_of
from dispatch_engine.planner.holdings import Holdings
from dispatch_engine.planner.index import numbered
from dispatch_engine.planner.reservations import Reservations
from dispatch_engine.planner.sourcings import Ways, ways_of
from dispatch_engine.planner.timeline import Timeline
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from datetime import datetime

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument, PromisedVisit
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.planner.bounds import Bounds
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.index import Index
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.planner.ways import Way
    from solver.problem import Ints

GROUND = (
    "currency",
    "time_zone",
    "contracts",
    "territories",
    "parts",
    "stock_locations",
    "meetings",
    "places",
    "travel",
    "policy",
)
"""Fields of a document of which nothing may have changed."""

QUALITIES = (
    "skills",
    "tools",
    "home_territories",
    "duration_factor",
    "duration_factors",
    "travel_factor",
    "profile",
    "replenished_at",
    "stock_capacity",
)
"""Fields of a technician of which nothing may have changed: they count for every call, or for all routes."""


@dataclass(frozen=True)
class Carried:
    """A later state of a problem.

    Attributes
    ----------
    frame
        Of the later problem, its new places without numbers.
    earlier_row, later_row
        As in ``updating.Change``.
    calls
        Rows of calls that are new or of which something is other.
    crew
        Rows of technicians of which something is other.
    has_same_ways
        Whether the table of all ways to get parts is the same.
    """

    frame: Frame
    earlier_row: Ints
    later_row: Ints
    calls: Sequence[int]
    crew: Sequence[int]
    has_same_ways: bool


def carried(earlier: Translation, problem: ProblemDocument) -> Carried | None:
    """Say what has changed, None where more has than can be joined to what is known."""
    if not earlier.times.is_asked or not problem.calls:
        return None
    crew = _changed_crew(earlier.frame.problem, problem)
    if crew is None or not _is_same_ground(earlier.frame, problem, crew):
        return None
    rows, n_before = earlier.frame.index.visit, len(earlier.frame.problem.calls)
    has_only_more = problem.calls[:n_before] == earlier.frame.problem.calls  # told by their identity, at once
    if has_only_more:
        before = [*range(n_before), *[NONE] * (len(problem.calls) - n_before)]
    else:
        before = [rows.get(call.id, NONE) for call in problem.calls]
    earlier_row = np.array(before, np.int64)
    later_row = np.full(len(rows), NONE, np.int64)
    later_row[earlier_row[earlier_row != NONE]] = np.flatnonzero(earlier_row != NONE)
    changed = (
        set(range(n_before, len(before))) if has_only_more else _other_calls(earlier.frame.problem, problem, before)
    )
    changed |= _otherwise_done_or_promised(earlier.frame.problem, problem, crew)
    frame, others = _frame(earlier.frame, problem, changed, before)
    calls = sorted(changed | others)
    if _moves_places(earlier.frame, problem, calls, crew, later_row):
        return None
    frame = replace(frame, index=_with_names(frame, calls))
    same = not others and _are_same_ways(earlier.frame.ways, frame.ways, calls)
    return Carried(frame, earlier_row, later_row, calls, crew, same and _keeps_rows(earlier.frame.ways, later_row))


def _is_same_ground(frame: Frame, problem: ProblemDocument, crew: Sequence[int]) -> bool:
    """Tell whether nothing has changed but calls, technicians and the time of planning."""
    was = frame.problem
    if not all(_is_same(getattr(was, name), getattr(problem, name)) for name in GROUND):
        return False
    if was.horizon == problem.horizon and all(_is_as_long(was.capacities[k], problem.capacities[k]) for k in crew):
        return True
    return horizon_of(problem) == frame.horizon and Timeline.of(problem).origin == frame.timeline.origin


def _is_as_long(one: Capacity, other: Capacity) -> bool:
    """Tell whether shifts begin and end as before, and no earlier departure is known than was."""
    return all(
        (a.start, a.end, a.overtime_cap) == (b.start, b.end, b.overtime_cap) and _departure(a) == _departure(b)
        for a, b in zip(one.shifts, other.shifts, strict=True)
    )


def _departure(shift: Shift) -> datetime:
    """Return the recorded departure where it counts for the first moment of all, else the start."""
    return shift.start if shift.facts is None else min(shift.start, shift.facts.departed_at)


def _is_same(one: object, other: object) -> bool:
    return one is other or one == other


def _changed_crew(was: ProblemDocument, problem: ProblemDocument) -> list[int] | None:
    """Return the rows of technicians of which something is other, None where it counts for more than their routes."""
    before, now = was.capacities, problem.capacities
    if len(was.technicians) != len(problem.technicians) or len(before) != len(now):
        return None
    changed = [row for row, (a, b) in enumerate(zip(before, now, strict=True)) if not _is_same(a, b)]
    alike = all(_is_alike(before[row], now[row]) for row in changed)
    return changed if alike else None


def _is_alike(one: Capacity, other: Capacity) -> bool:
    """Tell whether it is the same technician with the same qualities and the same shifts, whatever happened on them."""
    same = one.id == other.id and [each.id for each in one.shifts] == [each.id for each in other.shifts]
    return same and all(_is_same(getattr(one, name), getattr(other, name)) for name in QUALITIES)


def changed_calls(was: ProblemDocument, problem: ProblemDocument, earlier_row: Sequence[int]) -> set[int]:
    """Return the rows of calls that are new or other, or were promised or done otherwise before."""
    return _other_calls(was, problem, earlier_row) | _otherwise_done_or_promised(was, problem, None)


def _other_calls(was: ProblemDocument, problem: ProblemDocument, earlier_row: Sequence[int]) -> set[int]:
    return {
        row
        for row, (call, before) in enumerate(zip(problem.calls, earlier_row, strict=True))
        if before == NONE or (was.calls[before] is not call and was.calls[before] != call)
    }


def _otherwise_done_or_promised(was: ProblemDocument, problem: ProblemDocument, crew: Sequence[int] | None) -> set[int]:
    """Return the rows of calls that were promised or done otherwise before; of ``crew`` alone something is other."""
    names = _done(was, crew) ^ _done(problem, crew)
    if was.previous_plan is not problem.previous_plan:
        one, other = _promised(was), _promised(problem)
        names |= {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
    return {row for row, call in enumerate(problem.calls) if call.id in names} if names else set()


def _done(problem: ProblemDocument, rows: Sequence[int] | None) -> set[str]:
    """Return the calls that are facts of some technicians, None: of all."""
    crew = problem.capacities if rows is None else [problem.capacities[row] for row in rows]
    shifts = (shift for capacity in crew for shift in capacity.shifts)
    return {fact.call for shift in shifts if shift.facts for fact in shift.facts.visits}


def _promised(problem: ProblemDocument) -> dict[str, PromisedVisit]:
    plan = problem.previous_plan
    return {} if plan is None else {visit.call: visit for visit in plan.visits}


def _frame(
    earlier: Frame, problem: ProblemDocument, changed: set[int], earlier_row: Sequence[int]
) -> tuple[Frame, set[int]]:
    """Return the frame of the later problem, and the rows of calls that get their parts in other ways than before."""
    now_s = earlier.timeline.seconds(problem.now or earlier.horizon.start)
    shifts = tuple(shifts_of(problem))
    reservations = Reservations.of(problem, earlier.reservations)
    frame = replace(
        earlier,
        problem=problem,
        index=replace(earlier.index, shifts=shifts, visit=_rows(earlier.index.visit, problem, earlier_row)),
        now_s=now_s,
        bounds=_bounds(earlier, shifts, now_s),
        reservations=reservations,
        holdings=_holdings(earlier, problem, reservations),
    )
    known = _known_ways(earlier, frame, changed, earlier_row)
    state = (problem, frame.timeline, frame.bounds, reservations, frame.holdings, now_s)
    ways = ways_of(*state, known, earlier.ways.cut)
    sought = {row for row, each in enumerate(known) if each is None} - changed
    others = {row for row in sought if ways.by_call[row] != earlier.ways.by_call[earlier_row[row]]}
    return replace(frame, ways=ways), others


def _rows(before: Mapping[str, int], problem: ProblemDocument, earlier_row: Sequence[int]) -> Mapping[str, int]:
    """Return the row of each call; where nothing has happened but that some are new, those of before with theirs."""
    n_kept = len(before)
    if earlier_row[:n_kept] != list(range(n_kept)):
        return numbered(call.id for call in problem.calls)
    if len(earlier_row) == n_kept:
        return before
    return {**before, **{call.id: row for row, call in enumerate(problem.calls[n_kept:], n_kept)}}


def _bounds(earlier: Frame, shifts: Sequence[tuple[Capacity, Shift]], now_s: int) -> tuple[Bounds, ...]:
    """Return what is left of each shift; that of one that is the same and that now does not reach is the same."""
    return tuple(
        left
        if shift is was and earlier.now_s <= now_s < left.hard_end_s and (shift.facts or now_s <= left.start_s)
        else bounds_of(shift, earlier.timeline, now_s)
        for (_, shift), (_, was), left in zip(shifts, earlier.index.shifts, earlier.bounds, strict=True)
    )


def _holdings(earlier: Frame, problem: ProblemDocument, reservations: Reservations) -> Holdings:
    before = earlier.reservations.free
    if all(free is before[technician] for technician, free in reservations.free.items()):
        return earlier.holdings
    return Holdings(problem, earlier.timeline, reservations)


def _known_ways(
    earlier: Frame, frame: Frame, changed: set[int], earlier_row: Sequence[int]
) -> list[tuple[Way, ...] | None]:
    """Return the ways that hold still: those of calls for whose parts nothing has changed."""
    is_timeless = not any(location.courier is not None for location in frame.problem.stock_locations)
    last_s = [max((left.hard_end_s for left in each.bounds), default=0) for each in (earlier, frame)]
    is_timely = is_timeless or (frame.now_s == earlier.now_s and last_s[0] == last_s[1])
    before, calls = earlier.ways.by_call, frame.problem.calls
    known: list[tuple[Way, ...] | None] = [before[row] for row in earlier_row]
    if not is_timely or not _gives_same(earlier.holdings, frame.holdings):
        known = [None if _takes_parts(call) else ways for call, ways in zip(calls, known, strict=True)]
    kept = (earlier.reservations.kept, frame.reservations.kept)
    other = {name for name in kept[0].keys() | kept[1].keys() if kept[0].get(name) != kept[1].get(name)}
    for row in (*changed, *(row for name in other if (row := frame.index.visit.get(name)) is not None)):
        known[row] = None
    return known


def _takes_parts(call: Call) -> bool:
    return bool(call.parts or call.parts_cases)


def _gives_same(one: Holdings, other: Holdings) -> bool:
    """Tell whether vans could hold as much of every part, as far as that decides about ways."""
    if one is other:
        return True
    return all(
        min(one.in_a_van(part), MAX_APART) == min(other.in_a_van(part), MAX_APART) for part in one.parts | other.parts
    )


def _are_same_ways(one: Ways, other: Ways, calls: Sequence[int]) -> bool:
    """Tell whether the calls that have changed have none but the first way, neither before nor now."""
    return len(one.rows) == len(other.rows) and all(len(other.by_call[row]) == 1 for row in calls)


def _keeps_rows(ways: Ways, later_row: Ints) -> bool:
    """Tell whether no call with several ways has another number."""
    return all(later_row[visit] == visit for visit, _ in ways.rows)


def _with_names(frame: Frame, rows: Sequence[int]) -> Index:
    """Return the index with the skills, tools and parts that calls in some rows are the first to need."""
    calls, ways = [frame.problem.calls[row] for row in rows], Ways(tuple(frame.ways.by_call[row] for row in rows))
    named = {
        "skill": [name for call in calls for name in call.skills],
        "tool": [name for call in calls for name in call.tools],
        "part": [*(name for call in calls for name in call.parts), *ways.parts],
    }
    longer: dict[str, Any] = {}
    for kind, names in named.items():
        known = getattr(frame.index, kind)
        if not set(names) <= known.keys():
            longer[kind] = numbered([*known, *names])
    return replace(frame.index, **longer) if longer else frame.index


def _moves_places(
    earlier: Frame, problem: ProblemDocument, calls: Sequence[int], crew: Sequence[int], later_row: Ints
) -> bool:
    """Tell whether what has changed could say otherwise where a place is that something knows by its id alone."""
    was = earlier.problem
    gone = [was.calls[row] for row in np.flatnonzero(later_row == NONE).tolist()]
    now = [problem.calls[row] for row in calls]
    before = [was.calls[earlier.index.visit[call.id]] for call in now if call.id in earlier.index.visit]
    places = [call.place for call in (*gone, *before, *now)]
    for document in (was, problem):
        places += [place for row in crew for place in places_of(document.capacities[row])]
    stated = {place.id for place in places if place.has_coordinates}
    return not stated.isdisjoint(earlier.places.numbers.known_by_id)


def places_of(capacity: Capacity) -> Iterator[Place]:
    """Yield the places of a technician or provider."""
    if capacity.home is not None:
        yield capacity.home
    for shift in capacity.shifts:
        resume = None if shift.facts is None or shift.facts.resume is None else shift.facts.resume.place
        yield from (place for place in (shift.start_place, shift.end_place, resume) if place is not None)
