"""What is said of each reason: the thing, the value that was found, and figures for machines.

The way out is the catalogue's (``dispatch_engine.catalogue.reason_entries``).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple, TypeAlias

from dispatch_engine.planner.money import amount
from dispatch_engine.planner.timeline import whole_s
from solver.problem import NONE
from solver.reasons import Reason

if TYPE_CHECKING:
    from dispatch_engine.planner.case import Case

Detail: TypeAlias = dict[str, str | int | float | bool | None]
MINUTE_S = 60


class Said(NamedTuple):
    """A sentence without its full stop, and the figures in it."""

    text: str
    detail: Detail


def said_of(reason: Reason, case: Case) -> Said:
    """Say why the call does not go on the shifts of the case."""
    return TEXTS[reason](case)


def _skill(case: Case) -> Said:
    crew = case.technicians
    lacking = {
        name: level for name, level in case.call.skills.items() if any(c.skills.get(name, 0) < level for c in crew)
    }
    skill, needed = max(lacking.items(), key=lambda item: sum(c.skills.get(item[0], 0) < item[1] for c in crew))
    without = [capacity for capacity in crew if capacity.skills.get(skill, 0) < needed]
    best = max(without, key=lambda capacity: capacity.skills.get(skill, 0))
    level = best.skills.get(skill, 0)
    if not level:
        have = f"{case.who} does not have it" if len(crew) == 1 else f"none of {case.who} has it"
    else:
        have = f"{best.id} has level {level}" + ("" if len(crew) == 1 else f", the best of {case.who}")
    return Said(f"needs skill {skill} at level {needed}; {have}", {"skill": skill, "needed": needed, "best": level})


def _tool(case: Case) -> Said:
    missing = [name for name in case.call.tools if any(name not in capacity.tools for capacity in case.technicians)]
    return Said(
        f"needs tool {', '.join(missing)}, which {case.who} {case.verb('lacks', 'lack')}", {"tools": ", ".join(missing)}
    )


def _technician(case: Case) -> Said:
    required = ", ".join(case.call.required_technicians)
    if required:
        return Said(f"only {required} may be sent, not {case.who}", {"required": required})
    return Said(f"{case.who} may not be sent", {"excluded": ", ".join(case.call.excluded_technicians)})


def _territory(case: Case) -> Said:
    row = int(case.translation.solver_problem.visits.territory[case.visit])
    territory = case.frame.problem.territories[row].id
    return Said(
        f"territory {territory} requires its own technicians; {case.who} {case.verb('is', 'are')} not at home there",
        {"territory": territory},
    )


def _window(case: Case) -> Said:
    """Name the windows and who could be there first."""
    call, first = case.call, case.first_to_arrive
    windows = [f"between {case.moment(w.start)} and {case.moment(w.end)}" for w in call.windows]
    if call.pin is not None and call.pin.start is not None:
        windows = [f"at {case.moment(call.pin.start)}, as it is pinned"]
    begin = " or ".join(windows) if windows else f"after {case.clock(_release_s(case))}"
    arrival = case.clock(case.arrival_s(first))
    text = f"work has to begin {begin}; {case.shift(first)[0].id} could be there at {arrival}"
    return Said(text, {"earliest_arrival": case.frame.timeline.moment(case.arrival_s(first)).isoformat()})


def _release_s(case: Case) -> int:
    return int(case.translation.solver_problem.visits.release_s[case.visit])


def _release(case: Case) -> Said:
    return Said(f"is released at {case.clock(_release_s(case))} only, too late for {case.who}", {})


def _shift(case: Case) -> Said:
    """Name the shift that would be back first, and what it is short of."""
    over = [row for row in case.shifts if case.frame.bounds[row].is_over]
    if len(over) == len(case.shifts):
        ended = case.clock(max(case.frame.bounds[row].hard_end_s for row in over))
        return Said(f"the shift of {case.who} was over at {ended}", {})
    row = min((r for r in case.shifts if r not in over), key=lambda r: _back_s(case, r) - _hard_end_s(case, r))
    minutes = -(-max(0, _back_s(case, row) - _hard_end_s(case, row)) // MINUTE_S)
    who, end = case.shift(row)[0].id, case.clock(_hard_end_s(case, row))
    if not minutes:
        return Said(f"with its breaks the shift of {who} would not end by {end}", {})
    text = f"{who} could end at {case.clock(_back_s(case, row))} at the earliest, {minutes} minutes after {end}"
    return Said(f"{text}, the end of the shift with its overtime", {"minutes_short": minutes})


def _hard_end_s(case: Case, row: int) -> int:
    return case.frame.bounds[row].hard_end_s


def _back_s(case: Case, row: int) -> int:
    """Return when a shift could end that does this call alone, breaks aside."""
    problem = case.translation.solver_problem
    technician, place = int(problem.shifts.technician[row]), int(problem.visits.place[case.visit])
    ready_s = max(case.arrival_s(row), int(problem.visits.release_s[case.visit]))
    windows = problem.visits.window_earliest_s.row(case.visit), problem.visits.window_latest_s.row(case.visit)
    starts = [max(ready_s, first) for first, last in zip(*windows, strict=True) if last >= ready_s]
    done_s = min(starts, default=ready_s) + int(problem.visits.service_s[case.visit, technician])
    end = int(problem.shifts.end_place[row])
    return done_s if end == NONE else done_s + _leg_s(case, row, place, end)


def _leg_s(case: Case, row: int, origin: int, destination: int) -> int:
    from solver.rules.facts import leg

    return leg(case.translation.solver_problem, row, origin, destination)[0]


def _break(case: Case) -> Said:
    windows = {
        f"{case.moment(rest.earliest)} to {case.moment(rest.latest)}"
        for row in case.shifts
        for rest in case.shift(row)[1].breaks
    }
    return Said(f"a break of {case.who} could not begin in its window ({', '.join(sorted(windows))})", {})


def _max_visits(case: Case) -> Said:
    limits = [shift.max_visits for _, shift in map(case.shift, case.shifts) if shift.max_visits is not None]
    most = max(limits, default=0)
    return Said(f"the shift of {case.who} has a limit of {most} visits", {"max_visits": most})


def _max_driving(case: Case) -> Said:
    limits = [whole_s(shift.max_driving) for _, shift in map(case.shift, case.shifts) if shift.max_driving is not None]
    most = max(limits, default=0) // MINUTE_S
    return Said(f"the shift of {case.who} has a limit of {most} minutes of driving", {"max_driving_minutes": most})


def _max_distance(case: Case) -> Said:
    limits = [s.max_distance_km for _, s in map(case.shift, case.shifts) if s.max_distance_km is not None]
    most = float(max(limits, default=0))
    return Said(f"the shift of {case.who} has a limit of {most:g} km", {"max_distance_km": most})


def _max_duration(case: Case) -> Said:
    limits = [whole_s(s.max_duration) for _, s in map(case.shift, case.shifts) if s.max_duration is not None]
    most = max(limits, default=0) // MINUTE_S
    text = f"the route of {case.who} may last {most} minutes from departure to its end"
    return Said(text, {"max_duration_minutes": most})


def _part(case: Case) -> Said:
    nearest = min(case.tries, key=lambda each: each.shortfall)
    assert nearest.short is not None  # every shortage is one of a part
    assert nearest.shift is not None  # on a van
    part = list(case.frame.index.part)[nearest.short]
    needed, short = case.call.parts[part], nearest.shortfall
    van = case.shift(nearest.shift)[0].id
    rest = "" if len(case.technicians) == 1 else f", the best of {case.who}"
    return Said(
        f"needs {needed} × part {part}; the van of {van} is {short} short beside what is planned{rest}",
        {"part": part, "needed": needed, "short": short},
    )


def _pin(case: Case) -> Said:
    """Tell what the pin asks of a shift that cannot give it, else whom it rules out."""
    pin = case.call.pin
    assert pin is not None  # only a pinned call fails by its pin
    to = pin.technician + ("" if pin.shift is None else f", shift {pin.shift}")
    rank = "" if pin.rank is None else f", rank {pin.rank}"
    start = "" if pin.start is None else f", start at {case.moment(pin.start)}"
    pinned = [row for row in case.shifts if _is_pinned_to(case, row)]
    if not pinned:
        return Said(f"is pinned to {to}{rank}{start}, which rules out {case.who}", {"technician": pin.technician})
    arrival = case.clock(min(map(case.arrival_s, pinned)))
    text = f"cannot be served as it is pinned ({to}{rank}{start}); {pin.technician} could be there at {arrival}"
    return Said(text, {"technician": pin.technician})


def _is_pinned_to(case: Case, row: int) -> bool:
    pin, (capacity, shift) = case.call.pin, case.shift(row)
    return pin is not None and pin.technician == capacity.id and pin.shift in (None, shift.id)


def _unreachable(case: Case) -> Said:
    warned = [each for each in case.translation.times.warnings if each.call == case.call.id]
    if warned:
        return Said(warned[0].message.split(". Maybe")[0], dict(warned[0].detail))
    return Said(f"{case.who} {case.verb('has', 'have')} no way to its place or back", {})


def _no_technicians(case: Case) -> Said:
    return Said("no technician and no provider has a shift", {})


def _capacity(case: Case) -> Said:
    return Said(f"fits on an empty route of {case.who}, but not beside what is planned there", {})


def _price(case: Case) -> Said:
    nearest = min(case.tries, key=lambda each: each.shortfall)
    dearer, currency = amount(nearest.shortfall), case.frame.problem.currency
    who = case.who if nearest.shift is None else case.shift(nearest.shift)[0].id
    text = f"sending {who} would cost {dearer:,.2f} {currency} more than leaving it out"
    return Said(text, {"dearer": float(dearer)})


def _reserve(case: Case) -> Said:
    said = _price(case)
    return said._replace(text=f"{said.text}, for the time that is to be kept free")


def _limit_reached(case: Case) -> Said:
    return Said(f"fits on the route of {case.who} at a gain, but the search ended before it was put there", {})


TEXTS: dict[Reason, Callable[[Case], Said]] = {
    Reason.SKILL: _skill,
    Reason.TOOL: _tool,
    Reason.TECHNICIAN: _technician,
    Reason.TERRITORY: _territory,
    Reason.WINDOW: _window,
    Reason.RELEASE: _release,
    Reason.SHIFT: _shift,
    Reason.BREAK: _break,
    Reason.MAX_VISITS: _max_visits,
    Reason.MAX_DRIVING: _max_driving,
    Reason.MAX_DISTANCE: _max_distance,
    Reason.MAX_DURATION: _max_duration,
    Reason.PART: _part,
    Reason.PIN: _pin,
    Reason.UNREACHABLE: _unreachable,
    Reason.NO_TECHNICIANS: _no_technicians,
    Reason.CAPACITY: _capacity,
    Reason.PRICE: _price,
    Reason.RESERVE: _reserve,
    Reason.LIMIT_REACHED: _limit_reached,
}
