"""Problem documents as the solver's problems, by the same reading and translation that the engine uses."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from solver.problem import Problem


@dataclass(frozen=True)
class Instance:
    """A problem under the name of its file, with the currency of its document."""

    name: str
    currency: str
    problem: Problem


def load_instance(path: Path) -> Instance:
    """Read, check and translate a problem document, travel times included.

    Raises
    ------
    DispatchError
        The document has faults, or its travel times are not to be had.
    """
    document = load_problem(path)
    translation = translate(document, open_travel(document.travel, path.parent))
    return Instance(path.stem, document.currency, translation.solver_problem)
