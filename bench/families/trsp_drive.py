"""What technicians did on a day on which requests came in, judged in double precision by what was known when.

A technician leaves for a request no earlier than it is known, and is not sent elsewhere on the way. Working time is
from leaving home to being back, straight behind the last request.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.family import Judgement
from bench.families.tours import DEPOT, Tour
from bench.families.trsp_judge import PRECISION, judgement

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from bench.families.trsp_file import TrspFile


@dataclass(frozen=True)
class Leg:
    """A technician left for a node, began there and was done, all in the file's unit."""

    node: int
    left: float
    began: float
    ended: float


@dataclass(frozen=True)
class Drive:
    """What one technician did, in order; the depot among the nodes is a restock."""

    technician: int
    legs: tuple[Leg, ...]

    @property
    def tour(self) -> Tour:
        """The nodes alone."""
        return Tour(self.technician, tuple(leg.node for leg in self.legs))


def driven(file: TrspFile, releases: Mapping[int, int | None], drives: Sequence[Drive]) -> Judgement:
    """Return the executed working time, and what breaks the rules."""
    own = judgement(file, [drive.tour for drive in drives])
    faults = [*own.faults, *(fault for drive in drives for fault in _faults(file, releases, drive))]
    return Judgement(sum(_working_time(file, drive) for drive in drives), tuple(faults))


def _working_time(file: TrspFile, drive: Drive) -> float:
    first, last = drive.legs[0], drive.legs[-1]
    return last.ended + file.way(last.node, drive.technician) - first.left


def _faults(file: TrspFile, releases: Mapping[int, int | None], drive: Drive) -> Iterator[str]:
    """Yield departures before a request was known, and times that cannot be."""
    who, place, free = drive.technician, drive.technician, float(file.nodes[drive.technician].first)
    for leg in drive.legs:
        node = file.nodes[leg.node]
        known = releases.get(leg.node)
        if known is not None and leg.left < known - PRECISION:
            yield f"technician {who} leaves for {leg.node} at {leg.left:.4f}, known from {known} on"
        if leg.left < free - PRECISION:
            yield f"technician {who} leaves for {leg.node} before the work before it is done"
        if leg.began < leg.left + file.way(place, leg.node) - PRECISION:
            yield f"technician {who} is at {leg.node} sooner than the way takes"
        if not node.first - PRECISION <= leg.began <= node.last + PRECISION:
            yield f"technician {who} begins at {leg.node} outside of its window"
        if leg.node != DEPOT and leg.ended < leg.began + node.service - PRECISION:
            yield f"technician {who} ends at {leg.node} too soon"
        place, free = leg.node, leg.ended
    if free + file.way(place, who) > file.nodes[who].last + PRECISION:
        yield f"technician {who} is home too late"
