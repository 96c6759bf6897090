"""Where things stand in a problem document: each with its path, for messages."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, TypeAlias

from dispatch_engine.model.base import Model

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift

Path: TypeAlias = tuple[str | int, ...]


def capacity_paths(problem: ProblemDocument) -> Iterator[tuple[Path, Capacity]]:
    """Yield every technician and provider with its path."""
    for i, technician in enumerate(problem.technicians):
        yield ("technicians", i), technician
    for i, provider in enumerate(problem.providers):
        yield ("providers", i), provider


def shift_paths(problem: ProblemDocument) -> Iterator[tuple[Path, Capacity, Shift]]:
    """Yield every shift with its path and whose it is."""
    for path, capacity in capacity_paths(problem):
        for i, shift in enumerate(capacity.shifts):
            yield (*path, "shifts", i), capacity, shift


def place_paths(problem: ProblemDocument) -> Iterator[tuple[Path, Place]]:
    """Yield every place in use with its path."""
    for i, call in enumerate(problem.calls):
        yield ("calls", i, "place"), call.place
    for path, capacity in capacity_paths(problem):
        if capacity.home is not None:
            yield (*path, "home"), capacity.home
        for i, shift in enumerate(capacity.shifts):
            if shift.start_place is not None:
                yield (*path, "shifts", i, "start_place"), shift.start_place
            if shift.end_place is not None:
                yield (*path, "shifts", i, "end_place"), shift.end_place
            if shift.facts is not None and shift.facts.resume is not None:
                yield (*path, "shifts", i, "facts", "resume", "place"), shift.facts.resume.place
    yield from ((("stock_locations", i, "place"), each.place) for i, each in enumerate(problem.stock_locations))
    yield from ((("meetings", i, "place"), each.place) for i, each in enumerate(problem.meetings))


def moment_paths(model: Model, path: Path = ()) -> Iterator[tuple[Path, datetime]]:
    """Yield every time that a document or a part of one states, with its path."""
    for name in type(model).model_fields:
        value = getattr(model, name)
        if isinstance(value, datetime):
            yield (*path, name), value
        elif isinstance(value, Model):
            yield from moment_paths(value, (*path, name))
        elif isinstance(value, tuple) and value and isinstance(value[0], Model):
            for i, item in enumerate(value):
                yield from moment_paths(item, (*path, name, i))
