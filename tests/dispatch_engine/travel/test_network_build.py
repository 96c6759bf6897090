from collections.abc import Callable
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
from geopy.distance import geodesic

from dispatch_engine.errors import FileWriteError
from dispatch_engine.travel.errors import NetworkSourceError
from dispatch_engine.travel.network.build import build_network, network_of
from dispatch_engine.travel.network.network import BoundingBox, Network

Builder = Callable[..., Network]
STREET = {"highway": "residential"}
ROW = {1: (0, 0), 2: (1, 0), 3: (2, 0), 4: (3, 0), 5: (1, 1)}


def silent(_stage: str, _count: int) -> None:
    """Ignore progress."""


def test_a_node_where_nothing_happens_is_joined_away(network_from: Builder) -> None:
    network = network_from(ROW, [([1, 2, 3], STREET), ([3, 4], STREET)])
    assert (network.n_nodes, network.n_segments) == (2, 1)
    assert len(network.street(0).lat) == 4


def test_streets_of_different_names_are_not_joined(network_from: Builder) -> None:
    network = network_from(ROW, [([1, 2], {**STREET, "name": "A"}), ([2, 3], {**STREET, "name": "B"})])
    assert sorted(network.street(segment).name for segment in range(network.n_segments)) == ["A", "B"]


def test_ways_drawn_against_each_other_are_joined_with_their_directions(network_from: Builder) -> None:
    forward = {**STREET, "maxspeed:forward": "50", "maxspeed:backward": "30"}
    turned = {**STREET, "maxspeed:forward": "30", "maxspeed:backward": "50"}
    network = network_from(ROW, [([1, 2], forward), ([3, 2], turned)])
    times_ms = sorted((network.arrays.segment_forward_ms[0], network.arrays.segment_backward_ms[0]))
    assert network.n_segments == 1
    assert times_ms[1] / times_ms[0] == pytest.approx(50 / 30, rel=1e-3)


def test_a_junction_costs_half_a_second_and_a_traffic_light_two(network_from: Builder) -> None:
    ways = [([1, 2, 3, 4], STREET), ([2, 5], STREET)]
    network = network_from(ROW, ways, {3: {"highway": "traffic_signals"}})
    arrays = network.arrays
    position = zip(arrays.node_lon_e7 // 10_000, arrays.node_lat_e7 // 10_000, strict=True)
    delay_by_node = dict(zip(position, arrays.node_delay_ms, strict=True))
    assert delay_by_node == {(0, 0): 0, (1, 0): 500, (2, 0): 2000, (3, 0): 0, (1, 1): 0}


def test_a_barrier_separates_what_it_stops(network_from: Builder) -> None:
    ways = [([1, 2, 5], STREET), ([2, 3, 4], STREET)]
    network = network_from(ROW, ways, {3: {"barrier": "bollard"}})
    assert network.bbox.east == pytest.approx(0.002)


def test_only_the_largest_part_that_can_be_entered_and_left_is_kept(network_from: Builder) -> None:
    dead_end = ([3, 4], {**STREET, "oneway": "yes"})
    network = network_from(ROW, [([1, 2, 3], STREET), ([2, 5], STREET), dead_end])
    assert network.bbox.east == pytest.approx(0.002)


def test_a_ring_without_a_junction_is_one_loop(network_from: Builder) -> None:
    square = {1: (0, 0), 2: (1, 0), 3: (1, 1), 4: (0, 1)}
    network = network_from(square, [([1, 2, 3, 4, 1], {**STREET, "oneway": "yes"})])
    assert (network.n_nodes, network.n_segments) == (1, 1)
    assert network.arrays.segment_from[0] == network.arrays.segment_to[0]


def test_a_way_whose_nodes_lie_partly_outside_the_extract_is_kept_as_far_as_it_is_known(network_from: Builder) -> None:
    network = network_from(ROW, [([1, 2, 99, 3, 4], STREET), ([2, 5], STREET)])
    assert network.bbox.east == pytest.approx(0.001)


def test_the_length_of_a_street_is_its_length_on_the_ellipsoid(coquimbo: Network) -> None:
    for segment in range(0, coquimbo.n_segments, 1500):
        street = coquimbo.street(segment)
        points = list(zip(street.lat, street.lon, strict=True))
        metres = sum(geodesic(a, b).m for a, b in pairwise(points))
        assert coquimbo.arrays.segment_length_dm[segment] / 10 == pytest.approx(metres, abs=0.06)


@pytest.mark.parametrize("city", ["coquimbo", "nauru"])
def test_the_shipped_network_is_what_its_source_gives(city: str, root: Path, request: pytest.FixtureRequest) -> None:
    shipped: Network = request.getfixturevalue(city)
    built = network_of(root / f"data/{city}/{city}.osm.pbf", silent)
    assert built.sha256 == shipped.sha256
    assert built.origin == shipped.origin


def test_building_tells_its_stages_in_order(root: Path, tmp_path: Path) -> None:
    stages: dict[str, int] = {}
    info = build_network(root / "data/nauru/nauru.osm.pbf", tmp_path / "n.npz", stages.__setitem__)
    assert list(stages) == ["reading ways", "cleaning", "contracting", "measuring", "saved"]
    assert info.segments == stages["measuring"]


def test_a_file_that_is_no_map_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "garbage.osm.pbf"
    path.write_bytes(b"garbage")
    with pytest.raises(NetworkSourceError, match=r"cannot be read as OpenStreetMap data.*Maybe"):
        network_of(path, silent)


def test_a_map_cut_short_is_refused(root: Path, tmp_path: Path) -> None:
    path = tmp_path / "short.osm.pbf"
    path.write_bytes((root / "data/nauru/nauru.osm.pbf").read_bytes()[:20_000])
    with pytest.raises(NetworkSourceError, match="cannot be read"):
        network_of(path, silent)


def test_a_folder_is_refused_as_a_map(tmp_path: Path) -> None:
    with pytest.raises(NetworkSourceError, match="is not a file"):
        network_of(tmp_path, silent)


def test_a_map_without_streets_is_refused(draw: Callable[..., Path]) -> None:
    with pytest.raises(NetworkSourceError, match="no way that a car may drive"):
        network_of(draw(ROW, [([1, 2], {"highway": "footway"})]), silent)


def test_a_map_that_is_larger_than_a_region_is_refused(draw: Callable[..., Path]) -> None:
    with pytest.raises(NetworkSourceError, match=r"spans 7\.0 degrees"):
        network_of(draw({1: (0, 0), 2: (7000, 0)}, [([1, 2], STREET)]), silent)


def test_a_network_that_cannot_be_written_leaves_nothing_behind(root: Path, tmp_path: Path) -> None:
    with pytest.raises(FileWriteError):
        build_network(root / "data/nauru/nauru.osm.pbf", tmp_path / "missing" / "n.npz", silent)
    assert list(tmp_path.iterdir()) == []


def test_the_streets_in_a_box_are_those_that_reach_into_it(network_from: Builder) -> None:
    network = network_from(ROW, [([1, 2], {**STREET, "name": "W"}), ([2, 3, 4], {**STREET, "name": "E"})])
    west = BoundingBox(-0.001, -0.001, 0.001, 0.0005)
    assert [network.street(segment).name for segment in network.segments_in(west)] == ["W"]
    assert np.allclose(network.lines(network.segments_in(west))[0][:, 1], [0, 0.001])
