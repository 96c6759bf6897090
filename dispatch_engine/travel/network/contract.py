"""Join pieces of road that only a node without meaning separates."""

from collections.abc import Collection

import networkx as nx

from dispatch_engine.travel.network.pbf import Piece


def contract(graph: nx.MultiGraph, kept: Collection[int]) -> None:
    """Remove, in place, each node that exactly two like pieces share, and join the two.

    Parameters
    ----------
    graph
        Pieces by edge, as `build.piece_graph` returns it.
    kept
        Nodes that stay although two pieces meet there, such as traffic lights.
    """
    for node in sorted(graph):
        if node in kept or graph.degree(node) != 2 or graph.has_edge(node, node):
            continue
        first, second = (edge["piece"] for *_, edge in graph.edges(node, data=True))
        before, after = _ending_at(first, node), _starting_at(second, node)
        if before.road == after.road:
            joined = Piece(before.start, after.end, before.road, before.line + after.line[1:])
            graph.remove_node(node)
            graph.add_edge(joined.start, joined.end, piece=joined)


def _ending_at(piece: Piece, node: int) -> Piece:
    return piece if piece.end == node else _turned(piece)


def _starting_at(piece: Piece, node: int) -> Piece:
    return piece if piece.start == node else _turned(piece)


def _turned(piece: Piece) -> Piece:
    return Piece(piece.end, piece.start, piece.road.reversed(), piece.line[::-1])
