"""How decided visits get their parts: what they use from the van, what is sent to them, and what that costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from solver.checker.reading import RouteReading
    from solver.problem import Ints, Problem
    from solver.solution import Stop


class Parcel(NamedTuple):
    """What is picked up at a location at a time."""

    location: int
    pickup_s: int
    pieces: dict[int, int]


def pieces_of_row(row: Ints) -> dict[int, int]:
    """Return the pieces by part of one row of a table."""
    (parts,) = row.nonzero()
    return dict(zip(parts.tolist(), row[parts].tolist(), strict=True))


def pieces_used(problem: Problem, stop: Stop) -> dict[int, int]:
    """Return what a stop uses from the van, by part: nothing where it is a fact or no visit."""
    if stop.is_fact or not stop.is_visit:
        return {}
    as_stated = stop.sourcing == NONE
    return pieces_of_row(problem.visits.parts[stop.visit] if as_stated else problem.sourcings.parts[stop.sourcing])


def parcels_of(problem: Problem, stop: Stop) -> Iterator[Parcel]:
    """Yield the parcels that are sent for a stop."""
    sourcings = problem.sourcings
    if stop.sourcing == NONE:
        return
    for row in np.flatnonzero(sourcings.parcel_sourcing == stop.sourcing):
        pieces = pieces_of_row(sourcings.parcel_parts[row])
        yield Parcel(int(sourcings.parcel_location[row]), int(sourcings.parcel_pickup_s[row]), pieces)


def sourcing_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield visits that get their parts in the way of another visit, or start before their last parcel is there."""
    sourcings = reading.problem.sourcings
    for stop in reading.decided_visits:
        if stop.sourcing == NONE:
            continue
        owner, release_s = int(sourcings.visit[stop.sourcing]), int(sourcings.release_s[stop.sourcing])
        if owner != stop.visit:
            found, expected = f"one of visit {owner}", f"one of visit {stop.visit}"
            yield Violation("sourcing", found, expected, reading.shift, stop.visit, f"sourcing {stop.sourcing}")
        if stop.start_s < release_s:
            yield Violation("courier", stop.start_s, f"{release_s} or later", reading.shift, stop.visit)


def courier_ticks(reading: RouteReading) -> int:
    """Return what the parcels of a route's visits cost."""
    return sum(_ticks(reading.problem.sourcings.courier_ticks, stop) for stop in reading.decided_visits)


def substitute_ticks(reading: RouteReading) -> int:
    """Return what the substitutes of a route's visits cost."""
    return sum(_ticks(reading.problem.sourcings.substitute_ticks, stop) for stop in reading.decided_visits)


def revisit_ticks(reading: RouteReading) -> int:
    """Return what second visits are expected to cost: by the sourcing, or as stated where there is none."""
    as_stated = [stop.visit for stop in reading.decided_visits if stop.sourcing == NONE]
    stated = sum(int(reading.problem.visits.revisit_ticks[visit]) for visit in as_stated)
    return stated + sum(_ticks(reading.problem.sourcings.revisit_ticks, stop) for stop in reading.decided_visits)


def _ticks(ticks: Ints, stop: Stop) -> int:
    return 0 if stop.sourcing == NONE else int(ticks[stop.sourcing])
