"""Technician routing and scheduling where requests come in during the day, replayed on a live board.

The release dates are the authors'. A unit of the files is twenty minutes of the board: release dates are whole units,
so that they are full minutes, at which a board decides.

References
----------
Pillac, Guéret and Medaglia (2012), "On the dynamic technician routing and scheduling problem", hal-00739781.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from bench.families.best_known import listed_bks
from bench.families.trsp_document import trsp_document
from bench.families.trsp_drive import driven
from bench.families.trsp_file import read_trsp
from bench.families.trsp_judge import judgement, published_faults
from bench.families.trsp_releases import instance_of, read_releases

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from bench.families.family import Judgement
    from bench.families.tours import Tour
    from bench.families.trsp_drive import Drive
    from bench.families.trsp_file import TrspFile
    from dispatch_engine.model.problem import ProblemDocument

UNITS = 1200
"""Seconds of the board in one unit of the file."""

STATIC = "trsp"
"""The folder of the instances themselves, beside the one of the release dates."""


@dataclass(frozen=True)
class ComingIn:
    """An instance and when each of its requests becomes known; the best known cost is with all known at the start."""

    name: str
    file: TrspFile
    releases: Mapping[int, int | None]
    bks: float | None

    def document(self) -> ProblemDocument:
        """Return the document of what is known at the start."""
        return trsp_document(self.file, [node for node, at in self.releases.items() if at is None], UNITS)

    def judged(self, tours: Sequence[Tour]) -> Judgement:
        """Cost and check tours as if all had been known, also by the program beside the instance, where it is."""
        own = judgement(self.file, tours)
        return replace(own, faults=(*own.faults, *published_faults(self.file, tours, own.cost)))

    def driven(self, drives: Sequence[Drive]) -> Judgement:
        """Cost and check what was done by what was known when."""
        return driven(self.file, self.releases, drives)

    def known_at_once(self) -> ComingIn:
        """Return the same with all requests known at the start."""
        return replace(self, releases=dict.fromkeys(self.releases))


@dataclass(frozen=True)
class TrspDynamic:
    """The 29 instances with three lists of release dates each."""

    name: str = "trsp-dynamic"
    pattern: str = "*_rd_*.txt"

    def read(self, path: Path) -> ComingIn:
        """Read release dates and, from the folder beside theirs, the instance."""
        name, _ = instance_of(path.stem)
        instance = path.parent.with_name(STATIC) / f"{name}.txt"
        return ComingIn(path.stem, read_trsp(instance), read_releases(path), listed_bks(instance, "bks_working_time"))
