"""Read the drivable pieces of road from an OpenStreetMap file.

A piece runs from one node that matters to the next: a way's end, a node that ways share, a traffic light, or a
barrier. At a barrier that stops cars the pieces do not meet.
"""

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, pairwise
from pathlib import Path

import osmium

from dispatch_engine.travel.errors import NetworkSourceError
from dispatch_engine.travel.network import tags
from dispatch_engine.travel.network.tags import Road

Point = tuple[int, int]
"""Latitude and longitude in 1e-7 degrees."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of one road between two nodes.

    Parameters
    ----------
    start, end
        Nodes; equal for a loop.
    line
        Points from start to end, two or more.
    """

    start: int
    end: int
    road: Road
    line: tuple[Point, ...]


@dataclass(slots=True)
class Extract:
    """What a file says about roads, before it is cut into pieces."""

    ways: list[tuple[Road, list[int]]] = field(default_factory=list)
    points: dict[int, Point] = field(default_factory=dict)
    signals: set[int] = field(default_factory=set)
    blocked: set[int] = field(default_factory=set)


def read_extract(path: Path, progress: Callable[[int], None]) -> Extract:
    """Read the ways that a car may drive, with their points, traffic lights and barriers.

    Parameters
    ----------
    path
        Any file that osmium reads, such as `.osm.pbf`.
    progress
        Called with the number of ways read so far.

    Raises
    ------
    NetworkSourceError
        The file is no OpenStreetMap file, or a car may drive on none of its ways.
    """
    extract = Extract()
    try:
        _scan(path, extract, progress)
    except (RuntimeError, osmium.InvalidLocationError) as error:
        raise NetworkSourceError(
            f"{path} cannot be read as OpenStreetMap data: {error}",
            value=str(path),
            advice="Maybe it is not an .osm.pbf file, or the download was cut short.",
        ) from error
    if not extract.ways:
        raise NetworkSourceError(
            f"{path} has no way that a car may drive",
            value=str(path),
            advice="Maybe the extract was filtered for something else than highways.",
        )
    return extract


def _scan(path: Path, extract: Extract, progress: Callable[[int], None]) -> None:
    wanted = osmium.filter.KeyFilter("highway", "barrier", *tags.ACCESS_KEYS)
    for thing in osmium.FileProcessor(str(path)).with_locations().with_filter(wanted):
        if isinstance(thing, osmium.osm.Node):
            _take_node(thing, extract)
        elif isinstance(thing, osmium.osm.Way):
            _take_way(thing, extract)
            progress(len(extract.ways))


def _take_node(node: osmium.osm.Node, extract: Extract) -> None:
    found = dict(node.tags)
    if tags.is_signal(found):
        extract.signals.add(node.id)
    if tags.blocks(found):
        extract.blocked.add(node.id)


def _take_way(way: osmium.osm.Way, extract: Extract) -> None:
    road = tags.road(dict(way.tags))
    if road is None:
        return
    for refs in _known_runs(way, extract.points):
        extract.ways.append((road, refs))


def _known_runs(way: osmium.osm.Way, points: dict[int, Point]) -> Iterator[list[int]]:
    """Yield the stretches of a way whose nodes are in the file; a clipped extract misses some."""
    run: list[int] = []
    for node in way.nodes:
        if not node.location.valid():
            if len(run) > 1:
                yield run
            run = []
        elif not run or run[-1] != node.ref:
            points[node.ref] = (node.location.y, node.location.x)
            run.append(node.ref)
    if len(run) > 1:
        yield run


def cut_into_pieces(extract: Extract) -> Iterator[Piece]:
    """Cut every way at the nodes that matter."""
    uses = Counter(ref for _, refs in extract.ways for ref in refs)
    fresh = count(-1, -1)
    for road, refs in extract.ways:
        inner = range(1, len(refs) - 1)
        cuts = [i for i in inner if uses[refs[i]] > 1 or refs[i] in extract.signals or refs[i] in extract.blocked]
        for first, last in pairwise([0, *cuts, len(refs) - 1]):
            ends = [next(fresh) if refs[i] in extract.blocked else refs[i] for i in (first, last)]
            yield Piece(ends[0], ends[1], road, tuple(extract.points[ref] for ref in refs[first : last + 1]))
