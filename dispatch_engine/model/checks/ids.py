"""Ids are unique among things of one kind."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, pointer_of
from dispatch_engine.model.paths import capacity_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument


def check_ids(problem: ProblemDocument) -> Iterator[Fault]:
    """Find ids that stand twice."""
    yield from _repeated("technicians and providers", ((path, c.id) for path, c in capacity_paths(problem)))
    for path, capacity in capacity_paths(problem):
        shifts = (((*path, "shifts", i), shift.id) for i, shift in enumerate(capacity.shifts))
        yield from _repeated(f"the shifts of {capacity.id}", shifts)
    yield from _repeated("calls", ((("calls", i), call.id) for i, call in enumerate(problem.calls)))
    yield from _repeated("contracts", ((("contracts", i), c.id) for i, c in enumerate(problem.contracts)))
    yield from _repeated("territories", ((("territories", i), t.id) for i, t in enumerate(problem.territories)))
    yield from _repeated("parts", ((("parts", i), part.id) for i, part in enumerate(problem.parts)))
    locations = ((("stock_locations", i), location.id) for i, location in enumerate(problem.stock_locations))
    yield from _repeated("stock locations", locations)
    yield from _repeated("meetings", ((("meetings", i), meeting.id) for i, meeting in enumerate(problem.meetings)))
    for i, matrix in enumerate(problem.travel.matrices):
        places = ((("travel", "matrices", i, "places", j), place) for j, place in enumerate(matrix.places))
        yield from _repeated("the places of a matrix", places, key=())


def _repeated(things: str, ids: Iterable[tuple[Path, str]], key: Path = ("id",)) -> Iterator[Fault]:
    first: dict[str, Path] = {}
    for path, name in ids:
        if name in first:
            yield fault("duplicate_id", (*path, *key), name, things=things, first=pointer_of(first[name]))
        else:
            first[name] = path
