"""What the stops of a timed route take on, hand over and use, read from its ledger."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from solver.routing import NIGHT
from solver.stops import StopNumbers

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solver.problem import Problem
    from solver.routing import Line
    from solver.solution import Stop


def with_supplies(
    problem: Problem, timed: Sequence[Stop], stops: Sequence[int], ledger: Sequence[Line]
) -> tuple[Stop, ...]:
    """Return the timed stops, the last of which are the decided ``stops``, with what each one is and takes on."""
    if not ledger and max(stops, default=0) < problem.n_visits:  # visits as stated, and nothing is taken on
        return tuple(timed)
    facts, numbers = len(timed) - len(stops), StopNumbers.of(problem)
    decided = (
        _supplied(problem, numbers, stop, number, [line for line in ledger if line.at == at])
        for at, (stop, number) in enumerate(zip(timed[facts:], stops, strict=True))
    )
    return (*timed[:facts], *decided)


def _supplied(problem: Problem, numbers: StopNumbers, stop: Stop, number: int, lines: Sequence[Line]) -> Stop:
    if not lines and number < problem.n_visits:  # as stated
        return stop
    n_parts = problem.technicians.stock.shape[1]
    return replace(
        stop,
        sourcing=numbers.sourcing_of(number),
        location=numbers.location_of(number),
        meeting=numbers.meeting_of(number),
        loads=_pieces(line for line in lines if line.item < n_parts and line.pieces > 0),
        gives=_pieces(line._replace(pieces=-line.pieces) for line in lines if line.pieces < 0),
        tools=tuple(sorted(line.item - n_parts for line in lines if line.item >= n_parts)),
    )


def _pieces(lines: Iterable[Line]) -> tuple[tuple[int, int], ...]:
    """Return (part, pieces), each part once, in order."""
    total: Counter[int] = Counter()
    for line in lines:
        total[line.item] += line.pieces
    return tuple(sorted(total.items()))


def night_load(ledger: Iterable[Line]) -> tuple[tuple[int, int], ...]:
    """Return the (part, pieces) loaded in the night before."""
    return _pieces(line for line in ledger if line.at == NIGHT)
