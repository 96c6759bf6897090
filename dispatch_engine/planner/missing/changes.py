"""The smallest changes with which a call fits and pays, one of each kind, each proven by forcing the call in with it.

Found by bisection over whole pieces and steps of time, so that one step less does not do.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.planner.missing.bisection import first_that
from dispatch_engine.planner.missing.documents import leaves_the_rest
from dispatch_engine.planner.missing.hours import longer_hours
from solver.problem import NONE
from solver.relaxing import Change, Means
from solver.supply import MEASURES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.missing_parts import ChangeKind
    from dispatch_engine.planner.missing.want import Want
    from solver.forcing import Forced

TRIED_VANS = 8
TRIED_LOCATIONS = 6
TRIED_SHIFTS = 12
"""So many are tried for a change: the cheapest technicians, the first locations of the document."""
STEP_S = 300
LONGEST_S = 4 * 3600
"""Shifts are tried longer by up to so much, in these steps."""
SLOTS, UNITS = 2, 1000
"""The measure that is counted in whole slots, and how many of the solver's units a slot is."""


class Found(NamedTuple):
    """A change of some kind and the plan with the call then. ``asks`` orders those of a kind: less is smaller."""

    kind: ChangeKind
    asks: tuple[int, ...]
    change: Change
    forced: Forced


def changes_of(want: Want) -> Iterator[Found]:
    """Yield the smallest change of each kind that does, kind by kind."""
    for tried in (_vans(want), _deliveries(want), _openings(want), _rooms(want), _overtimes(want)):
        found = min(tried, key=lambda each: (each.asks, each.forced.added_ticks), default=None)
        if found is not None:
            yield found


def _vans(want: Want) -> Iterator[Found]:
    """Yield what a van lacks, where it has the room: the fewest pieces, of equals with the cheapest technician."""
    lacking = {technician: want.lacking(technician) for technician in want.technicians}
    could = [t for t in lacking if lacking[t] and _has_room(want, t)]
    for technician in sorted(could, key=lambda t: sum(lacking[t].values()))[:TRIED_VANS]:
        change = Change(vans=tuple((technician, part, n) for part, n in lacking[technician].items()))
        forced = want.pays(_out_of_the_van(want, technician), change)
        if forced is not None and leaves_the_rest(want, change):
            yield Found("van_stock", (sum(lacking[technician].values()),), change, forced)
            return


def _out_of_the_van(want: Want, technician: int) -> Means:
    return Means(
        shifts=want.shifts([technician]),
        ways=(want.visit,),
        locations=(),
        restocks=False,
        nights=False,
        meetings=(),
        wanted=tuple(want.needed),
    )


def _has_room(want: Want, technician: int) -> bool:
    """Tell whether a van has room for what it lacks on top of all that it holds at the beginning."""
    stock = want.translation.solver_problem.stock
    held, room = stock.van_held[technician].copy(), stock.van_room[technician]
    for part, pieces in want.lacking(technician).items():
        held += pieces * stock.part_size[part]
    return bool(((room == NONE) | (held <= room)).all())


def _fetching(want: Want) -> Iterator[tuple[int, Means]]:
    """Yield the locations at which somebody may restock who lacks something, with what uses nothing else."""
    stock = want.translation.solver_problem.stock
    for location in range(len(stock))[:TRIED_LOCATIONS]:
        crew = [t for t in want.technicians if stock.may_restock[t, location] and want.lacking(t)]
        if crew:
            means = _out_of_the_van(want, crew[0])
            yield location, replace(means, shifts=want.shifts(crew), locations=(location,), restocks=True)


