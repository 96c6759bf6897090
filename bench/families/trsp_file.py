"""Files of technician routing and scheduling instances."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.family import InstanceError

if TYPE_CHECKING:
    from pathlib import Path

LIST = r"\[([^]]*)\]"
NODE = re.compile(r"(\d+)" + r"\s+(\S+)" * 5 + rf"\s*{LIST}" * 3)
HEADING = "CREW COUNT"


@dataclass(frozen=True)
class Node:
    """The depot, a technician (what they have) or a request (what it needs). ``parts`` has a count for each part."""

    x: float
    y: float
    first: int
    last: int
    service: int
    skills: frozenset[int]
    tools: frozenset[int]
    parts: tuple[int, ...]


@dataclass(frozen=True)
class TrspFile:
    """Node 0 is the depot; then come the homes of the technicians, then the requests."""

    path: Path
    crew: int
    n_tools: int
    n_parts: int
    nodes: tuple[Node, ...]

    @property
    def technicians(self) -> range:
        """The nodes of the technicians' homes, which are the technicians' numbers."""
        return range(1, self.crew + 1)

    @property
    def requests(self) -> range:
        """The nodes of the requests."""
        return range(self.crew + 1, len(self.nodes))

    def way(self, start: int, end: int) -> float:
        """Return the distance between two nodes, which is the time it takes."""
        a, b = self.nodes[start], self.nodes[end]
        return math.hypot(a.x - b.x, a.y - b.y)


def read_trsp(path: Path) -> TrspFile:
    """Read an instance.

    Raises
    ------
    InstanceError
        The file has no head, numbers its nodes otherwise, or brings its own matrices, which no published file does.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    head = next((i for i, line in enumerate(lines) if line.startswith(HEADING)), None)
    found = [match for line in lines if (match := NODE.fullmatch(line))]
    if head is None or [int(match[1]) for match in found] != list(range(len(found))):
        raise InstanceError(f"{path} is no list of numbered nodes. Maybe it is an instance of another family.")
    if any(line.startswith("DISTANCES") for line in lines):
        raise InstanceError(f"{path} brings its own distances; only Euclidean ones are read.")
    crew, _, n_tools, n_parts = (int(word) for word in lines[head + 1].split())
    return TrspFile(path, crew, n_tools, n_parts, tuple(_node(match, n_parts) for match in found))


def _node(found: re.Match[str], n_parts: int) -> Node:
    x, y, first, last, service = (float(word) for word in found.groups()[1:6])
    skills, tools, parts = ([int(word) for word in text.split(",") if word.strip()] for text in found.groups()[6:])
    counts = tuple(parts) + (0,) * (n_parts - len(parts))
    return Node(x, y, int(first), int(last), int(service), frozenset(skills), frozenset(tools), counts)
