"""What is fixed of a shift's route before anything is decided, and its legs."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from solver.problem import NONE, UNREACHABLE
from solver.solution import Stop

if TYPE_CHECKING:
    from solver.problem import Problem


class Leg(NamedTuple):
    """A way of one shift; ``is_open`` tells whether there is one."""

    travel_s: int
    distance_m: int
    is_open: bool


def leg(problem: Problem, shift: int, origin: int, destination: int) -> Leg:
    """Return the leg between two places; the leg to an open end (NONE) is nothing."""
    if destination == NONE:
        return Leg(0, 0, True)
    profile = problem.shifts.profile[shift]
    duration_s = int(problem.travel.duration_s[profile, origin, destination])
    distance_m = int(problem.travel.distance_m[profile, origin, destination])
    is_open = duration_s < UNREACHABLE
    scaled_s = (duration_s * int(problem.shifts.travel_permille[shift]) + 500) // 1000
    return Leg(scaled_s if is_open else duration_s, distance_m, is_open)


@dataclass(frozen=True)
class Break:
    """A break that is not behind; ``index`` in the shift's list."""

    index: int
    earliest_s: int
    latest_s: int
    duration_s: int
    paid: bool


@dataclass(frozen=True)
class Head:
    """Where and when the rest of a route begins, and what its fixed beginning amounts to.

    ``begin_s`` is None where the technician has not departed: the departure is decided. ``unpaid_s`` are the unpaid
    breaks behind, ``back`` the leg from here to the end place, ``breaks`` those still ahead.
    """

    shift: int
    facts: tuple[Stop, ...]
    place: int
    begin_s: int | None
    departed_s: int | None
    driving_s: int
    distance_m: int
    unpaid_s: int
    back: Leg
    breaks: tuple[Break, ...]

    @property
    def workload_s(self) -> int:
        """Driving and service so far."""
        return self.driving_s + sum(fact.end_s - fact.start_s for fact in self.facts)


def head_of(problem: Problem, shift: int) -> Head:
    """Work out the head of a shift from its facts, its recorded departure and its resume point."""
    shifts = problem.shifts
    facts = _facts(problem, shift)
    resumes = int(shifts.resume_place[shift]) != NONE
    departed_s = int(shifts.departed_s[shift])
    begin_s = int(shifts.resume_s[shift]) if resumes else facts[-1].end_s if facts else departed_s
    places = [int(shifts.start_place[shift]), *(int(problem.visits.place[fact.visit]) for fact in facts)]
    places += [int(shifts.resume_place[shift])] * resumes
    legs = [leg(problem, shift, a, b) for a, b in pairwise(places)]
    breaks = _breaks(problem, shift)
    n_taken = int(shifts.breaks_taken[shift])
    return Head(
        shift=shift,
        facts=facts,
        place=places[-1],
        begin_s=None if departed_s == NONE else begin_s,
        departed_s=None if departed_s == NONE else departed_s,
        driving_s=sum(way.travel_s for way in legs),
        distance_m=sum(way.distance_m for way in legs),
        unpaid_s=sum(b.duration_s for b in breaks[:n_taken] if not b.paid),
        back=leg(problem, shift, places[-1], int(shifts.end_place[shift])),
        breaks=tuple(b for b in breaks[n_taken:] if departed_s == NONE or b.latest_s >= begin_s),
    )


def _facts(problem: Problem, shift: int) -> tuple[Stop, ...]:
    shifts = problem.shifts
    rows = (shifts.fact_visit.row(shift), shifts.fact_start_s.row(shift), shifts.fact_end_s.row(shift))
    place, clock_s = int(shifts.start_place[shift]), int(shifts.departed_s[shift])
    stops = []
    for visit, start_s, end_s in zip(*rows, strict=True):
        way = leg(problem, shift, place, int(problem.visits.place[visit]))
        arrival_s = min(start_s, clock_s + way.travel_s)
        stops.append(Stop(visit, arrival_s, start_s, end_s, way.travel_s, way.distance_m, is_fact=True))
        place, clock_s = int(problem.visits.place[visit]), end_s
    return tuple(stops)


def _breaks(problem: Problem, shift: int) -> list[Break]:
    shifts = problem.shifts
    columns = (shifts.break_earliest_s, shifts.break_latest_s, shifts.break_duration_s, shifts.break_paid)
    rows = enumerate(zip(*(column.row(shift) for column in columns), strict=True))
    return [Break(index, earliest, latest, duration, bool(paid)) for index, (earliest, latest, duration, paid) in rows]
