"""The different places of a document, numbered; calls and homes at one point are one place."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from threading import Lock
from typing import TYPE_CHECKING, Literal, TypeAlias

from dispatch_engine.model.paths import place_paths
from dispatch_engine.model.places import Place, Point
from dispatch_engine.model.positions import position_of, positions_of
from dispatch_engine.travel.source import Place as TravelPlace

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.model.paths import Path
    from dispatch_engine.model.problem import ProblemDocument

Key: TypeAlias = str | tuple[float, float] | None


@dataclass(frozen=True)
class User:
    """Who a place belongs to: a call, a technician or provider, a stock location or a meeting."""

    kind: Literal["call", "technician", "location", "meeting"]
    id: str


class Numbers:
    """Numbers of places. They only grow, so that later states of a board can share them.

    Attributes
    ----------
    by_key
        The number of each place.
    for_travel
        The places by number, as travel sources take them.
    known_by_id
        The ids by which places were named without a position beside.
    growing
        Held by whoever adds places.
    """

    def __init__(self) -> None:
        self.by_key: dict[Key, int] = {}
        self.for_travel: list[TravelPlace] = []
        self.known_by_id: set[str | None] = set()
        self.growing = Lock()
        self._names: set[str] = set()

    def named(self, place: Place, user: User) -> TravelPlace:
        """Return a place, with its position where that is known, under a name that no other has."""
        name = self._unused(place.id if place.id is not None else f"{user.kind} {user.id}")
        self._names.add(name)
        return TravelPlace(name, place.lat, place.lon)

    def add(self, places: Mapping[Key, TravelPlace]) -> None:
        """Give places that have no number yet the next ones, in their order."""
        self.for_travel.extend(places.values())
        self.by_key.update({key: len(self.by_key) + k for k, key in enumerate(places)})

    def _unused(self, name: str) -> str:
        """Return a name that no other place has: a place's id may read like the name that is made for another."""
        return name if name not in self._names else f"{name} ({len(self._names)})"


class Places:
    """The places of a problem with their numbers: by position, or by id where a given matrix knows them.

    Parameters
    ----------
    problem
        Whose places these are.
    numbers
        Those of an earlier state of the board, which need not have all places yet; None numbers all in order.
    """

    def __init__(self, problem: ProblemDocument, numbers: Numbers | None = None) -> None:
        self._problem = problem
        self._by_id = problem.travel.source == "matrix"
        self.numbers = Numbers() if numbers is None else numbers
        if numbers is None:
            self.numbers.add(self.without_number(users_of(problem)))

    @property
    def for_travel(self) -> list[TravelPlace]:
        """The places by number, as travel sources take them."""
        return self.numbers.for_travel

    @cached_property
    def users(self) -> list[list[User]]:
        """Whose each place is, by number."""
        users: list[dict[User, None]] = [{} for _ in self.for_travel]
        for user, place in users_of(self._problem):
            users[self.number(place)][user] = None
        return [list(each) for each in users]

    def number(self, place: Place) -> int:
        """Return the number of a place of the document."""
        return self.numbers.by_key[self._key(place)]

    def without_number(self, places: Iterable[tuple[User, Place]]) -> dict[Key, TravelPlace]:
        """Return those of the places that have no number, each once."""
        missing: dict[Key, TravelPlace] = {}
        for user, place in places:
            key = self._key(place)
            if not place.has_coordinates:
                self.numbers.known_by_id.add(place.id)
            if key not in self.numbers.by_key and key not in missing:
                missing[key] = self.numbers.named(self.located(place), user)
        return missing

    def position(self, place: Place) -> Point | None:
        """Return where a place is; None where only a travel matrix knows it."""
        if place.lat is not None and place.lon is not None:
            return Point(lat=place.lat, lon=place.lon)
        return position_of(place, self._positions)

    def located(self, place: Place) -> Place:
        """Return the place with its position, where that is known."""
        if place.has_coordinates:
            return place
        position = self.position(place)
        return place if position is None else Place(id=place.id, lat=position.lat, lon=position.lon)

    @cached_property
    def _positions(self) -> dict[str, Point]:
        return positions_of(self._problem)

    def _key(self, place: Place) -> Key:
        if self._by_id:
            return place.id
        if place.lat is not None and place.lon is not None:
            return place.lat, place.lon
        position = self.position(place)
        return None if position is None else (position.lat, position.lon)


def users_of(problem: ProblemDocument) -> Iterator[tuple[User, Place]]:
    """Yield whose each place in use is, with the place."""
    for path, place in place_paths(problem):
        yield _user(problem, path), place


def _user(problem: ProblemDocument, path: Path) -> User:
    things, row = path[0], int(path[1])
    if things == "calls":
        return User("call", problem.calls[row].id)
    if things == "stock_locations":
        return User("location", problem.stock_locations[row].id)
    if things == "meetings":
        return User("meeting", problem.meetings[row].id)
    return User("technician", (problem.technicians if things == "technicians" else problem.providers)[row].id)
