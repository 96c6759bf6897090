"""Fastest paths on a road network, between points anywhere on its segments.

Of equally fast paths the shortest: see `cost` for how one number holds both.

References
----------
Dijkstra (1959), "A note on two problems in connexion with graphs".
"""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import dijkstra

from dispatch_engine.travel.network.cost import Costs, cost_of
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.snap import Snapped

CHUNK_BYTES = 64 * 2**20


@dataclass(frozen=True, slots=True, eq=False)
class Arcs:
    """Directed drives from node to node, sorted by tail then head, one a pair of nodes, shape `(n_arcs,)` each."""

    tail: NDArray[np.int64]
    head: NDArray[np.int64]
    cost: Costs
    segment: NDArray[np.int64]
    forward: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Ends:
    """The up to two nodes next to each place, shape `(n_places, 2)` each; an infinite cost closes that way.

    Column 0 is the first node of the place's segment, column 1 its last.
    """

    node: NDArray[np.int64]
    cost: Costs


@dataclass(frozen=True, slots=True)
class Leg:
    """A drive along part of a segment; shares run from 0 at its first node to 1 at its last."""

    segment: int
    start_share: float
    end_share: float


class Paths:
    """Fastest paths on one network."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def get_ready(self) -> None:
        """Build the graph now, so that the first path need not wait for it."""
        _ = self._forward, self._arc_keys

    def costs(self, origins: Snapped, destinations: Snapped) -> Costs:
        """Return the cost from each origin to each destination, shape `(n_origins, n_destinations)`.

        Where there are fewer destinations than origins the search runs from them, on the reversed network.
        """
        if len(destinations.segment) < len(origins.segment):
            through = _search(self._reverse, self._entries(destinations), self._exits(origins)).T
        else:
            through = _search(self._forward, self._exits(origins), self._entries(destinations))
        return np.minimum(through, self._direct(origins, destinations))

    def legs(self, origin: Snapped, destination: Snapped) -> list[Leg] | None:
        """Return the fastest drive from one place to another, leg by leg; None where there is none."""
        exits, entries = self._exits(origin), self._entries(destination)
        graph = _with_starts(self._forward, exits)
        cost, before = dijkstra(graph, indices=self._network.n_nodes, return_predecessors=True)
        by_entry = cost[entries.node[0]] + entries.cost[0]
        column = int(np.argmin(by_entry))
        direct = self._direct(origin, destination)[0, 0]
        if not np.isfinite(min(direct, by_entry[column])):
            return None
        start, end = float(origin.share[0]), float(destination.share[0])
        if direct <= by_entry[column]:
            return [Leg(int(origin.segment[0]), start, end)]
        nodes = _walk_back(before, int(entries.node[0, column]), self._network.n_nodes)
        first = int(np.argmin(np.where(exits.node[0] == nodes[0], exits.cost[0], np.inf)))
        return [
            Leg(int(origin.segment[0]), start, float(first)),
            *self._whole_legs(np.array(nodes)),
            Leg(int(destination.segment[0]), float(column), end),
        ]

    @cached_property
    def _arcs(self) -> Arcs:
        arrays = self._network.arrays
        numbers = np.arange(self._network.n_segments)
        tail = np.concatenate((arrays.segment_from, arrays.segment_to)).astype(np.int64)
        head = np.concatenate((arrays.segment_to, arrays.segment_from)).astype(np.int64)
        drive_ms = np.concatenate((arrays.segment_forward_ms, arrays.segment_backward_ms)).astype(np.int64)
        cost = cost_of(drive_ms + arrays.node_delay_ms[head], np.tile(arrays.segment_length_dm, 2))
        order = np.lexsort((cost, head, tail))
        # Places lie on segments, never beyond a dead end, so no path leads into one.
        leads_on = np.bincount(tail, minlength=self._network.n_nodes) > 1
        order = order[(drive_ms[order] > 0) & (tail[order] != head[order]) & leads_on[head[order]]]
        first = np.ones(len(order), dtype=bool)
        first[1:] = (np.diff(tail[order]) != 0) | (np.diff(head[order]) != 0)
        order = order[first]
        return Arcs(tail[order], head[order], cost[order], np.tile(numbers, 2)[order], order < len(numbers))

    @cached_property
    def _forward(self) -> csr_array:
        arcs, n_nodes = self._arcs, self._network.n_nodes
        return csr_array((arcs.cost, (arcs.tail, arcs.head)), shape=(n_nodes, n_nodes))

    @cached_property
    def _reverse(self) -> csr_array:
        return self._forward.T.tocsr()

    def _exits(self, snapped: Snapped) -> Ends:
        """Return how places leave their segment: towards a node, with the delay on entering it."""
        node, drive_ms, length_dm, share = self._segment_ends(snapped)
        speed_ms = drive_ms[:, ::-1]
        rest = np.column_stack((share, 1 - share))
        cost = cost_of(speed_ms * rest + self._network.arrays.node_delay_ms[node], length_dm * rest)
        return _without_twins(node, np.where(speed_ms > 0, cost, np.inf))

    def _entries(self, snapped: Snapped) -> Ends:
        """Return how places are reached on their segment, from a node."""
        node, drive_ms, length_dm, share = self._segment_ends(snapped)
        rest = np.column_stack((share, 1 - share))
        return _without_twins(node, np.where(drive_ms > 0, cost_of(drive_ms * rest, length_dm * rest), np.inf))

    def _segment_ends(
        self, snapped: Snapped
    ) -> tuple[NDArray[np.int64], NDArray[np.int64], NDArray[np.int64], NDArray[np.float64]]:
        """Return nodes `(n, 2)`, milliseconds forward and backward `(n, 2)`, length `(n, 1)` and share `(n,)`."""
        arrays, segment = self._network.arrays, snapped.segment
        node = np.column_stack((arrays.segment_from[segment], arrays.segment_to[segment])).astype(np.int64)
        drive = np.column_stack((arrays.segment_forward_ms[segment], arrays.segment_backward_ms[segment]))
        return node, drive.astype(np.int64), arrays.segment_length_dm[segment][:, None].astype(np.int64), snapped.share

    def _direct(self, origins: Snapped, destinations: Snapped) -> Costs:
        """Return the cost of staying on a segment that both places share, infinite elsewhere."""
        costs = np.full((len(origins.segment), len(destinations.segment)), np.inf)
        i, j = np.nonzero(origins.segment[:, None] == destinations.segment[None, :])
        step = destinations.share[j] - origins.share[i]
        arrays, segment = self._network.arrays, origins.segment[i]
        drive_ms = np.where(step >= 0, arrays.segment_forward_ms[segment], arrays.segment_backward_ms[segment])
        cost = cost_of(drive_ms * np.abs(step), arrays.segment_length_dm[segment] * np.abs(step))
        costs[i, j] = np.where((drive_ms > 0) | (step == 0), cost, np.inf)
        return costs

    @cached_property
    def _arc_keys(self) -> NDArray[np.int64]:
        """Return one number for tail and head of each arc, ascending."""
        return self._arcs.tail * self._network.n_nodes + self._arcs.head

    def _whole_legs(self, nodes: NDArray[np.int64]) -> list[Leg]:
        """Return the segments from node to node, each from end to end."""
        arcs = np.searchsorted(self._arc_keys, nodes[:-1] * self._network.n_nodes + nodes[1:])
        found = zip(self._arcs.segment[arcs].tolist(), self._arcs.forward[arcs].tolist(), strict=True)
        return [Leg(segment, 0.0, 1.0) if forward else Leg(segment, 1.0, 0.0) for segment, forward in found]


def _without_twins(node: NDArray[np.int64], cost: Costs) -> Ends:
    """Close the dearer of two ways that lead to the same node, as on a loop."""
    twins = node[:, 0] == node[:, 1]
    cheaper = np.argmin(cost, axis=1)
    cost[twins, 1 - cheaper[twins]] = np.inf
    return Ends(node, cost)


def _search(graph: csr_array, starts: Ends, goals: Ends) -> Costs:
    n_starts, n_goals, n_nodes = len(starts.node), len(goals.node), graph.shape[0]
    found = np.empty((n_starts, n_goals))
    rows = max(1, CHUNK_BYTES // (8 * (n_nodes + 256)))
    for first in range(0, n_starts, rows):
        chunk = slice(first, min(first + rows, n_starts))
        extended = _with_starts(graph, Ends(starts.node[chunk], starts.cost[chunk]))
        cost = dijkstra(extended, indices=np.arange(n_nodes, extended.shape[0]))
        found[chunk] = np.minimum(
            cost[:, goals.node[:, 0]] + goals.cost[:, 0], cost[:, goals.node[:, 1]] + goals.cost[:, 1]
        )
    return found


def _with_starts(graph: csr_array, starts: Ends) -> csr_array:
    """Return the graph with a node more for each start, from which its open ways lead."""
    open_ways = np.isfinite(starts.cost)
    size = graph.shape[0] + len(starts.node)
    return csr_array(
        (
            np.concatenate((graph.data, starts.cost[open_ways])),
            np.concatenate((graph.indices, starts.node[open_ways].astype(graph.indices.dtype))),
            np.concatenate((graph.indptr, graph.indptr[-1] + np.cumsum(open_ways.sum(axis=1)))),
        ),
        shape=(size, size),
    )


def _walk_back(before: NDArray[np.int32], node: int, start: int) -> list[int]:
    nodes = []
    while node != start:
        nodes.append(node)
        node = int(before[node])
    return nodes[::-1]
