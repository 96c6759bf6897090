"""Fastest paths, held against networkx on a graph in which every place is a node of its own."""

from collections.abc import Callable, Sequence

import networkx as nx
import numpy as np
import pytest

from dispatch_engine.travel.network.cost import SECOND_PLACE, decimetres
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.paths import Paths
from dispatch_engine.travel.network.snap import Snapped

STREET = {"highway": "residential"}
ONE_WAY = {**STREET, "oneway": "yes"}


def at(*spots: tuple[int, float]) -> Snapped:
    segment, share = zip(*spots, strict=True)
    return Snapped(np.array(segment), np.array(share, dtype=float), np.zeros(len(spots)))


def oracle(network: Network, spots: Sequence[tuple[int, float]]) -> nx.DiGraph:
    """Return the network with a way out of each spot and a way into each spot, on both sides of its segment."""
    graph = nx.DiGraph()
    arrays = network.arrays
    delay_ms = arrays.node_delay_ms.tolist()

    def drive(tail: object, head: object, drive_ms: float, length_dm: float) -> None:
        weight = round(drive_ms) * SECOND_PLACE + round(length_dm)
        graph.add_edge(tail, head, weight=min(weight, graph.get_edge_data(tail, head, {}).get("weight", weight)))

    for k in range(network.n_segments):
        first, last = int(arrays.segment_from[k]), int(arrays.segment_to[k])
        length_dm = float(arrays.segment_length_dm[k])
        on_it = [(i, share) for i, (segment, share) in enumerate(spots) if segment == k]
        for tail, head, full_ms, turned in (
            (first, last, float(arrays.segment_forward_ms[k]), False),
            (last, first, float(arrays.segment_backward_ms[k]), True),
        ):
            if not full_ms:
                continue
            ahead = [(i, 1 - share if turned else share) for i, share in on_it]
            drive(tail, head, full_ms + delay_ms[head], length_dm)
            for i, share in ahead:
                drive(("from", i), head, full_ms * (1 - share) + delay_ms[head], length_dm * (1 - share))
                drive(tail, ("to", i), full_ms * share, length_dm * share)
                for j, further in ahead:
                    if further >= share:
                        drive(("from", i), ("to", j), full_ms * (further - share), length_dm * (further - share))
    return graph


@pytest.mark.parametrize("city", ["nauru", "coquimbo"])
def test_paths_are_as_fast_as_networkx_finds_them_and_as_short_as_they_can_be(
    city: str, request: pytest.FixtureRequest
) -> None:
    network: Network = request.getfixturevalue(city)
    random = np.random.default_rng(4)
    segments = random.integers(network.n_segments, size=8)
    spots = [(int(segment), float(random.random())) for segment in [*segments, *segments[:3]]]
    graph = oracle(network, spots)
    costs = Paths(network).costs(at(*spots), at(*spots))
    for i in range(len(spots)):
        best = nx.single_source_dijkstra_path_length(graph, ("from", i))
        assert costs[i].tolist() == [best["to", j] for j in range(len(spots))]


def test_one_row_or_one_column_is_what_the_whole_matrix_holds(nauru: Network) -> None:
    everyone = at(*((segment, 0.3) for segment in range(0, nauru.n_segments, 20)))
    one = Snapped(everyone.segment[5:6], everyone.share[5:6], everyone.distance_m[5:6])
    paths = Paths(nauru)
    whole = paths.costs(everyone, everyone)
    assert np.array_equal(paths.costs(one, everyone)[0], whole[5])
    assert np.array_equal(paths.costs(everyone, one)[:, 0], whole[:, 5])


def test_behind_on_a_one_way_street_means_all_the_way_round(network_from: Callable[..., Network]) -> None:
    ring = network_from({1: (0, 0), 2: (10, 0), 3: (10, 10), 4: (0, 10)}, [([1, 2, 3, 4, 1], ONE_WAY)])
    costs = Paths(ring).costs(at((0, 0.6)), at((0, 0.5), (0, 0.7)))
    whole_dm = ring.arrays.segment_length_dm[0]
    assert decimetres(costs)[0].tolist() == pytest.approx([0.9 * whole_dm, 0.1 * whole_dm], abs=2)


def test_the_shorter_of_two_streets_between_two_corners_is_taken(network_from: Callable[..., Network]) -> None:
    nodes = {1: (0, 0), 2: (10, 0), 3: (5, 5), 4: (-5, 0), 5: (15, 0)}
    network = network_from(nodes, [([1, 2], STREET), ([1, 3, 2], STREET), ([4, 1], STREET), ([2, 5], STREET)])
    lengths = network.arrays.segment_length_dm
    west, east = np.argmin(network.arrays.node_lon_e7), np.argmax(network.arrays.node_lon_e7)
    first = int(np.flatnonzero((network.arrays.segment_from == west) | (network.arrays.segment_to == west))[0])
    last = int(np.flatnonzero((network.arrays.segment_from == east) | (network.arrays.segment_to == east))[0])
    costs = Paths(network).costs(at((first, 0.5)), at((last, 0.5)))
    assert decimetres(costs)[0, 0] == pytest.approx(np.sort(lengths)[:3].sum() - sum(lengths[[first, last]]) / 2, abs=2)


def test_a_place_exactly_on_a_corner_is_reached_from_every_street_of_it(network_from: Callable[..., Network]) -> None:
    nodes = {1: (0, 0), 2: (10, 0), 3: (10, 10)}
    network = network_from(nodes, [([1, 2], {**STREET, "name": "A"}), ([2, 3], {**STREET, "name": "B"})])
    costs = Paths(network).costs(at((0, 0.0), (0, 1.0)), at((1, 0.0), (1, 1.0)))
    assert np.isfinite(costs).all()
    assert (decimetres(costs) == 0).sum() == 1


def test_a_path_leads_from_its_origin_to_its_destination_without_gaps(nauru: Network) -> None:
    legs = Paths(nauru).legs(at((3, 0.25)), at((400, 0.75)))
    assert legs is not None
    assert (legs[0].segment, legs[0].start_share) == (3, 0.25)
    assert (legs[-1].segment, legs[-1].end_share) == (400, 0.75)
    assert all(leg.start_share in (0, 1) for leg in legs[1:])
    assert all(leg.end_share in (0, 1) for leg in legs[:-1])


def test_a_destination_ahead_on_the_same_street_is_one_leg(nauru: Network) -> None:
    legs = Paths(nauru).legs(at((3, 0.25)), at((3, 0.5)))
    assert legs is not None
    assert [(leg.start_share, leg.end_share) for leg in legs] == [(0.25, 0.5)]
