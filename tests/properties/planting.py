"""What planted plans are made of: tours while they are drawn, and rows of the problem that just allow them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from solver.problem import NONE, Problem
from solver.solution import Route, Stop
from tests.properties.dice import Dice
from tests.solver.builder import Fact, Location, Meeting, Shift, Sourcing, Technician, Visit, make_problem

VAN, NIGHT = -1, -2
"""Where a piece may come from besides the stops of its route, which are numbered from 0."""


@dataclass
class Tour:
    """One route while it is drawn: its stops without times, what comes from the van and what from the night's load."""

    shift: int
    technician: int
    start_s: int
    has_fact: bool
    has_night: bool
    stops: list[Stop] = field(default_factory=list)
    from_van: Counter[int] = field(default_factory=Counter)
    night: Counter[int] = field(default_factory=Counter)

    def sources(self) -> list[int]:
        """Return where a piece for the next visit may come from."""
        return [VAN, *([NIGHT] if self.has_night else []), *(k for k, s in enumerate(self.stops) if not s.is_visit)]

    def take(self, part: int, source: int) -> None:
        """Take a piece from one of the sources."""
        if source < 0:
            (self.from_van if source == VAN else self.night)[part] += 1
            return
        loads = Counter(dict(self.stops[source].loads))
        loads[part] += 1
        self.stops[source] = replace(self.stops[source], loads=tuple(sorted(loads.items())))

    def borrow(self, tool: int, source: int) -> None:
        """Borrow a tool at a stop."""
        self.stops[source] = replace(self.stops[source], tools=(*self.stops[source].tools, tool))

    def drop_idle_stops(self) -> None:
        """Leave out restocks and meetings at which nothing is taken on."""
        self.stops = [stop for stop in self.stops if stop.is_visit or stop.loads or stop.tools]

    def sizes(self, rows: Rows, measure: int) -> Iterator[int]:
        """Yield how much of a measure the van holds after each time that parts are taken on."""
        size = {part: sizes[measure] for part, sizes in rows.part_sizes.items()}
        held = sum(size[part] * pieces for part, pieces in (rows.stock[self.technician] + self.night).items())
        if self.night:
            yield held
        for k, stop in enumerate(self.stops):
            used = {} if self.has_fact and k == 0 else rows.used(stop)
            held += sum(size[part] * pieces for part, pieces in stop.loads)
            held -= sum(size[part] * pieces for part, pieces in [*stop.gives, *used.items()])
            if stop.loads:
                yield held


@dataclass(frozen=True)
class Rows:
    """Arguments of ``make_problem``, and what each technician's van has of parts and tools."""

    visits: Sequence[Visit]
    stock: Sequence[Counter[int]]
    tools: Sequence[set[int]]
    shifts: Sequence[Shift]
    locations: Sequence[Location]
    meetings: Sequence[Meeting]
    part_sizes: dict[int, tuple[int, int, int]]
    room: Sequence[dict[int, int]] = ()

    def problem(self) -> Problem:
        """Build the problem."""
        room = self.room or [{}] * len(self.stock)
        crew = [
            Technician(stock=stock, tools=tools, room=limit)
            for stock, tools, limit in zip(self.stock, self.tools, room, strict=True)
        ]
        return make_problem(
            self.visits,
            crew,
            self.shifts,
            line_s=[600 * k for k in range(8)],
            locations=self.locations,
            meetings=self.meetings,
            part_sizes=self.part_sizes,
        )

    def sourcing(self, stop: Stop) -> Sourcing | None:
        """Return the way in which a visit gets its parts, None where it is as stated."""
        ahead = sum(len(visit.sourcings) for visit in self.visits[: stop.visit])
        return None if stop.sourcing == NONE else self.visits[stop.visit].sourcings[stop.sourcing - ahead]

    def used(self, stop: Stop) -> dict[int, int]:
        """Return what a stop uses from the van."""
        if not stop.is_visit:
            return {}
        sourcing = self.sourcing(stop)
        return dict(self.visits[stop.visit].parts if sourcing is None else sourcing.parts)


