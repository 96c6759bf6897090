"""Changes that a plan proposes, made to the document."""

from __future__ import annotations

from typing import Any

from dispatch_engine.model.missing_parts import PartsChange
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.stock import Delivery, StockLocation
from dispatch_engine.model.technicians import Capacity, Shift


def with_change(problem: ProblemDocument, call: str, change: PartsChange) -> ProblemDocument:
    """Return the document with a change of what it states; everything else is as it was."""
    if change.kind == "drop_price":
        calls = [
            each.model_copy(update={"drop_price": change.drop_price}) if each.id == call else each
            for each in problem.calls
        ]
        return problem.model_copy(update={"calls": tuple(calls)})
    if change.location is not None:
        places = [
            _changed_location(each, change) if each.id == change.location else each for each in problem.stock_locations
        ]
        return problem.model_copy(update={"stock_locations": tuple(places)})
    groups: dict[str, Any] = {
        name: tuple(
            _changed_van(each, change) if each.id == change.technician else each for each in getattr(problem, name)
        )
        for name in ("technicians", "providers")
    }
    return problem.model_copy(update=groups)


def _changed_location(location: StockLocation, change: PartsChange) -> StockLocation:
    if change.kind == "delivery":
        assert change.by is not None
        more = Delivery(at=change.by, parts=change.parts)
        return location.model_copy(update={"deliveries": (*location.deliveries, more)})
    opening = change.opening
    assert opening is not None
    others = [each for each in location.opening if each.end < opening.start or each.start > opening.end]
    return location.model_copy(update={"opening": (*others, opening)})


def _changed_van(capacity: Capacity, change: PartsChange) -> Capacity:
    if change.kind == "van_stock":
        stock = {
            part: capacity.stock.get(part, 0) + change.parts.get(part, 0) for part in {**capacity.stock, **change.parts}
        }
        return capacity.model_copy(update={"stock": stock})
    if change.kind == "room":
        room = capacity.stock_capacity
        assert room is not None
        more = {
            name: getattr(room, name) + (getattr(change, name) or 0)
            for name in ("volume", "weight", "slots")
            if getattr(room, name) is not None
        }
        return capacity.model_copy(update={"stock_capacity": room.model_copy(update=more)})
    return capacity.model_copy(update={"shifts": tuple(_changed_shift(each, change) for each in capacity.shifts)})


def _changed_shift(shift: Shift, change: PartsChange) -> Shift:
    assert change.overtime is not None
    longer = shift.overtime_cap + change.overtime
    return shift.model_copy(update={"overtime_cap": longer}) if shift.id == change.shift else shift
