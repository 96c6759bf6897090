"""Where a problem document names parts: each with its path, for messages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.paths import capacity_paths

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.paths import Path
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.stock import Part


def held_parts(problem: ProblemDocument) -> Iterator[tuple[Path, str]]:
    """Yield the parts that vans and stock locations hold, or that are delivered there."""
    for path, capacity in capacity_paths(problem):
        yield from _keys((*path, "stock"), capacity.stock)
    for i, location in enumerate(problem.stock_locations):
        here: Path = ("stock_locations", i)
        yield from _keys((*here, "stock"), location.stock)
        for j, delivery in enumerate(location.deliveries):
            yield from _keys((*here, "deliveries", j, "parts"), delivery.parts)


def wanted_parts(problem: ProblemDocument) -> Iterator[tuple[Path, str]]:
    """Yield the parts that calls need, that stand in for others, that kits contain and that vans should hold."""
    for i, call in enumerate(problem.calls):
        yield from _keys(("calls", i, "parts"), call.parts)
        yield from case_parts(("calls", i), call)
        for j, each in enumerate(call.substitutes):
            yield ("calls", i, "substitutes", j, "part"), each.part
            yield ("calls", i, "substitutes", j, "substitute"), each.substitute
    for i, part in enumerate(problem.parts):
        yield from _related(("parts", i), part)
    for path, capacity in capacity_paths(problem):
        yield from _keys((*path, "loadout"), capacity.loadout)


def case_parts(path: Path, call: Call) -> Iterator[tuple[Path, str]]:
    """Yield the parts that a call may need."""
    for j, case in enumerate(call.parts_cases):
        yield from _keys((*path, "parts_cases", j, "parts"), case.parts)


def _related(path: Path, part: Part) -> Iterator[tuple[Path, str]]:
    yield from _keys((*path, "contains"), part.contains)
    if part.superseded_by is not None:
        yield (*path, "superseded_by"), part.superseded_by
    for j, each in enumerate(part.substitutes):
        yield (*path, "substitutes", j, "part"), each.part


def _keys(path: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for name in names:
        yield (*path, name), name
