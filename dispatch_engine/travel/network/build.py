"""Build a road network from any OpenStreetMap file.

The pieces of road become a graph; what cannot be reached from everywhere and left to everywhere is dropped; nodes
where nothing happens are contracted away; the rest becomes arrays.
"""

import hashlib
from collections.abc import Callable, Iterable
from pathlib import Path

import networkx as nx
import numpy as np

from dispatch_engine.travel.errors import NetworkSourceError
from dispatch_engine.travel.network.contract import contract
from dispatch_engine.travel.network.file import NetworkInfo, digest, network_info, save_network
from dispatch_engine.travel.network.ground import E7, step_lengths_m
from dispatch_engine.travel.network.network import ARRAY_TYPES, Network, Origin, RoadArrays
from dispatch_engine.travel.network.pbf import Piece, Point, cut_into_pieces, read_extract
from dispatch_engine.travel.network.tags import ROAD_CLASSES
from dispatch_engine.travel.source import OSM_ATTRIBUTION

Progress = Callable[[str, int], None]
"""Told the name of the stage and how many things it has done."""

JUNCTION_DELAY_MS = 500
SIGNAL_DELAY_MS = 2_000
MAX_SPAN_DEG = 6.0
"""Beyond this a path could outgrow the room that the path costs have for it."""


def build_network(source_path: Path, target_path: Path, progress: Progress) -> NetworkInfo:
    """Build the road network of an OpenStreetMap file and save it.

    Parameters
    ----------
    source_path
        An `.osm.pbf` file, or another that osmium reads.
    target_path
        The `.npz` file to write, whole or not at all.
    progress
        Told about each stage.

    Raises
    ------
    NetworkSourceError
        The file has no usable roads.
    FileWriteError
        The target cannot be written.
    """
    save_network(network_of(source_path, progress), target_path)
    progress("saved", 1)
    return network_info(target_path)


def network_of(source_path: Path, progress: Progress) -> Network:
    """Build the road network of an OpenStreetMap file in memory.

    Raises
    ------
    NetworkSourceError
        The file has no usable roads, or spans more than a region.
    """
    if not source_path.is_file():
        raise NetworkSourceError(
            f"{source_path} is not a file", value=str(source_path), advice="Maybe the path has a typo."
        )
    extract = read_extract(source_path, lambda ways: progress("reading ways", ways))
    pieces = list(cut_into_pieces(extract))
    progress("cleaning", len(pieces))
    graph = largest_connected_part(piece_graph(pieces))
    delays = {node: _delay_ms(degree, node in extract.signals) for node, degree in graph.degree()}
    progress("contracting", len(graph))
    contract(graph, kept=extract.signals)
    progress("measuring", graph.number_of_edges())
    origin = Origin(source_path.name, hashlib.sha256(source_path.read_bytes()).hexdigest(), OSM_ATTRIBUTION)
    return _as_network((edge["piece"] for *_, edge in graph.edges(data=True)), delays, origin)


def piece_graph(pieces: Iterable[Piece]) -> nx.MultiGraph:
    """Return the undirected graph of pieces; each edge carries its `piece`."""
    graph = nx.MultiGraph()
    graph.add_edges_from((piece.start, piece.end, {"piece": piece}) for piece in pieces)
    return graph


def largest_connected_part(graph: nx.MultiGraph) -> nx.MultiGraph:
    """Return the largest part in which each node can be driven to from each other (Tarjan 1972)."""
    directed = nx.DiGraph()
    for *_, edge in graph.edges(data=True):
        piece = edge["piece"]
        if piece.road.forward_kmh:
            directed.add_edge(piece.start, piece.end)
        if piece.road.backward_kmh:
            directed.add_edge(piece.end, piece.start)
    largest = max(nx.strongly_connected_components(directed), key=lambda part: (len(part), -min(part)))
    return nx.MultiGraph(graph.subgraph(largest))


def _delay_ms(degree: int, is_signal: bool) -> int:
    return (JUNCTION_DELAY_MS if degree >= 3 else 0) + (SIGNAL_DELAY_MS if is_signal else 0)


def _as_network(pieces: Iterable[Piece], delays: dict[int, int], origin: Origin) -> Network:
    ordered = sorted(pieces, key=lambda piece: (piece.line, piece.road.road_class, piece.road.name))
    position = _node_positions(ordered)
    nodes = sorted(position, key=lambda node: (position[node], node))
    index = {node: number for number, node in enumerate(nodes)}
    names = ("", *sorted({piece.road.name for piece in ordered} - {""}))
    name_index = {name: number for number, name in enumerate(names)}
    lengths = [_length_m(piece.line) for piece in ordered]
    columns: dict[str, list[int]] = {
        "node_lat_e7": [position[node][0] for node in nodes],
        "node_lon_e7": [position[node][1] for node in nodes],
        "node_delay_ms": [delays[node] for node in nodes],
        "segment_from": [index[piece.start] for piece in ordered],
        "segment_to": [index[piece.end] for piece in ordered],
        "segment_class": [ROAD_CLASSES.index(piece.road.road_class) for piece in ordered],
        "segment_name": [name_index[piece.road.name] for piece in ordered],
        "segment_length_dm": [max(1, round(length_m * 10)) for length_m in lengths],
        "segment_forward_ms": _drive_ms(lengths, [piece.road.forward_kmh for piece in ordered]),
        "segment_backward_ms": _drive_ms(lengths, [piece.road.backward_kmh for piece in ordered]),
        "segment_first_point": np.cumsum([0, *(len(piece.line) for piece in ordered)]).tolist(),
        "point_lat_e7": [lat for piece in ordered for lat, _ in piece.line],
        "point_lon_e7": [lon for piece in ordered for _, lon in piece.line],
    }
    arrays = RoadArrays(**{key: np.array(column, dtype=ARRAY_TYPES[key]) for key, column in columns.items()})
    _require_region(arrays, origin)
    return Network(arrays, names, origin, digest(arrays, names))


def _node_positions(pieces: Iterable[Piece]) -> dict[int, Point]:
    ends = ((piece.start, piece.line[0], piece.end, piece.line[-1]) for piece in pieces)
    return {node: point for start, first, end, last in ends for node, point in ((start, first), (end, last))}


def _length_m(line: tuple[Point, ...]) -> float:
    points = np.array(line, dtype=np.int32)
    return float(step_lengths_m(points[:, 0], points[:, 1]).sum())


def _drive_ms(lengths_m: list[float], speeds_kmh: list[float]) -> list[int]:
    """Return milliseconds by segment, at least one; 0 where the speed is zero, which closes the direction."""
    pairs = zip(lengths_m, speeds_kmh, strict=True)
    return [max(1, round(length_m * 3600 / kmh)) if kmh else 0 for length_m, kmh in pairs]


def _require_region(arrays: RoadArrays, origin: Origin) -> None:
    span_deg = max(int(np.ptp(arrays.point_lat_e7)), int(np.ptp(arrays.point_lon_e7))) / E7
    if span_deg > MAX_SPAN_DEG:
        raise NetworkSourceError(
            f"{origin.file_name} spans {span_deg:.1f} degrees; a network is built for at most {MAX_SPAN_DEG:g}",
            value=span_deg,
            advice="Maybe cut the region out first: osmium extract --bbox WEST,SOUTH,EAST,NORTH.",
        )
