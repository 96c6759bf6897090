"""Facts: what has happened or is happening is the head of a route, never infeasible; only the rest is decided."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.problem import NONE, UNREACHABLE

if TYPE_CHECKING:
    from solver.problem import Ints, Problem


class Head(NamedTuple):
    """Where and how the rest of a route begins: one value a shift (shape (n_shifts,) when stacked).

    ``departure_s`` equals the shift's start where it has not departed yet; ``unpaid_s`` are the unpaid breaks behind.
    """

    place: int
    time_s: int
    departure_s: int
    is_departed: int
    breaks_behind: int
    unpaid_s: int
    visits: int
    driving_s: int
    distance_m: int
    workload_s: int
    cost_ticks: int


def leg(problem: Problem, s: int, origin: int, destination: int) -> tuple[int, int]:
    """Return seconds and metres of shift ``s`` from one place to another (as ``rules.travel`` in the kernels)."""
    profile = problem.shifts.profile[s]
    seconds = int(problem.travel.duration_s[profile, origin, destination])
    if seconds < UNREACHABLE:
        seconds = (seconds * int(problem.shifts.travel_permille[s]) + 500) // 1000
    return seconds, int(problem.travel.distance_m[profile, origin, destination])


def _legs(problem: Problem, s: int, places: list[int]) -> tuple[int, int]:
    legs = [leg(problem, s, a, b) for a, b in pairwise(places)]
    return sum(seconds for seconds, _ in legs), sum(metres for _, metres in legs)


def _late_ticks(problem: Problem, visit: int, start_s: int, end_s: int) -> int:
    visits = problem.visits
    total = int(visits.downtime_ticks_per_s[visit]) * max(0, end_s - int(visits.downtime_from_s[visit]))
    total += sum(rate * max(0, start_s - after) for after, rate in visits.response.row(visit))
    return total + sum(rate * max(0, end_s - after) for after, rate in visits.restore.row(visit))


def _breaks_behind(problem: Problem, s: int, time_s: int, *, is_departed: bool) -> int:
    latest = problem.shifts.break_latest_s.row(s)
    behind = int(problem.shifts.breaks_taken[s])
    while is_departed and behind < len(latest) and latest[behind] < time_s:
        behind += 1
    return behind


def _unpaid_s(problem: Problem, s: int) -> int:
    shifts = problem.shifts
    breaks = zip(shifts.break_duration_s.row(s), shifts.break_paid.row(s), strict=True)
    return sum(duration for duration, paid in list(breaks)[: int(shifts.breaks_taken[s])] if not paid)


def head(problem: Problem, s: int) -> Head:
    """Work out the head of shift ``s`` from its facts and its resume point."""
    shifts, visits = problem.shifts, problem.visits
    done = shifts.fact_visit.row(s)
    starts, ends = shifts.fact_start_s.row(s), shifts.fact_end_s.row(s)
    is_departed = bool(done) or shifts.resume_place[s] != NONE or shifts.departed_s[s] != NONE
    departure_s = int(shifts.departed_s[s] if is_departed else shifts.start_s[s])
    places = [int(shifts.start_place[s]), *(int(visits.place[v]) for v in done)]
    time_s = ends[-1] if ends else departure_s
    if shifts.resume_place[s] != NONE:
        places.append(int(shifts.resume_place[s]))
        time_s = int(shifts.resume_s[s])
    driving_s, distance_m = _legs(problem, s, places)
    return Head(
        place=places[-1],
        time_s=time_s,
        departure_s=departure_s,
        is_departed=int(is_departed),
        breaks_behind=_breaks_behind(problem, s, time_s, is_departed=is_departed),
        unpaid_s=_unpaid_s(problem, s),
        visits=len(done),
        driving_s=driving_s,
        distance_m=distance_m,
        workload_s=driving_s + sum(end - start for start, end in zip(starts, ends, strict=True)),
        cost_ticks=sum(_late_ticks(problem, v, a, b) for v, a, b in zip(done, starts, ends, strict=True)),
    )


def heads(problem: Problem) -> Ints:
    """Return the heads of all shifts, (n_shifts, fields of ``Head``)."""
    shifts = problem.shifts
    table = np.zeros((problem.n_shifts, len(Head._fields)), np.int64)
    table[:, 0] = shifts.start_place
    table[:, 1] = table[:, 2] = shifts.start_s
    begun = (shifts.departed_s != NONE) | (shifts.resume_place != NONE) | (np.diff(shifts.fact_visit.start) > 0)
    for s in np.flatnonzero(begun | (shifts.breaks_taken > 0)).tolist():
        table[s] = head(problem, s)
    return table
