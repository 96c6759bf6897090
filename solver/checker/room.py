"""Room in the van: after parts were taken on, what it holds fits in each measure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.checker.report import Violation
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from solver.checker.reading import RouteReading

MEASURE_NAMES = ("volume", "weight", "slots")


def room_faults(reading: RouteReading) -> Iterator[Violation]:
    """Yield the measures in which a van is overfull after parts were taken on, at a stop or in the night."""
    room = reading.problem.stock.van_room[reading.technician]
    for measure in range(len(MEASURE_NAMES)):
        if int(room[measure]) != NONE:
            yield from _overfull(reading, measure, int(room[measure]))


def _overfull(reading: RouteReading, measure: int, room: int) -> Iterator[Violation]:
    size = reading.problem.stock.part_size[:, measure].tolist()
    held = int(reading.problem.stock.van_held[reading.technician, measure])
    for move in reading.moves:
        held += _size(move.taken, size) - _size(move.used, size) - _size(move.given, size)
        if move.taken and held > room:
            yield Violation.at(move.stop, reading.shift, "room", held, f"{room} at most", MEASURE_NAMES[measure])


def _size(pieces: Mapping[int, int], size: list[int]) -> int:
    return sum(count * size[part] for part, count in pieces.items())
