"""The ways in which a call could get its parts, as the document has them: each with what it may use, or why it cannot.

Listed are vans that have enough left, providers, restocks and couriers from every location that has or will have a
piece, nights, meetings, and whatever can stand in for a part.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.planner.stand_ins import StandIn, StandIns
from dispatch_engine.planner.timeline import whole_s
from solver.problem import NONE
from solver.relaxing import Means

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.missing_parts import WayKind
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.planner.missing.want import Want
    from dispatch_engine.planner.ways import Way


@dataclass(frozen=True)
class Candidate:
    """A way by ids. ``means`` is what it may use; ``code`` says why it cannot be done where that is plain already."""

    kind: WayKind
    means: Means | None = None
    code: str | None = None
    technician: int | None = None
    location: int | None = None
    meeting: int | None = None
    substitutes: tuple[str, ...] = ()


def candidates_of(want: Want) -> list[Candidate]:
    """Return all ways of a call."""
    return [
        *_vans(want),
        *_nights(want),
        *_restocks(want),
        *_transfers(want),
        *_rows(want),
        *_without_row(want),
        *_providers(want),
    ]


def _stated(want: Want, **limits: object) -> Means:
    """Return what uses the parts as the call states them, and nothing beside the van unless ``limits`` say so."""
    base = {"ways": (want.visit,), "locations": (), "restocks": False, "nights": False, "meetings": ()}
    return Means(**{**base, "wanted": tuple(want.needed), **limits})  # type: ignore[arg-type]  # names of its fields


def _vans(want: Want) -> Iterator[Candidate]:
    """Yield the vans of the house that have it all left, or would have if it were not kept or used; the able first."""
    crew = sorted(range(len(want.translation.frame.problem.technicians)), key=lambda t: t not in want.technicians)
    for technician in crew:
        if not want.lacking(technician):
            yield Candidate("van", _stated(want, shifts=want.shifts([technician])), technician=technician)
    for technician in crew:
        code = _taken(want, technician) if want.lacking(technician) else None
        if code is not None:
            yield Candidate("van", code=code, technician=technician)


def _taken(want: Want, technician: int) -> str | None:
    """Return why a van that holds enough has too little left: what the plan uses, or what is kept; else None."""
    capacity, reservations = want.capacity(technician), want.translation.frame.reservations
    needed, free = want.pieces(want.needed), reservations.free[capacity.id]
    if all(free.get(part, 0) >= pieces for part, pieces in needed.items()):
        return "used_by_plan"
    return "reserved" if all(capacity.stock.get(part, 0) >= n for part, n in needed.items()) else None


def _lackers(want: Want) -> list[int]:
    return [technician for technician in want.technicians if want.lacking(technician)]


def _nights(want: Want) -> Iterator[Candidate]:
    nights = want.translation.solver_problem.shifts.overnight_location
    shifts = [s for s in want.shifts(_lackers(want)) if nights[s] != NONE]
    for location in sorted({int(nights[s]) for s in shifts}):
        here = [s for s in shifts if nights[s] == location]
        means = _stated(want, shifts=here, locations=(location,), nights=True)
        yield Candidate("overnight", means, location=location)


def _has_had(want: Want, location: int) -> bool:
    """Tell whether a location has or will have a piece of what some van lacks."""
    stock, holdings = want.translation.frame.problem.stock_locations[location], want.translation.frame.holdings
    return any(holdings.in_all(stock.id, name) for name in want.pieces(want.needed))


def _restocks(want: Want) -> Iterator[Candidate]:
    problem, may = want.translation.frame.problem, want.translation.solver_problem.stock.may_restock
    for location in range(len(problem.stock_locations)):
        if not _has_had(want, location):
            continue
        crew = [technician for technician in _lackers(want) if may[technician, location]]
        off = problem.policy.restocking != "allowed"
        code = "switched_off" if off else None if crew else "not_open_to_them"
        means = _stated(want, shifts=want.shifts(crew), locations=(location,), restocks=True)
        yield Candidate("restock", means, code, location=location)


def _transfers(want: Want) -> Iterator[Candidate]:
    problem, may = want.translation.frame.problem, want.translation.solver_problem.meetings.may_meet
    for meeting in range(len(problem.meetings)):
        crew = [technician for technician in _lackers(want) if may[technician, meeting]]
        yield Candidate(
            "transfer",
            _stated(want, shifts=want.shifts(crew), meetings=(meeting,)),
            _against_transfer(want, meeting, crew),
            meeting=meeting,
        )


def _against_transfer(want: Want, meeting: int, crew: list[int]) -> str | None:
    problem, may = want.translation.frame.problem, want.translation.solver_problem.meetings.may_meet
    if problem.policy.transfers != "allowed":
        return "switched_off"
    if not crew:
        return "not_open_to_them"
    left = want.forcing.standing.left.van
    gives = any(
        all(left[giver, part] >= pieces for part, pieces in want.lacking(taker).items())
        for taker in crew
        for giver in range(len(problem.capacities))
        if may[giver, meeting] and giver != taker
    )
    return None if gives else "nobody_gives"


def _rows(want: Want) -> Iterator[Candidate]:
    """Yield the ways that the search weighs besides the one as stated; those that differ in times alone are one."""
    frame = want.translation.frame
    grouped: dict[tuple[tuple[str, ...], tuple[str, ...]], list[int]] = {}
    first = frame.ways.first_row[want.visit]
    for number, way in enumerate(frame.ways.by_call[want.visit][1:]):
        grouped.setdefault((_senders(way), _substitutes(way)), []).append(first + number)
    for (senders, substitutes), rows in grouped.items():
        means = Means(ways=tuple(len(frame.problem.calls) + row for row in rows))
        kind: WayKind = "substitute" if not senders else "substitute_by_courier" if substitutes else "courier"
        location = frame.index.location[senders[0]] if len(senders) == 1 else None
        if senders or substitutes:
            yield Candidate(kind, means, location=location, substitutes=substitutes)


def _senders(way: Way) -> tuple[str, ...]:
    return tuple(parcel.location for parcel in way.parcels)


def _substitutes(way: Way) -> tuple[str, ...]:
    return tuple(dict.fromkeys(each.substitute for each in way.replaced))


def _without_row(want: Want) -> Iterator[Candidate]:
    """Yield couriers and stand-ins that the search does not weigh for this call."""
    ways = want.translation.frame.ways.by_call[want.visit]
    sending = {location for way in ways for location in _senders(way)}
    problem = want.translation.frame.problem
    for row, location in enumerate(problem.stock_locations):
        if _has_had(want, row) and location.id not in sending:
            yield Candidate("courier", code=_against_courier(want, row), location=row)
    used = {substitute for way in ways for substitute in _substitutes(way)}
    for name, (_, stand_in) in stand_ins_of(want).items():
        if name not in used:
            yield Candidate("substitute", code=_against_stand_in(want, stand_in), substitutes=(name,))


def stand_ins_of(want: Want) -> dict[str, tuple[str, StandIn]]:
    """Return for what part of the call each thing can stand in, by id, whatever the policy says."""
    relations = StandIns(_with_substitution(want.translation.frame.problem))
    found: dict[str, tuple[str, StandIn]] = {}
    for part in want.pieces(want.needed):
        for each in relations.of(want.call, part):
            if each.part != part:
                found.setdefault(each.part, (part, each))
    return found


def _with_substitution(problem: ProblemDocument) -> ProblemDocument:
    policy = problem.policy.model_copy(update={"substitution": "allowed"})
    return problem.model_copy(update={"policy": policy})


def _against_courier(want: Want, row: int) -> str:
    problem, holdings = want.translation.frame.problem, want.translation.frame.holdings
    location = problem.stock_locations[row]
    if problem.policy.couriers != "allowed":
        return "switched_off"
    if location.courier is None:
        return "no_courier"
    if not want.call.courier_allowed:
        return "courier_refused"
    had = {part: n for part, n in want.pieces(want.needed).items() if holdings.in_all(location.id, part)}
    if any(holdings.in_all(location.id, part) < pieces for part, pieces in had.items()):
        return "none_left"
    if _arrival_s(want, location, had) > _last_start_s(want):
        return "comes_too_late"
    return "not_weighed" if want.call.id in want.translation.frame.ways.cut else "rest_lacking"


def _arrival_s(want: Want, location: StockLocation, wanted: Mapping[str, int]) -> int:
    """Return when a parcel with wanted parts could be on the site at the earliest; the location gets them some time."""
    now_s, holdings = want.translation.frame.now_s, want.translation.frame.holdings
    arrivals = {max(now_s, at_s) for part in wanted for at_s in holdings.arrivals(location.id, part)}
    there = (t for t in arrivals if all(holdings.at(location.id, part, t) >= n for part, n in wanted.items()))
    assert location.courier is not None  # asked only of those that send
    return min(there) + whole_s(location.courier.lead_time)


def _last_start_s(want: Want) -> int:
    """Return when work on the call could begin at the latest, as far as windows and shifts go."""
    visits = want.translation.solver_problem.visits
    last_s = max((bounds.hard_end_s for bounds in want.translation.frame.bounds), default=0)
    if visits.pin_start_s[want.visit] != NONE:
        return int(visits.pin_start_s[want.visit])
    return min(last_s, max(visits.window_latest_s.row(want.visit), default=last_s))


def _against_stand_in(want: Want, stand_in: StandIn) -> str:
    problem, holdings = want.translation.frame.problem, want.translation.frame.holdings
    name, needed = stand_in.part, stand_in.needed(1)
    if problem.policy.substitution != "allowed":
        return "switched_off"
    if not holdings.in_a_van(name):
        anywhere = any(holdings.in_all(location.id, name) for location in problem.stock_locations)
        return "not_open_to_them" if anywhere else "nobody_has_it"
    if holdings.in_a_van(name) < needed:
        return "none_left"
    return "not_weighed" if want.call.id in want.translation.frame.ways.cut else "rest_lacking"


def _providers(want: Want) -> Iterator[Candidate]:
    own, crew = len(want.translation.frame.problem.technicians), want.translation.frame.problem.capacities
    for technician in range(own, len(crew)):
        yield Candidate("provider", Means(shifts=want.shifts([technician])), technician=technician)
