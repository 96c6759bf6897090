"""Facts: in order of time, each call once, no more breaks behind than there are."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, pointer_of
from dispatch_engine.model.paths import shift_paths

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.facts import Facts
    from dispatch_engine.model.problem import ProblemDocument


def check_facts(problem: ProblemDocument) -> Iterator[Fault]:
    """Find facts whose times run backwards, calls that are a fact twice, and too many breaks behind."""
    first: dict[str, Path] = {}
    for path, _, shift in shift_paths(problem):
        facts = shift.facts
        if facts is None:
            continue
        here: Path = (*path, "facts")
        yield from _backwards(here, facts)
        if facts.breaks_taken > len(shift.breaks):
            yield fault("breaks_taken", (*here, "breaks_taken"), facts.breaks_taken, count=len(shift.breaks))
        for j, visit in enumerate(facts.visits):
            place: Path = (*here, "visits", j)
            if first.setdefault(visit.call, place) != place:
                yield fault("fact_repeated", place, visit, first=pointer_of(first[visit.call]))


def _backwards(path: Path, facts: Facts) -> Iterator[Fault]:
    for (_, earlier), (place, later) in pairwise(_moments(path, facts)):
        if later < earlier:
            yield fault("fact_order", place, later)


def _moments(path: Path, facts: Facts) -> Iterator[tuple[Path, datetime]]:
    yield (*path, "departed_at"), facts.departed_at
    for j, visit in enumerate(facts.visits):
        if visit.arrived_at is not None:
            yield (*path, "visits", j, "arrived_at"), visit.arrived_at
        yield (*path, "visits", j, "started_at"), visit.started_at
        yield (*path, "visits", j, "completed_at"), visit.completed_at
    if facts.resume is not None:
        yield (*path, "resume", "at"), facts.resume.at