def _deliveries(want: Want) -> Iterator[Found]:
    """Yield the fewest pieces that have to come to a location, and until when that is early enough."""
    for location, means in _fetching(want):
        crew = {want.technician(shift) for shift in means.shifts or ()}
        nearest = min((want.lacking(t) for t in want.technicians if t in crew), key=lambda each: sum(each.values()))
        more = {part: n - max(0, want.left_at(location, part)) for part, n in nearest.items()}
        for pieces in ({part: n for part, n in more.items() if n > 0}, nearest):
            found = _latest(want, location, means, pieces) if pieces else None
            if found is not None and leaves_the_rest(want, found.change):
                yield found
                break


def _latest(want: Want, location: int, means: Means, pieces: Mapping[int, int]) -> Found | None:
    def change(at_s: int) -> Change:
        return Change(supplies=tuple((location, part, at_s, n) for part, n in pieces.items()))

    moments = want.moments[::-1]
    at_s = first_that(lambda moment: want.pays(means, change(moment)) is not None, moments)
    forced = None if at_s is None else want.pays(means, change(at_s))
    if at_s is None or forced is None:
        return None
    return Found("delivery", (sum(pieces.values()), -at_s), change(at_s), forced)


def _openings(want: Want) -> Iterator[Found]:
    """Yield longer hours of locations."""
    for location, means in _fetching(want):
        if want.pays(means, Change()) is not None:
            continue
        for seconds, change in longer_hours(want, location, means):
            forced = want.pays(means, change)
            if forced is not None:
                yield Found("opening", (seconds,), change, forced)


def _rooms(want: Want) -> Iterator[Found]:
    """Yield more room in the van of one who could fetch what lacks."""
    for _, means in _fetching(want):
        if want.pays(means, Change()) is not None:
            continue
        for technician in dict.fromkeys(want.technician(shift) for shift in means.shifts or ()):
            own = replace(means, shifts=want.shifts([technician]))
            change = _least_room(want, technician, own)
            forced = None if change is None else want.pays(own, change)
            if change is not None and forced is not None:
                yield Found("room", (sum(size for _, _, size in change.room),), change, forced)
                break


def _least_room(want: Want, technician: int, means: Means) -> Change | None:
    """Return the room that is missing in each measure: no more than what lacks takes up."""
    stock, size = want.translation.solver_problem.stock, [0] * MEASURES
    for part, pieces in want.lacking(technician).items():
        for measure in range(MEASURES):
            size[measure] += pieces * int(stock.part_size[part, measure])
    limited = [m for m in range(MEASURES) if stock.van_room[technician, m] != NONE and size[m]]
    more = {measure: size[measure] for measure in limited}

    def change() -> Change:
        return Change(room=tuple((technician, measure, more[measure]) for measure in more if more[measure]))

    if not limited or want.pays(means, change()) is None:
        return None
    for measure in limited:

        def does(room: int, measure: int = measure) -> bool:
            more[measure] = room
            return want.pays(means, change()) is not None

        least = first_that(does, range(0, size[measure] + 1, UNITS if measure == SLOTS else 1))
        assert least is not None  # all of it does
        more[measure] = least
    return change() if any(more.values()) else None


def _overtimes(want: Want) -> Iterator[Found]:
    """Yield later ends of shifts, by whatever way the call gets its parts then."""
    bounds = want.translation.frame.bounds
    shifts = [s for s in want.forcing.able(want.visit) if not bounds[s].is_over]
    for shift in sorted(shifts, key=lambda s: want.in_hand_ticks.get(s, 1 << 60))[:TRIED_SHIFTS]:
        found = _overtime(want, shift)
        if found is not None:
            yield found


def _overtime(want: Want, shift: int) -> Found | None:
    def longer(seconds: int) -> Forced | None:
        return want.pays(Means(shifts=(shift,)), Change(ends=((shift, seconds),)))

    seconds = first_that(lambda each: longer(each) is not None, range(STEP_S, LONGEST_S + 1, STEP_S))
    forced = None if seconds is None else longer(seconds)
    if seconds is None or forced is None:
        return None
    return Found("overtime", (seconds,), Change(ends=((shift, seconds),)), forced)
