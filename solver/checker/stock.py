"""Finite stock of the locations: what all routes take of a part, moment by moment, against what has arrived."""

from __future__ import annotations

from collections import defaultdict
from itertools import accumulate, groupby
from typing import TYPE_CHECKING, NamedTuple

from solver.checker.report import Violation
from solver.checker.sourcing import parcels_of
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.problem import Problem


class Withdrawal(NamedTuple):
    """Pieces of a part that leave a location at a moment."""

    location: int
    part: int
    at_s: int
    pieces: int


def stock_faults(problem: Problem, records: Sequence[RouteRecord]) -> Iterator[Violation]:
    """Yield, for each part of a location, the first moment at which more has been taken than has arrived."""
    withdrawals: dict[tuple[int, int], list[Withdrawal]] = defaultdict(list)
    for record in records:
        for row in record.withdrawals:
            withdrawals[row.location, row.part].append(row)
    for (location, part), rows in sorted(withdrawals.items()):
        for at_s, taken in _taken_by(rows):
            arrived = _arrived(problem, location, part, at_s)
            if taken > arrived:
                detail = f"part {part} at location {location}"
                yield Violation("stock", f"{taken} taken by {at_s}", f"{arrived} at most", detail=detail)
                break


def withdrawals_of(reading: RouteReading) -> Iterator[Withdrawal]:
    """Yield what a route takes from locations: in the night before it, at restock stops, and by parcels."""
    problem, night = reading.problem, int(reading.problem.shifts.overnight_location[reading.shift])
    if night != NONE:
        start_s = int(problem.shifts.start_s[reading.shift])
        yield from (Withdrawal(night, part, start_s, pieces) for part, pieces in reading.route.overnight)
    for stop in reading.decided_stops:
        if stop.location != NONE:
            yield from (Withdrawal(stop.location, part, stop.start_s, pieces) for part, pieces in stop.loads)
        for parcel in parcels_of(problem, stop):
            for part, pieces in parcel.pieces.items():
                yield Withdrawal(parcel.location, part, parcel.pickup_s, pieces)


def _taken_by(rows: Sequence[Withdrawal]) -> list[tuple[int, int]]:
    """Return (moment, pieces taken until then, the moment included) in order of time."""
    moments = groupby(sorted(rows, key=_moment), key=_moment)
    pieces = [(at_s, sum(row.pieces for row in group)) for at_s, group in moments]
    return list(zip((at_s for at_s, _ in pieces), accumulate(count for _, count in pieces), strict=True))


def _moment(row: Withdrawal) -> int:
    return row.at_s


def _arrived(problem: Problem, location: int, part: int, at_s: int) -> int:
    stock = problem.stock
    here = (stock.supply_location == location) & (stock.supply_part == part) & (stock.supply_from_s <= at_s)
    return int(stock.supply_pieces[here].sum())
