"""Reserves: technicians who are free in an interval can take a call that is not known yet; what is missing is priced.

Free is who is on shift within the regular hours and neither drives nor works nor has a break: before the departure,
while waiting at a place, after the end of the route. A drive begins as soon as the stop before is over, but for breaks.
``solver.search.free_time`` measures the same on a route of the search.
"""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np

from solver.jit import shared
from solver.rules.facts import head

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from solver.problem import Ints, Problem
    from solver.solution import BreakTaken, Route

    Span = tuple[int, int]


@shared
def overlap_s(begin_s: int, end_s: int, from_s: int, until_s: int) -> int:
    """Return the seconds that two intervals share."""
    return max(0, min(end_s, until_s) - max(begin_s, from_s))


def free_s(problem: Problem, routes: Mapping[int, Route]) -> Ints:
    """Return for each reserve and shift (n_reserves, n_shifts) how long it is free for it; ``routes`` are by shift."""
    free = np.zeros((len(problem.reserves), problem.n_shifts), np.int64)
    for s in range(problem.n_shifts):
        free[:, s] = free_on(problem, s, routes.get(s))
    return free


def free_on(problem: Problem, shift: int, route: Route | None) -> Ints:
    """Return for how long a shift is free for each reserve (n_reserves,), with its route or without any."""
    reserves = problem.reserves
    free, counts = np.zeros(len(reserves), np.int64), reserves.counts[:, problem.shifts.technician[shift]]
    if counts.any():
        for begin_s, end_s in free_spans(problem, shift, route):
            shared = np.minimum(reserves.until_s, end_s) - np.maximum(reserves.from_s, begin_s)
            free += np.where(counts, np.maximum(0, shared), 0)
    return free


def missing_ticks(problem: Problem, kept_s: Ints) -> int:
    """Return the price of what is missing where ``kept_s`` (n_reserves,) is kept free of each reserve."""
    return int((problem.reserves.ticks_per_s * np.maximum(0, problem.reserves.wanted_s - kept_s)).sum())


def reserve_ticks(problem: Problem, routes: Mapping[int, Route]) -> int:
    """Return the price of what is missing of all reserves."""
    return missing_ticks(problem, free_s(problem, routes).sum(axis=1)) if len(problem.reserves) else 0


def free_spans(problem: Problem, shift: int, route: Route | None) -> Iterator[Span]:
    """Yield when a shift is free within its regular hours: all the time that is left where it has no route."""
    begin_s, end_s = head(problem, shift).time_s, int(problem.shifts.regular_end_s[shift])
    idle = [(begin_s, end_s)] if route is None else _idle_spans(problem, route, begin_s, end_s)
    return ((max(a, begin_s), min(b, end_s)) for a, b in idle if max(a, begin_s) < min(b, end_s))


def _idle_spans(problem: Problem, route: Route, begin_s: int, end_s: int) -> Iterable[Span]:
    """Yield when nothing is done before the route, on it and after it."""
    at_head = head(problem, route.shift)
    n_facts = at_head.visits
    early = [] if at_head.is_departed else [each for each in route.breaks if each.end_s <= route.departure_s]
    late = route.breaks[len(early) :]
    spans = [] if at_head.is_departed else [_gap_spans(early, begin_s, 0, route.departure_s)]
    clock_s = begin_s if at_head.is_departed else route.departure_s
    for position, stop in enumerate(route.stops[n_facts:], n_facts):
        taken = [each for each in late if each.before == position]
        spans.append(_gap_spans(taken, clock_s, stop.travel_s, stop.start_s))
        clock_s = stop.end_s
    taken = [each for each in late if each.before == len(route.stops)]
    return chain(*spans, _gap_spans(taken, clock_s, route.return_travel_s, max(end_s, route.end_s)))


def _gap_spans(breaks: Iterable[BreakTaken], begin_s: int, drive_s: int, end_s: int) -> Iterator[Span]:
    """Yield when a gap is neither driven through nor spent on a break: the drive comes first."""
    clock_s = begin_s
    for taken in breaks:
        driven_s = min(drive_s, taken.start_s - clock_s)
        drive_s -= driven_s
        yield clock_s + driven_s, taken.start_s
        clock_s = taken.end_s
    yield clock_s + drive_s, end_s
