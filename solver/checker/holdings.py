"""Counted pieces along a route, and what all routes of a technician draw from the van's own stock.

Pieces of a part are alike, so that a plan does not say which one a visit uses. What is taken on must be used by visits
after it: each piece taken on is set against a use after it, the last ones first, which leaves as few over as can be.
Uses that nothing is set against, and what is handed over, come from the van's own stock.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, NamedTuple

from solver.checker.report import Violation
from solver.checker.sourcing import pieces_used

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from solver.checker.reading import RouteReading
    from solver.checker.record import RouteRecord
    from solver.problem import Problem
    from solver.solution import Stop


class Move(NamedTuple):
    """Pieces by part that are taken on, used and handed over at one stop, or taken on in the night (no stop)."""

    stop: Stop | None
    taken: Mapping[int, int]
    used: Mapping[int, int]
    given: Mapping[int, int]


class Account(NamedTuple):
    """``drawn`` pieces from the van's own stock; ``unused`` (move, taken, used) where more is taken on than used."""

    drawn: int
    unused: tuple[tuple[Move, int, int], ...]


def moves_of(reading: RouteReading) -> list[Move]:
    """Return what happens to pieces on a route: the night's load, then its stops."""
    night = Move(None, dict(reading.route.overnight), {}, {})
    stops = [
        Move(stop, dict(stop.loads), pieces_used(reading.problem, stop), dict(stop.gives)) for stop in reading.stops
    ]
    return [night, *stops]


def accounts_of(reading: RouteReading) -> dict[int, Account]:
    """Return the account of each part that a route moves."""
    moves = reading.moves
    parts = {part for move in moves for pieces in move[1:] for part in pieces}
    return {part: _account(moves, part) for part in sorted(parts)}


def _account(moves: Sequence[Move], part: int) -> Account:
    open_uses, given, unused = 0, 0, []
    for move in reversed(moves):
        taken = move.taken.get(part, 0)
        matched = min(taken, open_uses)
        if matched < taken:
            unused.append((move, taken, matched))
        open_uses += move.used.get(part, 0) - matched
        given += move.given.get(part, 0)
    return Account(open_uses + given, tuple(reversed(unused)))


def holding_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield what is taken on and not used by visits of the route after it."""
    for part, account in reading.accounts.items():
        for move, taken, used in account.unused:
            expected = f"{taken} used after it"
            detail = f"part {part}"
            yield Violation.at(move.stop, reading.shift, "load_unused", f"{used} of {taken} used", expected, detail)


def van_faults(problem: Problem, records: Sequence[RouteRecord]) -> Iterator[Violation]:
    """Yield the parts of which the routes of a technician use and hand over more than his van holds."""
    drawn_by_technician: dict[int, dict[int, int]] = defaultdict(dict)
    for record in records:
        pieces = drawn_by_technician[record.technician]
        for part, count in record.drawn.items():
            pieces[part] = pieces.get(part, 0) + count
    stock = problem.technicians.stock.tolist()
    for technician, pieces in drawn_by_technician.items():
        for part, drawn in sorted(pieces.items()):
            held = stock[technician][part]
            if drawn > held:
                thing = f"part {part} in the van of technician {technician}"
                yield Violation("part", drawn, f"{held} at most", detail=thing)
