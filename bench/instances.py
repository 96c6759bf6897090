"""Problem documents as the solver's problems, by the same reading and translation that the engine uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from bench.families.field import DAYS
from bench.record import DOCUMENTS
from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from bench.families.family import Family, MadeFamily
    from dispatch_engine.model.problem import ProblemDocument
    from solver.problem import Problem


@dataclass(frozen=True)
class Instance:
    """A problem under its name, with its family and the best known cost where there is one."""

    name: str
    problem: Problem
    family: str = DOCUMENTS
    bks: float | None = None


def load_instance(path: Path) -> Instance:
    """Read, check and translate a problem document, travel times included.

    Raises
    ------
    DispatchError
        The document has faults, or its travel times are not to be had.
    """
    return Instance(path.stem, translated(load_problem(path), path.parent))


def named_document(name: str) -> tuple[ProblemDocument, Path]:
    """Return the day of ``field`` that has this name, or else the document at this path; and where it stands.

    Raises
    ------
    DispatchError
        The document has faults.
    """
    if name in DAYS:
        return DAYS[name].document(), Path.cwd()
    return load_problem(Path(name)), Path(name).parent


def family_instance(family: Family | MadeFamily, path: Path) -> Instance:
    """Read an instance of a family and translate its document.

    Raises
    ------
    InstanceError
        The file is not what the family says.
    DispatchError
        Travel times are not to be had.
    """
    read = family.read(path)
    return Instance(read.name, translated(read.document(), path.parent), family.name, read.bks)


def translated(document: ProblemDocument, base_dir: Path) -> Problem:
    """Return the solver's problem of a checked document.

    Raises
    ------
    DispatchError
        Travel times are not to be had.
    """
    return translate(document, open_travel(document.travel, base_dir)).solver_problem