def just_enough(dice: Dice, rows: Rows, tours: Sequence[Tour], routes: Sequence[Route]) -> Rows:
    """Limit stock, room, hours, nights and shifts to what the routes need."""
    rows = replace(rows, visits=_released(dice, rows, routes))
    pairs = list(zip(tours, routes, strict=True))
    taken = [row for pair in pairs for row in _withdrawals(rows, *pair)]
    restocks = [(tour.technician, stop) for tour, route in pairs for stop in route.stops if stop.location != NONE]
    everyone = range(len(rows.stock))
    return replace(
        rows,
        shifts=[_shift(dice, rows, *pair) for pair in pairs],
        locations=[
            _location(
                dice,
                row,
                taken=[line for line in taken if line[0] == k],
                restocks=[stop for _, stop in restocks if stop.location == k],
                closed_to=set(everyone) - {technician for technician, stop in restocks if stop.location == k},
            )
            for k, row in enumerate(rows.locations)
        ],
        meetings=[replace(rows.meetings[0], technicians=[0, 1])],
        room=[_room(dice, rows, [t for t in tours if t.technician == k]) for k in range(len(rows.stock))],
    )


def _released(dice: Dice, rows: Rows, routes: Sequence[Route]) -> list[Visit]:
    """Let each parcel be picked up before its visit, the last one arrive just in time or early."""
    start_s = {stop.visit: stop.start_s for route in routes for stop in route.stops}
    visits = []
    for v, visit in enumerate(rows.visits):
        sourcings = []
        for way in visit.sourcings:
            parcels = [replace(parcel, pickup_s=dice.number(0, start_s[v])) for parcel in way.parcels]
            picked_s = max((parcel.pickup_s for parcel in parcels), default=0)
            release_s = dice.number(0, 1) * start_s[v] or picked_s
            sourcings.append(replace(way, parcels=parcels, release_s=release_s))
        visits.append(replace(visit, sourcings=sourcings))
    return visits


def _withdrawals(rows: Rows, tour: Tour, route: Route) -> Iterator[tuple[int, int, int, int]]:
    """Yield (location, part, moment, pieces) of all that a route takes; nights are loaded at location 0."""
    yield from ((0, part, tour.start_s, pieces) for part, pieces in route.overnight)
    for k, stop in enumerate(route.stops):
        if stop.location != NONE:
            yield from ((stop.location, part, stop.start_s, pieces) for part, pieces in stop.loads)
        sourcing = rows.sourcing(stop) if stop.is_visit and not (tour.has_fact and k == 0) else None
        for parcel in sourcing.parcels if sourcing else ():
            yield from ((parcel.location, part, parcel.pickup_s, pieces) for part, pieces in parcel.parts.items())


def _location(
    dice: Dice,
    row: Location,
    *,
    taken: Sequence[tuple[int, int, int, int]],
    restocks: Sequence[Stop],
    closed_to: set[int],
) -> Location:
    """Let what is taken arrive at that moment or at the beginning; open for the first to the last restock."""
    hours = (min((s.start_s for s in restocks), default=0), max((s.end_s for s in restocks), default=0))
    return replace(
        row,
        supplies=[(part, dice.number(0, 1) * at_s, pieces) for _, part, at_s, pieces in taken],
        tools=Counter(tool for stop in restocks for tool in stop.tools),
        openings=[hours] if dice.number(0, 1) else (),
        closed_to=closed_to,
    )


def _shift(dice: Dice, rows: Rows, tour: Tour, route: Route) -> Shift:
    """End the shift with the route; limit what the night loads to what is used of it and of the van's own stock."""
    shift = replace(rows.shifts[tour.shift], regular_end_s=route.end_s)
    if tour.has_fact:
        fact = route.stops[0]
        facts = [Fact(fact.visit, fact.start_s, fact.end_s)]
        return replace(shift, departed_s=route.departure_s, facts=facts)
    if not tour.has_night:
        return shift
    given = Counter({part: pieces for stop in tour.stops for part, pieces in stop.gives})
    limit = {part: tour.night[part] + (tour.from_van - given)[part] for part in tour.night}
    return replace(shift, overnight_location=0, overnight_limit=limit if dice.number(0, 1) else None)


def _room(dice: Dice, rows: Rows, tours: Sequence[Tour]) -> dict[int, int]:
    """Give a van just the room that it needs in some measures."""
    most = {m: max([0, *(size for tour in tours for size in tour.sizes(rows, m))]) for m in range(3)}
    return {measure: room for measure, room in most.items() if dice.number(0, 1)}
