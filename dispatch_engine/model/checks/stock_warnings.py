"""What a person should know about parts and stock that are used as they are stated."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import warning
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.part_names import case_parts, held_parts
from dispatch_engine.model.paths import capacity_paths
from dispatch_engine.model.room import beyond_room, sizes_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.catalogue.faults import Path
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument


def warnings_of_parts(problem: ProblemDocument) -> Iterator[Fault]:
    """Yield parts of cases that nobody has, and held parts of unknown size where sizes count.

    That nobody has what a call needs for certain is said by the plan: it is the reason why the call is unplanned.
    """
    held = dict(_first(held_parts(problem)))
    listed = {part.id for part in problem.parts}
    if not listed:
        wanted = dict(_first(_of_cases(problem)))
        yield from (warning("part_nowhere", path, name) for name, path in wanted.items() if name not in held)
    elif any(capacity.stock_capacity is not None for capacity in problem.capacities):
        yield from (warning("part_unlisted", path, name) for name, path in held.items() if name not in listed)


def _of_cases(problem: ProblemDocument) -> Iterator[tuple[Path, str]]:
    """Yield the parts of cases for which the call states no substitute."""
    for i, call in enumerate(problem.calls):
        replaceable = {each.part for each in call.substitutes}
        yield from ((path, name) for path, name in case_parts(("calls", i), call) if name not in replaceable)


def _first(names: Iterator[tuple[Path, str]]) -> Iterator[tuple[str, Path]]:
    """Yield every name once, with the first of its paths."""
    seen: set[str] = set()
    for path, name in names:
        if name not in seen:
            seen.add(name)
            yield name, path


def warnings_of_stock(problem: ProblemDocument) -> Iterator[Fault]:
    """Yield deliveries outside of the planning period, vans that are too full, nights in which nothing is loaded."""
    horizon = horizon_of(problem)
    start, end = horizon.start.isoformat(), horizon.end.isoformat()
    for i, location in enumerate(problem.stock_locations):
        for j, delivery in enumerate(location.deliveries):
            if not horizon.start <= delivery.at <= horizon.end:
                path = ("stock_locations", i, "deliveries", j, "at")
                yield warning("delivery_outside_horizon", path, delivery.at, start=start, end=end)
    yield from _overfull(problem)
    yield from _nights(problem)


def _overfull(problem: ProblemDocument) -> Iterator[Fault]:
    sizes = sizes_of(problem.parts)
    for path, capacity in capacity_paths(problem):
        for measure, found, limit in beyond_room(capacity.stock, capacity.stock_capacity, sizes):
            yield warning("van_overfull", (*path, "stock"), measure=measure, found=f"{found:f}", limit=f"{limit:f}")


def _nights(problem: ProblemDocument) -> Iterator[Fault]:
    kind = problem.policy.overnight_replenishment
    if kind == "none":
        return
    replenished = [(path, each) for path, each in capacity_paths(problem) if each.replenished_at is not None]
    if not replenished:
        yield warning("nowhere_replenished", ("policy", "overnight_replenishment"), kind)
    for path, each in replenished:
        if kind == "loadout" and not each.loadout:
            yield warning("loadout_missing", (*path, "replenished_at"), each.replenished_at)
