"""Technician routing and scheduling, of Pillac, Guéret and Medaglia: the sum of the technicians' working times.

Technicians leave their own homes with tools and counted spare parts; who has been to the depot lacks no tool and no
part after it. Every request needs its skills. Work begins in a window. Distances are Euclidean and taken as times.

A thousandth of the file's unit is a second. Ways are rounded up, so that a plan that is in time by the document is in
time in double precision, in which tours are judged. A unit of working time costs 1.

References
----------
Pillac, Guéret and Medaglia (2013), "A parallel matheuristic for the technician routing and scheduling problem",
doi 10.1007/s11590-012-0567-4.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.families.best_known import listed_bks
from bench.families.trsp_document import trsp_document
from bench.families.trsp_file import read_trsp
from bench.families.trsp_judge import judgement, published_faults

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.families.family import Judgement
    from bench.families.tours import Tour
    from bench.families.trsp_file import TrspFile
    from dispatch_engine.model.problem import ProblemDocument


@dataclass(frozen=True)
class Technicians:
    """An instance of this family."""

    file: TrspFile
    bks: float | None

    @property
    def name(self) -> str:
        """The name of the file."""
        return self.file.path.stem

    def document(self) -> ProblemDocument:
        """Return the document."""
        return trsp_document(self.file)

    def judged(self, tours: Sequence[Tour]) -> Judgement:
        """Cost and check tours, also by the program beside the instance, where it is."""
        own = judgement(self.file, tours)
        return replace(own, faults=(*own.faults, *published_faults(self.file, tours, own.cost)))


@dataclass(frozen=True)
class Trsp:
    """The 29 instances with 100 requests and 25 technicians, and small ones."""

    name: str = "trsp"
    pattern: str = "*.txt"

    def read(self, path: Path) -> Technicians:
        """Read an instance in the authors' format."""
        return Technicians(read_trsp(path), listed_bks(path, "bks_working_time"))
