"""Deliveries as problem documents: vehicles are technicians, customers are calls, goods are parts in vans."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bench.families.documents import DEAR, Json, matrix, moment, prices, problem, shift, window
from bench.families.tours import DEPOT

if TYPE_CHECKING:
    from collections.abc import Sequence

    from bench.families.delivery import Delivery
    from dispatch_engine.model.problem import ProblemDocument

GOODS = "goods"
"""The one part of families in which all goods are alike."""

METRES_PER_KM = 1000


def filled_vans(delivery: Delivery) -> ProblemDocument:
    """Return the document in which a van leaves with as many pieces of one part as the vehicle can carry.

    Customers that not all vehicles may serve need a skill, one for each set of vehicles.
    """
    skill = _skill_by_vehicles(delivery)
    vans = [
        {
            "stock": {GOODS: vehicle.capacity},
            "skills": {name: 1 for vehicles, name in skill.items() if number in vehicles},
        }
        for number, vehicle in enumerate(delivery.vehicles, start=1)
    ]
    calls = [
        {
            "parts": {GOODS: node.demand} if node.demand else {},
            "skills": {skill[vehicles]: 1} if vehicles in skill else {},
        }
        for node, vehicles in zip(delivery.nodes[1:], _vehicles_by_customer(delivery), strict=True)
    ]
    return _document(delivery, vans, calls)


def _vehicles_by_customer(delivery: Delivery) -> list[frozenset[int]]:
    return [
        frozenset(
            number
            for number, vehicle in enumerate(delivery.vehicles, start=1)
            if vehicle.allowed is None or node in vehicle.allowed
        )
        for node in range(1, len(delivery.nodes))
    ]


def _skill_by_vehicles(delivery: Delivery) -> dict[frozenset[int], str]:
    everyone = len(delivery.vehicles)
    sets = dict.fromkeys(vehicles for vehicles in _vehicles_by_customer(delivery) if len(vehicles) < everyone)
    return {vehicles: f"group-{number}" for number, vehicles in enumerate(sets, start=1)}


def reloading_vans(delivery: Delivery) -> ProblemDocument:
    """Return the document in which vans start empty and restock at the depot, each customer's goods being one piece.

    The depot is open as long as tours last, a stop takes no time, and a piece is there from the customer's release on.
    """
    vans = [{"stock_capacity": {"volume": vehicle.capacity}} for vehicle in delivery.vehicles]
    customers = range(1, len(delivery.nodes))
    calls = [{"parts": {str(number): 1}} for number in customers]
    parts = [{"id": str(number), "volume": delivery.nodes[number].demand} for number in customers]
    return _document(delivery, vans, calls, parts=parts, stock_locations=[_depot(delivery)])


def _depot(delivery: Delivery) -> Json:
    depot, customers = delivery.nodes[DEPOT], list(enumerate(delivery.nodes))[1:]
    return {
        "id": "depot",
        "place": str(DEPOT),
        "opening": [window(depot.ready, depot.due)],
        "stock": {str(number): 1 for number, customer in customers if customer.release <= depot.ready},
        "deliveries": [
            {"at": moment(customer.release), "parts": {str(number): 1}}
            for number, customer in customers
            if customer.release > depot.ready
        ],
    }


def _document(delivery: Delivery, vans: Sequence[Json], calls: Sequence[Json], **more: Any) -> ProblemDocument:
    depot, units, longest = delivery.nodes[DEPOT], delivery.rules.units_per_cost, delivery.rules.longest
    drop_price = round(DEAR * int((delivery.legs[DEPOT] + delivery.legs[:, DEPOT]).max()) / units, 3)
    return problem(
        delivery.name,
        [
            {"id": str(number), "home": str(DEPOT), "shifts": [shift(depot.ready, depot.due, longest)], **van}
            for number, van in enumerate(vans, start=1)
        ],
        [
            {
                "id": str(number),
                "place": str(number),
                "duration": customer.service,
                "windows": [window(customer.ready, customer.due)],
                "drop_price": drop_price,
                **call,
            }
            for number, (customer, call) in enumerate(zip(delivery.nodes[1:], calls, strict=True), start=1)
        ],
        travel=matrix(delivery.legs),
        policy={"prices": prices(per_km=METRES_PER_KM / units)},
        **more,
    )
