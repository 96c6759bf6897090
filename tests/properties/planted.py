"""Plans drawn first, then the problems that just allow them: vans, locations and meetings have what is taken, no more.

Every plan has restocks, borrowed tools, nights, a meeting, parcels and other sourcings as the dice fall. What limits it
is either just met or far away, so that one piece or one second more breaks a rule.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from functools import cache

import numpy as np

from solver.checker import check
from solver.problem import NONE, Problem
from solver.solution import Route
from tests.properties.dice import DAY_S, Dice
from tests.properties.planned import Case
from tests.properties.planting import Rows, Tour, just_enough
from tests.solver.builder import Location, Meeting, Parcel, Shift, Sourcing, Visit
from tests.solver.checker.plans import drive, meet, plan, restock, serve, with_stop

N_PARTS, N_TOOLS, N_PLACES, N_LOCATIONS = 3, 2, 6, 2
GIVER, TAKER = 0, 1


@cache
def planted_cases(seed: int, count: int) -> tuple[Case, ...]:
    """Draw plans that keep every rule, with the problems that allow them."""
    return tuple(_Planter(np.random.default_rng([seed, number]), frozenset()).case() for number in range(count))


@dataclass(frozen=True)
class _Planter(Dice):
    """Draws tours stop by stop; ``own_tools`` by technician grow as the tours ask for them."""

    visits: list[Visit] = field(default_factory=list)
    own_tools: dict[int, set[int]] = field(default_factory=dict)

    def case(self) -> Case:
        n_technicians = self.number(2, 3)
        tours = [self.tour(shift, shift % n_technicians, n_technicians) for shift in range(n_technicians + 1)]
        self.hand_over(tours)
        rows = self.rows(tours, n_technicians)
        routes = driven(rows.problem(), tours)
        at_s = max([0, *(stop.arrival_s for route in routes for stop in route.stops if stop.meeting != NONE)])
        rows = replace(rows, meetings=[replace(rows.meetings[0], at_s=at_s + self.number(0, 600))])
        routes = driven(rows.problem(), tours)
        problem = just_enough(self, rows, tours, routes).problem()
        solution = plan(*(_with_facts(tour, route) for tour, route in zip(tours, routes, strict=True)))
        report = check(problem, solution)
        return Case(problem, replace(solution, cost_by_term=report.cost_by_term), report)

    def tour(self, shift: int, technician: int, n_technicians: int) -> Tour:
        """Draw a route: the last shift is on the next day, a third technician's may have begun."""
        has_fact = technician == 2 and self.rng.random() < 0.5
        tour = Tour(
            shift,
            technician,
            DAY_S if shift == n_technicians else 0,
            has_fact,
            not has_fact and self.rng.random() < 0.5,
        )
        for k in range(self.number(1, 4)):
            if has_fact and k == 0:
                self.add_visit(tour, {}, tools=[])
                continue
            if self.rng.random() < 0.5:
                tour.stops.append(restock(self.number(0, N_LOCATIONS - 1)))
            if shift == TAKER and self.rng.random() < 0.5 and all(stop.meeting == NONE for stop in tour.stops):
                tour.stops.append(meet())
            self.add_visit(tour, self.levels(N_PARTS, 1, 2, 0.6), self.some(N_TOOLS, 0.3))
        tour.drop_idle_stops()
        return tour

    def add_visit(self, tour: Tour, needs: dict[int, int], tools: list[int]) -> None:
        """Add a visit whose pieces come each from somewhere ahead of it, and its tools too."""
        for part in [part for part, pieces in needs.items() for _ in range(pieces)]:
            tour.take(part, self.one_of(tour.sources()))
        for tool in tools:
            self.provide(tour, tool)
        sourcings, chosen = self.sourcings(needs) if needs else ([], NONE)
        row = NONE if chosen == NONE else sum(len(visit.sourcings) for visit in self.visits) + chosen
        stated = needs if chosen == NONE else self.levels(N_PARTS, 1, 2)
        tour.stops.append(serve(len(self.visits), row))
        self.visits.append(
            Visit(
                place=self.number(0, N_PLACES - 1),
                service_s=self.number(300, 900),
                parts=stated,
                tools=tools,
                revisit_ticks=self.number(0, 9),
                sourcings=sourcings,
            )
        )

    def one_of(self, options: list[int]) -> int:
        return options[self.number(0, len(options) - 1)]

    def provide(self, tour: Tour, tool: int) -> None:
        own = self.own_tools.setdefault(tour.technician, set())
        restocks = [at for at, stop in enumerate(tour.stops) if stop.location != NONE]
        if tool in own or any(tool in stop.tools for stop in tour.stops):
            return
        if restocks and self.rng.random() < 0.7:
            tour.borrow(tool, self.one_of(restocks))
        else:
            own.add(tool)

    def sourcings(self, needs: dict[int, int]) -> tuple[list[Sourcing], int]:
        """Draw up to two ways and which is taken; the one that is taken uses what was found for it."""
        count = self.number(0, 2)
        if not count:
            return [], NONE
        ways = [self.sourcing(self.levels(N_PARTS, 1, 2)) for _ in range(count)]
        chosen = self.number(NONE, count - 1)
        return [replace(way, parts=needs) if k == chosen else way for k, way in enumerate(ways)], chosen

    def sourcing(self, parts: dict[int, int]) -> Sourcing:
        ticks = {name: self.number(0, 9) for name in ("courier_ticks", "substitute_ticks", "revisit_ticks")}
        parcels = [Parcel(self.number(0, N_LOCATIONS - 1), sent) for sent in self.parcels()]
        return Sourcing(parts, parcels, **ticks)

    def parcels(self) -> list[dict[int, int]]:
        return [sent for _ in range(self.number(0, 2)) if (sent := self.levels(N_PARTS, 1, 2, 0.5))]

    def hand_over(self, tours: list[Tour]) -> None:
        """Let the giver stop at the meeting for all that the taker takes there."""
        taken = next((dict(stop.loads) for stop in tours[TAKER].stops if stop.meeting != NONE), None)
        if taken:
            tours[GIVER].stops.insert(self.number(0, len(tours[GIVER].stops)), meet(gives=taken))
            tours[GIVER].from_van.update(taken)

    def rows(self, tours: list[Tour], n_technicians: int) -> Rows:
        own = [self.own_tools.get(technician, set()) for technician in range(n_technicians)]
        stock = [sum((t.from_van for t in tours if t.technician == k), Counter[int]()) for k in range(n_technicians)]
        return Rows(
            visits=self.visits,
            stock=stock,
            tools=own,
            shifts=[Shift(t.technician, start_s=t.start_s, regular_end_s=t.start_s + DAY_S) for t in tours],
            locations=[self.location() for _ in range(N_LOCATIONS)],
            meetings=[Meeting(self.number(0, N_PLACES - 1), handling_s=self.number(0, 300))],
            part_sizes={part: (self.number(0, 3), self.number(1, 3), self.number(0, 1)) for part in range(N_PARTS)},
        )

    def location(self) -> Location:
        return Location(self.number(0, N_PLACES - 1), handling_s=self.number(0, 300), line_s=self.number(0, 99))


def driven(problem: Problem, tours: list[Tour]) -> list[Route]:
    """Drive all tours without idling, but for the meeting."""
    return [drive(problem, tour.stops, shift=tour.shift, overnight=dict(sorted(tour.night.items()))) for tour in tours]


def _with_facts(tour: Tour, route: Route) -> Route:
    return with_stop(route, 0, is_fact=True) if tour.has_fact else route
