"""What a plan does to vans and stock locations, day by day."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.restock.errors import NightPlanOtherError
from dispatch_engine.restock.ledger import Ledger
from dispatch_engine.restock.pieces import all_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dispatch_engine.model.plan import PlanDocument, Route, Stop
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.restock.nights import Days


@dataclass
class RouteParts:
    """What one route does with the pieces of its van, by part.

    ``used`` by its visits (``used_by_call`` says which), ``given`` at meetings, ``taken`` at restocks and meetings on
    the way, ``loaded`` in the night before.
    """

    used_by_call: dict[str, Counter[str]] = field(default_factory=dict)
    given: Counter[str] = field(default_factory=Counter)
    taken: Counter[str] = field(default_factory=Counter)
    loaded: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, route: Route) -> RouteParts:
        """Add up the stops of a route; facts are behind and use nothing."""
        parts = cls()
        if route.overnight is not None:
            parts.loaded.update(route.overnight.parts)
        for stop in route.stops:
            parts._add(stop)
        return parts

    @property
    def used(self) -> Counter[str]:
        """Pieces used by all visits."""
        return all_of(self.used_by_call.values())

    def _add(self, stop: Stop) -> None:
        if stop.kind == "visit" and stop.call is not None and stop.parts:
            self.used_by_call.setdefault(stop.call, Counter()).update(stop.parts)
        self.given.update(stop.gives)
        self.taken.update(stop.loads)


class Followed:
    """A plan, or none, beside its problem.

    Raises
    ------
    NightPlanOtherError
        The plan names what the problem does not have.
    """

    def __init__(self, problem: ProblemDocument, plan: PlanDocument | None, days: Days) -> None:
        self.problem = problem
        self._days = days
        self._routes = plan.routes if plan is not None else ()
        self._unplanned = [each.call for each in plan.unplanned] if plan is not None else []
        self._shifts = {(each.id, shift.id): (each, shift) for each in problem.capacities for shift in each.shifts}
        unknown = list(dict.fromkeys(self._unknown()))
        if unknown:
            raise NightPlanOtherError(problem.id, unknown)
        self._parts = {(route.technician, route.shift): RouteParts.of(route) for route in self._routes}

    def parts_of(self, capacity: Capacity, shift: Shift) -> RouteParts:
        """Return what the route of a shift does with its parts."""
        return self._parts.get((capacity.id, shift.id), RouteParts())

    def drive(self, day: date, holds: dict[str, Counter[str]]) -> None:
        """Take the routes of one day off what the vans hold, by technician and part; nothing falls below zero.

        What was loaded in the night before is in ``holds`` already; what a later shift of the day loads in between is
        added here.
        """
        for capacity in self.problem.capacities:
            for number, shift in enumerate(self._days.shifts_on(capacity, day)):
                parts = self.parts_of(capacity, shift)
                change = parts.taken + (parts.loaded if number else Counter())
                change.subtract(parts.used + parts.given)
                holds[capacity.id].update(change)
                holds[capacity.id] = +holds[capacity.id]

    def ledgers(self) -> dict[tuple[str, str], Ledger]:
        """Return what every location can still give of every part with all that the plan takes, nights included."""
        ledgers: dict[tuple[str, str], Ledger] = defaultdict(Ledger)
        for location in self.problem.stock_locations:
            arriving = defaultdict(list)
            for delivery in location.deliveries:
                for part, pieces in delivery.parts.items():
                    arriving[part].append((delivery.at, pieces))
            for part in dict.fromkeys((*location.stock, *arriving)):
                ledgers[location.id, part] = Ledger(location.stock.get(part, 0), arriving[part])
        for route in self._routes:
            self._take(route, ledgers)
        return ledgers

    def give_back_night(self, day: date, ledgers: Mapping[tuple[str, str], Ledger]) -> None:
        """Undo that the plan takes what it loads in the night before a day, and between the shifts of that day."""
        for route in self._routes:
            _, shift = self._shifts[route.technician, route.shift]
            if route.overnight is not None and self._days.date_of(shift.start) == day:
                for part, pieces in route.overnight.parts.items():
                    ledgers[route.overnight.location, part].give_back(shift.start, pieces)

    def _take(self, route: Route, ledgers: dict[tuple[str, str], Ledger]) -> None:
        for stop in route.stops:
            if stop.location is not None:
                for part, pieces in stop.loads.items():
                    ledgers[stop.location, part].take(stop.start, pieces)
            for parcel in stop.sourcing.parcels if stop.sourcing is not None else ():
                for part, pieces in parcel.parts.items():
                    ledgers[parcel.location, part].take(parcel.pickup, pieces)
        if route.overnight is not None:
            _, shift = self._shifts[route.technician, route.shift]
            for part, pieces in route.overnight.parts.items():
                ledgers[route.overnight.location, part].take(shift.start, pieces)

    def _unknown(self) -> Iterator[str]:
        calls = {call.id for call in self.problem.calls}
        locations = {location.id for location in self.problem.stock_locations}
        yield from (f"call {call}" for call in self._unplanned if call not in calls)
        for route in self._routes:
            if (route.technician, route.shift) not in self._shifts:
                yield f"shift {route.shift} of {route.technician}"
            for stop in route.stops:
                if stop.call is not None and stop.call not in calls:
                    yield f"call {stop.call}"
            yield from (f"stock location {each}" for each in _locations(route) if each not in locations)


def _locations(route: Route) -> Iterator[str]:
    """Yield the stock locations that a route names."""
    if route.overnight is not None:
        yield route.overnight.location
    for stop in route.stops:
        if stop.location is not None:
            yield stop.location
        yield from (parcel.location for parcel in stop.sourcing.parcels) if stop.sourcing is not None else ()
