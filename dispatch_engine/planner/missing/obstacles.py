"""Why a way to get parts cannot be had, proven by taking the obstacle away."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.planner.unplanned import NEAREST_FIRST, reason_as_read
from solver.problem import NONE
from solver.reasons import Reason
from solver.relaxing import Change
from solver.supply import MEASURES
from solver.validation.ranges import MAX_SIZE, MAX_TIME_S

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from dispatch_engine.planner.missing.candidates import Candidate
    from dispatch_engine.planner.missing.want import Want

OF_THE_ROUTE = (Reason.NONE, Reason.PRICE, Reason.RESERVE, Reason.LIMIT_REACHED)
"""Reasons that a shift has where the call fits by some other way."""


def obstacle(want: Want, candidate: Candidate) -> str:
    """Return the code of what is in the way of a candidate that cannot be forced."""
    return _OBSTACLES[candidate.kind](want, candidate)


def _of_technician(want: Want, candidate: Candidate) -> str:
    """Return what rules a technician out, of all shifts the nearest miss."""
    assert candidate.technician is not None  # vans and providers are somebody's
    reasons = {reason_as_read(want.translation, each) for each in want.why if each.technician == candidate.technician}
    found = sorted(reasons - set(OF_THE_ROUTE), key=NEAREST_FIRST.index)
    return found[0].code if found else "no_time"


def _of_restock(want: Want, candidate: Candidate) -> str:
    assert candidate.means is not None  # what has none has a code
    assert candidate.location is not None
    lackings = [want.lacking(want.technician(shift)) for shift in candidate.means.shifts or ()]
    if not any(_has_left(want, candidate.location, lacking) for lacking in lackings):
        return _too_little(want, candidate.location, lackings)
    return _in_the_way(want, candidate, [candidate.location], _most(lackings))


def _too_little(want: Want, location: int, lackings: Iterable[Mapping[int, int]]) -> str:
    """Return whether a location has too little left of what it has, or is without something else that lacks."""
    frame = want.translation.frame
    name = frame.problem.stock_locations[location].id
    had = [
        {part: pieces for part, pieces in lacking.items() if frame.holdings.in_all(name, want.part_names[part])}
        for lacking in lackings
    ]
    return "rest_lacking" if any(each and _has_left(want, location, each) for each in had) else "none_left"


def _has_left(want: Want, location: int, lacking: Mapping[int, int]) -> bool:
    return all(want.left_at(location, part) >= pieces for part, pieces in lacking.items())


def _most(lackings: Iterable[Mapping[int, int]]) -> dict[int, int]:
    """Return the most pieces of each part that one lacks."""
    most: dict[int, int] = {}
    for lacking in lackings:
        for part, pieces in lacking.items():
            most[part] = max(pieces, most.get(part, 0))
    return most


def _in_the_way(want: Want, candidate: Candidate, locations: list[int], pieces: Mapping[int, int]) -> str:
    """Take one obstacle away after the other, then all."""
    first_s = want.moments[0]
    prompt = Change(supplies=tuple((x, part, first_s, n) for x in locations for part, n in pieces.items()))
    opened = Change(openings=tuple((location, 0, 0, MAX_TIME_S) for location in locations))
    roomy = Change(room=_room_of_all(want))
    everything = Change(supplies=prompt.supplies, openings=opened.openings, room=roomy.room)
    assert candidate.means is not None
    for code, change in (
        ("comes_too_late", prompt),
        ("location_closed", opened),
        ("no_room", roomy),
        ("several_obstacles", everything),
    ):
        if want.force(candidate.means, change) is not None:
            return code
    return "no_time"


def _room_of_all(want: Want) -> tuple[tuple[int, int, int], ...]:
    room = want.translation.solver_problem.stock.van_room
    return tuple((t, m, MAX_SIZE) for t in range(len(room)) for m in range(MEASURES) if room[t, m] != NONE)


def _of_night(want: Want, candidate: Candidate) -> str:
    assert candidate.means is not None
    shifts = want.translation.solver_problem.shifts
    lackings = {s: want.lacking(want.technician(s)) for s in candidate.means.shifts or ()}
    limits = shifts.overnight_limit
    within = {
        s: lacking
        for s, lacking in lackings.items()
        if all(limits[s, part] == NONE or limits[s, part] >= want.needed[part] for part in lacking)
    }
    if not within:
        return "beyond_loadout"
    assert candidate.location is not None
    if not any(_has_left(want, candidate.location, lacking) for lacking in within.values()):
        return _too_little(want, candidate.location, list(within.values()))
    return _in_the_way(want, candidate, [candidate.location], _most(within.values()))


def _of_row(want: Want, candidate: Candidate) -> str:
    """Return what is in the way of one that is weighed: no pieces, a late parcel, or what keeps from fetching."""
    assert candidate.means is not None
    rows = [way - len(want.translation.frame.problem.calls) for way in candidate.means.ways or ()]
    if not any(_parcels_are_left(want, row) for row in rows):
        return "none_left"
    if want.force(candidate.means, Change(prompt=tuple(candidate.means.ways or ()))) is not None:
        return "comes_too_late"
    used = _most(want.used_by_row(row) for row in rows)
    if not used:
        return "no_time"
    everywhere = list(range(len(want.translation.frame.problem.stock_locations)))
    if not _anybody_has(want, used, open_to_them=False):
        return "none_left" if candidate.kind == "substitute" else "rest_lacking"
    if not _anybody_has(want, used, open_to_them=True):
        return "not_open_to_them"
    return _in_the_way(want, candidate, everywhere, used) if everywhere else "no_time"


def _anybody_has(want: Want, used: Mapping[int, int], *, open_to_them: bool) -> bool:
    """Tell whether anybody who could go has the pieces left over, with all that locations (open to them) have."""
    stock, vans = want.translation.solver_problem.stock, want.forcing.standing.left.van
    nights = want.translation.solver_problem.shifts.overnight_location
    for technician in want.technicians:
        by_night = {int(nights[shift]) for shift in want.shifts([technician])}
        places = [x for x in range(len(stock)) if not open_to_them or stock.may_restock[technician, x] or x in by_night]
        if all(
            vans[technician, part] + sum(want.left_at(x, part) for x in places) >= pieces
            for part, pieces in used.items()
        ):
            return True
    return False


def _parcels_are_left(want: Want, row: int) -> bool:
    sourcings = want.translation.solver_problem.sourcings
    for parcel in (sourcings.parcel_sourcing == row).nonzero()[0]:
        location, pieces = int(sourcings.parcel_location[parcel]), sourcings.parcel_parts[parcel]
        if any(want.left_at(location, int(part)) < pieces[part] for part in pieces.nonzero()[0]):
            return False
    return True


def _of_transfer(want: Want, candidate: Candidate) -> str:
    return "no_time"


_OBSTACLES = {
    "van": _of_technician,
    "provider": _of_technician,
    "restock": _of_restock,
    "overnight": _of_night,
    "courier": _of_row,
    "substitute": _of_row,
    "substitute_by_courier": _of_row,
    "transfer": _of_transfer,
}
