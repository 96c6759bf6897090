"""The different places of a document, numbered; calls and homes at one point are one place."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

from dispatch_engine.model.paths import place_paths
from dispatch_engine.model.places import Place
from dispatch_engine.model.positions import position_of, positions_of
from dispatch_engine.travel.source import Place as TravelPlace

if TYPE_CHECKING:
    from dispatch_engine.model.paths import Path
    from dispatch_engine.model.places import Point
    from dispatch_engine.model.problem import ProblemDocument

Key: TypeAlias = str | tuple[float, float] | None


@dataclass(frozen=True)
class User:
    """Who a place belongs to: a call, a technician or provider, a stock location or a meeting."""

    kind: Literal["call", "technician", "location", "meeting"]
    id: str


class Places:
    """Numbers for places: by position, or by id where a given matrix knows them.

    Attributes
    ----------
    for_travel
        The places by number, as travel sources take them.
    users
        Whose each place is, by number.
    """

    def __init__(self, problem: ProblemDocument) -> None:
        self._by_id = problem.travel.source == "matrix"
        self._positions = positions_of(problem)
        self._number: dict[Key, int] = {}
        self.for_travel: list[TravelPlace] = []
        self.users: list[list[User]] = []
        for path, place in place_paths(problem):
            self._add(place, _user(problem, path))

    def number(self, place: Place) -> int:
        """Return the number of a place of the document."""
        return self._number[self._key(place)]

    def position(self, place: Place) -> Point | None:
        """Return where a place is; None where only a travel matrix knows it."""
        return position_of(place, self._positions)

    def located(self, place: Place) -> Place:
        """Return the place with its position, where that is known."""
        position = self.position(place)
        return place if position is None else Place(id=place.id, lat=position.lat, lon=position.lon)

    def _key(self, place: Place) -> Key:
        if self._by_id:
            return place.id
        position = self.position(place)
        return None if position is None else (position.lat, position.lon)

    def _add(self, place: Place, user: User) -> None:
        number = self._number.setdefault(self._key(place), len(self.users))
        if number == len(self.users):
            self.users.append([])
            position = self.located(place)
            name = place.id if place.id is not None else f"{user.kind} {user.id}"
            self.for_travel.append(TravelPlace(self._unused(name), position.lat, position.lon))
        if user not in self.users[number]:
            self.users[number].append(user)

    def _unused(self, name: str) -> str:
        """Return a name that no other place has: a place's id may read like the name that is made for another."""
        taken = {place.id for place in self.for_travel}
        return name if name not in taken else f"{name} ({len(taken)})"


def _user(problem: ProblemDocument, path: Path) -> User:
    things, row = path[0], int(path[1])
    if things == "calls":
        return User("call", problem.calls[row].id)
    if things == "stock_locations":
        return User("location", problem.stock_locations[row].id)
    if things == "meetings":
        return User("meeting", problem.meetings[row].id)
    return User("technician", (problem.technicians if things == "technicians" else problem.providers)[row].id)
