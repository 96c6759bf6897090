"""Who has the parts of a call and what could stand in for them, beside what the plan uses."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.missing_parts import MissingPart, PartHolder
from dispatch_engine.planner.missing.candidates import stand_ins_of

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.planner.missing.want import Want


def parts_of(want: Want) -> tuple[MissingPart, ...]:
    """Return the parts that the call names, then what could stand in for them."""
    nearest = min((want.lacking(t) for t in want.technicians), key=lambda lacking: sum(lacking.values()))
    named = [
        MissingPart(
            part=want.part_names[part],
            needed=needed,
            lacking=nearest.get(part, 0),
            holders=tuple(_holders(want, want.part_names[part])),
        )
        for part, needed in want.needed.items()
    ]
    stand_ins = [
        MissingPart(part=name, stands_in_for=part, holders=tuple(_holders(want, name)))
        for name, (part, _) in stand_ins_of(want).items()
    ]
    return (*named, *stand_ins)


def _holders(want: Want, part: str) -> Iterator[PartHolder]:
    frame = want.translation.frame
    row = frame.index.part.get(part)
    for technician, capacity in enumerate(frame.problem.capacities):
        held = capacity.stock.get(part, 0)
        if held:
            free = frame.reservations.free[capacity.id].get(part, 0)
            left = free if row is None else int(want.forcing.standing.left.van[technician, row])
            yield PartHolder(technician=capacity.id, free=left, used=free - left, reserved=held - free)
    for location, stock in enumerate(frame.problem.stock_locations):
        in_all = frame.holdings.in_all(stock.id, part)
        if in_all:
            yield from _at_location(want, location, part, in_all)


def _at_location(want: Want, location: int, part: str, in_all: int) -> Iterator[PartHolder]:
    """Yield what is left at a location from the beginning, then each time at which it is more."""
    frame, row = want.translation.frame, want.translation.frame.index.part.get(part)
    name = frame.problem.stock_locations[location].id
    if row is None:  # a part that no way of any call can use, so that nothing of it is used
        steps, left = [(0, frame.holdings.at(name, part, 0)), *_arrivals(want, name, part)], in_all
    else:
        steps, left = want.steps(location, row), want.left_at(location, row)
    before = 0
    for from_s, free in steps:
        if free > before:
            since = None if from_s <= frame.now_s else frame.timeline.moment(from_s)
            yield PartHolder(location=name, free=free, since=since, used=in_all - left)
            before = free
    if not before:
        yield PartHolder(location=name, free=0, used=in_all - left)


def _arrivals(want: Want, location: str, part: str) -> list[tuple[int, int]]:
    holdings = want.translation.frame.holdings
    return [(at_s, holdings.at(location, part, at_s)) for at_s in sorted(set(holdings.arrivals(location, part)))]
