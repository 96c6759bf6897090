from collections.abc import Callable

import pytest
from geopy.distance import geodesic

from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.snap import Snapper
from dispatch_engine.travel.source import LatLon

STREET = {"highway": "residential"}


def test_a_place_is_tied_to_the_nearest_street_not_to_the_nearest_corner(network_from: Callable[..., Network]) -> None:
    nodes = {1: (0, 0), 2: (10, 0), 3: (5, 2)}
    network = network_from(nodes, [([1, 2], {**STREET, "name": "long"}), ([2, 3], {**STREET, "name": "side"})])
    snapped = Snapper(network).snap([LatLon(0.0008, 0.005)])
    assert network.street(int(snapped.segment[0])).name == "long"
    assert snapped.share[0] == pytest.approx(0.5, abs=1e-6)


def test_the_distance_to_the_road_is_in_metres(network_from: Callable[..., Network]) -> None:
    network = network_from({1: (0, 0), 2: (10, 0)}, [([1, 2], STREET)])
    snapped = Snapper(network).snap([LatLon(0.003, 0.004)])
    assert snapped.distance_m[0] == pytest.approx(geodesic((0.003, 0.004), (0, 0.004)).m, rel=1e-4)


def test_a_place_beyond_the_end_of_a_street_is_tied_to_its_end(network_from: Callable[..., Network]) -> None:
    network = network_from({1: (0, 0), 2: (10, 0)}, [([1, 2], STREET)])
    snapped = Snapper(network).snap([LatLon(0.0, -0.001), LatLon(0.0, 0.011)])
    assert snapped.share.tolist() == [0, 1]


def test_no_places_are_tied_to_nothing(nauru: Network) -> None:
    assert Snapper(nauru).snap([]).segment.shape == (0,)


def test_a_place_seen_before_is_tied_to_the_same_spot(nauru: Network) -> None:
    snapper, points = Snapper(nauru), [LatLon(-0.52, 166.93), LatLon(-0.53, 166.92), LatLon(-0.52, 166.93)]
    first, again = snapper.snap(points[:1]), snapper.snap(points)
    assert again.share[0] == again.share[2] == first.share[0]
    assert again.segment[0] == again.segment[2] == first.segment[0]
