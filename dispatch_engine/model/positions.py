"""Where the ids of places are: the one table of positions by place id."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.paths import place_paths
from dispatch_engine.model.places import Point

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.places import NamedPlace, Place
    from dispatch_engine.model.problem import ProblemDocument


def positions_of(problem: ProblemDocument) -> dict[str, Point]:
    """Return the position of every place id that has one: stated in ``places``, or beside the id where it is used."""
    positions: dict[str, Point] = {}
    places: list[NamedPlace | Place] = [*problem.places, *places_in_use(problem)]
    for place in places:
        if place.id is not None and place.lat is not None and place.lon is not None:
            positions.setdefault(place.id, Point(lat=place.lat, lon=place.lon))
    return positions


def places_in_use(problem: ProblemDocument) -> Iterator[Place]:
    """Yield the places of calls, homes, shifts, resume points, stock locations and meetings."""
    for _, place in place_paths(problem):
        yield place


def position_of(place: Place, positions: dict[str, Point]) -> Point | None:
    """Return where a place is; None where only a travel matrix knows it."""
    if place.lat is not None and place.lon is not None:
        return Point(lat=place.lat, lon=place.lon)
    return positions.get(place.id) if place.id is not None else None
