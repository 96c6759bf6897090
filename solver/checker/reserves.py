"""Reserves: when a route leaves its technician free, and the price of what all shifts together are free too little."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.problem import Problem

    Span = tuple[int, int]


def free_spans(reading: RouteReading) -> tuple[Span, ...]:
    """Return what is left of the regular hours from the beginning of what is decided on; nothing without reserves."""
    if not len(reading.problem.reserves):
        return ()
    begin_s = reading.resume_s if reading.has_begun else int(reading.problem.shifts.start_s[reading.shift])
    return tuple(_left_of(begin_s, int(reading.problem.shifts.regular_end_s[reading.shift]), sorted(_busy(reading))))


def reserve_ticks(problem: Problem, records: Sequence[RouteRecord]) -> int:
    """Return the price of all seconds that are missing."""
    reserves, spans, cost = problem.reserves, _spans_by_shift(problem, records), 0
    for k in range(len(reserves)):
        from_s, until_s = int(reserves.from_s[k]), int(reserves.until_s[k])
        counting = [s for s in spans if reserves.counts[k, problem.shifts.technician[s]]]
        kept_s = sum(_shared_s(span, (from_s, until_s)) for s in counting for span in spans[s])
        cost += int(reserves.ticks_per_s[k]) * max(0, int(reserves.wanted_s[k]) - kept_s)
    return cost


def _spans_by_shift(problem: Problem, records: Sequence[RouteRecord]) -> Mapping[int, Sequence[Span]]:
    """Return when each shift is free; one without a route is free as soon as it can begin."""
    if not len(problem.reserves):
        return {}
    shifts, spans = problem.shifts, {record.shift: record.free for record in records}
    for s in set(range(problem.n_shifts)).difference(spans):
        known = [int(at[s]) for at in (shifts.resume_s, shifts.departed_s, shifts.start_s) if at[s] != NONE]
        spans[s] = tuple(_left_of(known[0], int(shifts.regular_end_s[s]), []))
    return spans


def _busy(reading: RouteReading) -> Iterator[Span]:
    """Yield all breaks, drives and works of what is decided."""
    yield from ((b.start_s, b.start_s + reading.breaks[b.index].duration_s) for b in reading.route.breaks)
    for position in range(reading.n_facts, len(reading.stops) + 1):
        if position < len(reading.stops):
            yield reading.stops[position].start_s, reading.completions_s[position]
            drive_s = reading.legs[position].travel_s
        else:
            drive_s = reading.leg_back.travel_s
        pauses = [(b.start_s, b.start_s + reading.breaks[b.index].duration_s) for b in reading.breaks_in_gap(position)]
        yield from _drives(reading.gap_begin_s(position), drive_s, sorted(pauses))


def _drives(begin_s: int, drive_s: int, pauses: Iterable[Span]) -> Iterator[Span]:
    """Yield the pieces of a drive that begins at once and is interrupted by breaks."""
    for pause_s, over_s in pauses:
        until_s = min(begin_s + drive_s, pause_s)
        yield begin_s, until_s
        drive_s -= until_s - begin_s
        begin_s = over_s
    yield begin_s, begin_s + drive_s


def _left_of(begin_s: int, end_s: int, busy: Iterable[Span]) -> Iterator[Span]:
    """Yield what is left of an interval without others, which are sorted."""
    for from_s, until_s in busy:
        if begin_s < min(from_s, end_s):
            yield begin_s, min(from_s, end_s)
        begin_s = max(begin_s, until_s)
    if begin_s < end_s:
        yield begin_s, end_s


def _shared_s(one: Span, other: Span) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))
