"""The territory of each call, its rule and its price."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.planner.columns import ints
from dispatch_engine.planner.money import ticks
from solver.problem import NONE, TERRITORY_IGNORED, TERRITORY_PREFERRED, TERRITORY_REQUIRED

if TYPE_CHECKING:
    from collections.abc import Mapping
    from decimal import Decimal

    from shapely import Polygon

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.territories import Territory, TerritoryRule
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints

RULES: dict[TerritoryRule, int] = {
    "ignored": TERRITORY_IGNORED,
    "preferred": TERRITORY_PREFERRED,
    "required": TERRITORY_REQUIRED,
}


@dataclass(frozen=True)
class Areas:
    """Where the territories of a document are; worked out when somebody asks."""

    territories: tuple[Territory, ...]

    @cached_property
    def polygons(self) -> Mapping[str, Polygon]:
        """Return the polygons by id, of those that have one."""
        from dispatch_engine.model.areas import areas_of  # shapely takes a tenth of a second to import

        return areas_of(self.territories)


class TerritoryColumns(NamedTuple):
    """Columns of ``solver.problem.Visits``."""

    territory: Ints
    territory_rule: Ints
    territory_ticks: Ints


def territory_columns(frame: Frame) -> TerritoryColumns:
    """Return the territory of each call: the one it names, else the first whose polygon holds its place."""
    found = [_territory_of(frame, name) for name in territory_names(frame)]
    pairs = list(zip(frame.problem.calls, found, strict=True))
    return TerritoryColumns(
        territory=ints(NONE if each is None else frame.index.territory[each.id] for each in found),
        territory_rule=ints(RULES[_rule(call, territory)] for call, territory in pairs),
        territory_ticks=ints(ticks(_price(frame, territory)) for territory in found),
    )


def territory_names(frame: Frame) -> list[str | None]:
    """Return the id of each call's territory, None outside of all."""
    calls = frame.problem.calls
    names = [call.territory for call in calls]
    if not frame.problem.territories or None not in names:
        return names
    from dispatch_engine.model.areas import territory_at  # shapely takes a tenth of a second to import

    areas = frame.areas.polygons
    for row, call in enumerate(calls):
        position = frame.places.position(call.place)
        if names[row] is None and position is not None:
            names[row] = territory_at(position, areas)
    return names


def _territory_of(frame: Frame, name: str | None) -> Territory | None:
    return None if name is None else frame.problem.territories[frame.index.territory[name]]


def _rule(call: Call, territory: Territory | None) -> TerritoryRule:
    if territory is None:
        return "ignored"
    return call.territory_rule or territory.rule


def _price(frame: Frame, territory: Territory | None) -> Decimal:
    own = None if territory is None else territory.outside_price
    return frame.problem.policy.outside_territory if own is None else own
