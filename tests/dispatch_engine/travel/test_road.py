import json
import subprocess
import sys
from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from geopy.distance import geodesic

from dispatch_engine.travel.cache import MatrixCache
from dispatch_engine.travel.network.file import save_network
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.reach import SnapLimits
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import FAR_FROM_ROAD, OUTSIDE_NETWORK, UNREACHABLE_S, Place

Scatter = Callable[[Network, int], list[Place]]
OFFSHORE = Place("boat", -0.56, 166.925)
AWAY = Place("away", 40.0, -8.0)


def test_the_way_there_and_the_way_back_may_differ(coquimbo: Network, scatter: Scatter) -> None:
    duration_s = RoadSource(coquimbo).matrix(scatter(coquimbo, 20)).duration_s
    assert (duration_s != duration_s.T).any()


def test_driving_is_never_shorter_than_the_crow_flies(nauru: Network, scatter: Scatter) -> None:
    places = scatter(nauru, 15)
    source = RoadSource(nauru)
    matrix = source.matrix(places)
    for i, a in enumerate(places):
        for j, b in enumerate(places):
            assert matrix.distance_m[i, j] >= geodesic(a.located(), b.located()).m - 150


def test_the_line_of_a_drive_is_as_long_as_its_distance(coquimbo: Network, scatter: Scatter) -> None:
    places = scatter(coquimbo, 12)
    source = RoadSource(coquimbo)
    matrix = source.matrix(places)
    for i, j in [(0, 1), (2, 3), (4, 5), (6, 7), (8, 9), (10, 11)]:
        line = source.geometry(places[i], places[j])
        assert line is not None
        metres = sum(geodesic(a, b).m for a, b in pairwise(line))
        assert metres == pytest.approx(matrix.distance_m[i, j], rel=1e-3, abs=2)


def test_a_line_does_not_stand_still(coquimbo: Network, scatter: Scatter) -> None:
    origin, destination = scatter(coquimbo, 2)
    line = RoadSource(coquimbo).geometry(origin, destination)
    assert line is not None
    assert all(a != b for a, b in pairwise(line))


def test_added_places_give_the_matrix_of_all_places(nauru: Network, scatter: Scatter) -> None:
    places = [*scatter(nauru, 12), OFFSHORE, AWAY]
    source = RoadSource(nauru)
    known = source.matrix(places[:9])
    extended, whole = source.extended(known, places[:9], places[9:]), source.matrix(places)
    assert np.array_equal(extended.duration_s, whole.duration_s)
    assert np.array_equal(extended.distance_m, whole.distance_m)
    assert extended.warnings == whole.warnings


def test_a_place_far_from_the_road_is_reported_with_its_distance_and_served(nauru: Network, scatter: Scatter) -> None:
    matrix = RoadSource(nauru).matrix([*scatter(nauru, 3), OFFSHORE])
    [warning] = matrix.warnings
    assert (warning.place_id, warning.code) == ("boat", FAR_FROM_ROAD)
    assert warning.distance_m is not None
    assert f"{warning.distance_m} m" in warning.message
    assert matrix.duration_s.max() < UNREACHABLE_S


def test_a_place_outside_the_network_is_reported_and_unreachable(nauru: Network, scatter: Scatter) -> None:
    matrix = RoadSource(nauru).matrix([AWAY, *scatter(nauru, 2)])
    [warning] = matrix.warnings
    assert (warning.place_id, warning.code) == ("away", OUTSIDE_NETWORK)
    assert (matrix.duration_s[0, 1:] == UNREACHABLE_S).all()
    assert (matrix.distance_m[1:, 0] == UNREACHABLE_S).all()
    assert matrix.duration_s[0, 0] == 0
    assert matrix.duration_s[1:, 1:].max() < UNREACHABLE_S


def test_a_place_at_the_limit_is_still_near(nauru: Network, scatter: Scatter) -> None:
    [warning] = RoadSource(nauru).matrix([OFFSHORE, *scatter(nauru, 1)]).warnings
    assert warning.distance_m is not None
    kind = [
        [w.code for w in RoadSource(nauru, limits=limits).matrix([OFFSHORE, *scatter(nauru, 1)]).warnings]
        for limits in (
            SnapLimits(far_m=warning.distance_m + 1),
            SnapLimits(far_m=warning.distance_m - 1),
            SnapLimits(outside_m=warning.distance_m - 1),
        )
    ]
    assert kind == [[], [FAR_FROM_ROAD], [OUTSIDE_NETWORK]]


def test_there_is_no_line_to_a_place_outside_the_network(nauru: Network, scatter: Scatter) -> None:
    assert RoadSource(nauru).geometry(scatter(nauru, 1)[0], AWAY) is None


def test_a_matrix_is_computed_once_and_then_read(nauru: Network, scatter: Scatter, tmp_path: Path) -> None:
    places = [*scatter(nauru, 6), OFFSHORE]
    first = RoadSource(nauru, MatrixCache(tmp_path)).matrix(places)
    [kept] = (tmp_path / "matrices").glob("*.npz")
    reader = RoadSource(nauru, MatrixCache(tmp_path))
    again = reader.matrix(places)
    assert "_paths" not in vars(reader)
    assert np.array_equal(again.duration_s, first.duration_s)
    assert again.warnings == first.warnings
    assert kept.exists()


def test_other_limits_or_coordinates_are_another_matrix(nauru: Network, scatter: Scatter, tmp_path: Path) -> None:
    places, cache = scatter(nauru, 3), MatrixCache(tmp_path)
    RoadSource(nauru, cache).matrix(places)
    RoadSource(nauru, cache, SnapLimits(outside_m=100)).matrix(places)
    RoadSource(nauru, cache).matrix(places[::-1])
    assert len(list((tmp_path / "matrices").glob("*.npz"))) == 3


READ_KEPT = """
import json, sys
from pathlib import Path
from dispatch_engine.travel.cache import MatrixCache
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import Place
folder = Path(sys.argv[1])
places = [Place(*place) for place in json.loads(sys.argv[2])]
RoadSource.from_file(folder / "network.npz", MatrixCache(folder)).matrix(places)
print("scipy" in sys.modules)
"""


def test_a_kept_matrix_is_read_without_scipy(nauru: Network, scatter: Scatter, tmp_path: Path) -> None:
    save_network(nauru, tmp_path / "network.npz")
    places = scatter(nauru, 3)
    RoadSource(nauru, MatrixCache(tmp_path)).matrix(places)
    arguments = [str(tmp_path), json.dumps([(place.id, *place.located()) for place in places])]
    run = subprocess.run([sys.executable, "-c", READ_KEPT, *arguments], capture_output=True, text=True, check=True)
    assert run.stdout == "False\n"
