from dataclasses import replace

import numpy as np
import pytest

from bench.families.delivery import Customer, Delivery, Rules, Vehicle
from bench.families.tours import Tour

DEPOT = Customer(demand=0, service=0, ready=0, due=1000)
OPEN = Customer(demand=1, service=10, ready=0, due=1000)


def delivery(*customers: Customer, rules: Rules | None = None, **more: object) -> Delivery:
    """Return an instance on a line, a hundred units from node to node, with two vehicles that can carry two."""
    nodes = [DEPOT, *customers]
    places = 100 * np.arange(len(nodes))
    given = Delivery(
        name="line",
        bks=None,
        legs=np.abs(places[:, None] - places[None, :]),
        nodes=nodes,
        vehicles=[Vehicle(2), Vehicle(2)],
        rules=rules or Rules(units_per_cost=10),
    )
    return replace(given, **more)  # type: ignore[arg-type] # any field


def faults(instance: Delivery, *tours: tuple[int, ...]) -> tuple[str, ...]:
    return instance.judged([Tour(vehicle, stops) for vehicle, stops in enumerate(tours, start=1)]).faults


def test_a_tour_costs_its_way_there_and_back() -> None:
    judgement = delivery(OPEN, OPEN).judged([Tour(1, (1, 2))])
    assert judgement.cost == 40
    assert judgement.faults == ()


def test_a_customer_served_by_two_vehicles_is_a_fault() -> None:
    assert faults(delivery(OPEN), (1,), (1,)) == ("node 1 stands 2 times",)


def test_a_vehicle_that_leaves_twice_is_a_fault() -> None:
    twice = delivery(OPEN, OPEN).judged([Tour(1, (1,)), Tour(1, (2,))])
    assert twice.faults == ("vehicle 1 stands 2 times",)


def test_a_vehicle_carries_no_more_than_it_can() -> None:
    heavy = replace(OPEN, demand=2)
    assert faults(delivery(OPEN, OPEN), (1, 2)) == ()
    assert faults(delivery(OPEN, heavy), (1, 2)) == ("vehicle 1 carries 3 of 2",)


@pytest.mark.parametrize(("due", "late"), [(100, ()), (99, ("vehicle 1 is at 1 at 100, after 99",))])
def test_work_begins_no_later_than_it_may(due: int, late: tuple[str, ...]) -> None:
    assert faults(delivery(replace(OPEN, due=due)), (1,)) == late


@pytest.mark.parametrize(("due", "late"), [(210, ()), (209, ("vehicle 1 is at 0 at 210, after 209",))])
def test_a_tour_is_back_before_the_depot_closes_work_included(due: int, late: tuple[str, ...]) -> None:
    instance = delivery(OPEN)
    assert faults(replace(instance, nodes=[replace(DEPOT, due=due), OPEN]), (1,)) == late


def test_a_vehicle_serves_only_whom_it_may() -> None:
    instance = delivery(OPEN, vehicles=[Vehicle(2, frozenset()), Vehicle(2, frozenset({1}))])
    assert faults(instance, (1,)) == ("vehicle 1 may not serve 1",)
    assert faults(instance, (), (1,)) == ()


@pytest.mark.parametrize(("longest", "away"), [(210, ()), (209, ("vehicle 1 is away for 210 of 209",))])
def test_time_away_counts_from_the_latest_departure(longest: int, away: tuple[str, ...]) -> None:
    waits = replace(OPEN, ready=500)
    assert faults(delivery(waits, rules=Rules(units_per_cost=1, longest=longest)), (1,)) == away


def test_waiting_between_customers_counts_as_time_away() -> None:
    early, waits = replace(OPEN, due=100), replace(OPEN, ready=500)
    limited = delivery(early, waits, rules=Rules(units_per_cost=1, longest=709))
    assert faults(limited, (1, 2)) == ("vehicle 1 is away for 710 of 709",)


def test_a_vehicle_that_reloads_carries_its_capacity_on_every_trip() -> None:
    reloading = delivery(OPEN, OPEN, vehicles=[Vehicle(1)], rules=Rules(units_per_cost=1, may_reload=True))
    assert faults(reloading, (1, 2)) == ("vehicle 1 carries 2 of 1",)
    assert faults(reloading, (1, 0, 2)) == ()
    assert reloading.judged([Tour(1, (1, 0, 2))]).cost == 600


def test_only_some_families_reload() -> None:
    assert faults(delivery(OPEN, OPEN), (1, 0, 2)) == ("vehicle 1 reloads",)


def test_a_trip_leaves_when_its_goods_are_there() -> None:
    released = replace(OPEN, release=300, due=400)
    reloading = Rules(units_per_cost=1, may_reload=True)
    assert faults(delivery(released, rules=reloading), (1,)) == ()
    assert faults(delivery(replace(released, due=399), rules=reloading), (1,)) == (
        "vehicle 1 is at 1 at 400, after 399",
    )
    assert faults(delivery(replace(released, due=399), OPEN, rules=reloading), (2, 0, 1)) == (
        "vehicle 1 is at 1 at 510, after 399",
    )
