"""Parts: names that mean something, cases that add up, no substitute or kit that comes back to itself."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, suggestion
from dispatch_engine.model.checks.cycles import cycles_of
from dispatch_engine.model.part_names import held_parts, wanted_parts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.checks.cycles import Edges
    from dispatch_engine.model.problem import ProblemDocument

TOLERANCE = 1e-9
"""By how much a sum of probabilities may pass 1: what comes of writing thirds as decimals."""


def check_part_names(problem: ProblemDocument) -> Iterator[Fault]:
    """Find, where the document lists parts, names of parts that are neither listed nor held anywhere."""
    if not problem.parts:
        return
    known = {part.id for part in problem.parts} | {name for _, name in held_parts(problem)}
    for path, name in wanted_parts(problem):
        if name not in known:
            yield fault("unknown_part", path, name, suggestion=suggestion(name, known, "Maybe it is missing there."))


def check_cases(problem: ProblemDocument) -> Iterator[Fault]:
    """Find calls whose disjoint cases are together more probable than certain."""
    for i, call in enumerate(problem.calls):
        total = math.fsum(case.probability for case in call.parts_cases)
        if total > 1 + TOLERANCE:
            yield fault("probability_sum", ("calls", i, "parts_cases"), total=f"{total:.6g}")


def check_substitutes(problem: ProblemDocument) -> Iterator[Fault]:
    """Find parts that stand in for themselves, directly or through others."""
    edges: dict[str, list[tuple[Path, str]]] = {}
    for i, part in enumerate(problem.parts):
        found = edges.setdefault(part.id, [])
        if part.superseded_by is not None:
            found.append((("parts", i, "superseded_by"), part.superseded_by))
        found += [(("parts", i, "substitutes", j, "part"), each.part) for j, each in enumerate(part.substitutes)]
    yield from _cycle_faults("substitute_cycle", edges)
    for i, call in enumerate(problem.calls):
        own: dict[str, list[tuple[Path, str]]] = {}
        for j, each in enumerate(call.substitutes):
            own.setdefault(each.part, []).append((("calls", i, "substitutes", j, "substitute"), each.substitute))
        yield from _cycle_faults("substitute_cycle", own)


def check_kits(problem: ProblemDocument) -> Iterator[Fault]:
    """Find kits that contain themselves, directly or through others."""
    edges: dict[str, list[tuple[Path, str]]] = {}
    for i, part in enumerate(problem.parts):
        edges.setdefault(part.id, []).extend((("parts", i, "contains", name), name) for name in part.contains)
    yield from _cycle_faults("kit_in_itself", edges)


def _cycle_faults(code: str, edges: Edges) -> Iterator[Fault]:
    for path, names in cycles_of(edges):
        yield fault(code, path, names[-1], chain=" → ".join(names))
