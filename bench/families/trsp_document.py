"""A technician routing and scheduling instance as a problem document."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from bench.families.documents import DEAR, Json, matrix, prices, problem, shift, window
from bench.families.tours import DEPOT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.families.trsp_file import Node, TrspFile
    from dispatch_engine.model.problem import ProblemDocument
    from solver.problem import Ints

UNITS = 1000
"""Seconds of the document in one unit of the file."""

SECONDS_PER_HOUR = 3600
PLENTY = 100_000
"""Pieces of each tool and part at the depot: more than all requests together need."""

ROUNDING = 1e-6
"""Of a second: a way that is a whole number but for the last digits of double precision is not rounded up."""


def trsp_document(file: TrspFile) -> ProblemDocument:
    """Return the document: the depot is a stock location that lends all tools and holds plenty of every part."""
    return problem(
        file.path.stem,
        [_technician(file, number) for number in file.technicians],
        [_call(file, number) for number in file.requests],
        stock_locations=[_depot(file)],
        travel=matrix(_legs(file)),
        policy={"paid_from": "departure", "prices": prices(per_hour=SECONDS_PER_HOUR / UNITS)},
    )


def _legs(file: TrspFile) -> Ints:
    nodes = range(len(file.nodes))
    return np.array([[math.ceil(UNITS * file.way(a, b) - ROUNDING) for b in nodes] for a in nodes])


def _technician(file: TrspFile, number: int) -> Json:
    node = file.nodes[number]
    return {
        "id": str(number),
        "home": str(number),
        "shifts": [shift(UNITS * node.first, UNITS * node.last)],
        "stock": _parts(node),
        "tools": _tools(node.tools),
        "skills": _skills(node),
    }


def _call(file: TrspFile, number: int) -> Json:
    node = file.nodes[number]
    longest = max(file.nodes[technician].last - file.nodes[technician].first for technician in file.technicians)
    return {
        "id": str(number),
        "place": str(number),
        "duration": UNITS * node.service,
        "windows": [window(UNITS * node.first, UNITS * node.last)],
        "skills": _skills(node),
        "tools": _tools(node.tools),
        "parts": _parts(node),
        "drop_price": DEAR * longest,
    }


def _depot(file: TrspFile) -> Json:
    depot = file.nodes[DEPOT]
    return {
        "id": "depot",
        "place": str(DEPOT),
        "opening": [window(UNITS * depot.first, UNITS * depot.last)],
        "tools": dict.fromkeys(_tools(range(file.n_tools)), PLENTY),
        "stock": dict.fromkeys((_part(number) for number in range(file.n_parts)), PLENTY),
    }


def _skills(node: Node) -> Json:
    return {f"skill-{number}": 1 for number in sorted(node.skills)}


def _tools(numbers: Iterable[int]) -> list[str]:
    return [f"tool-{number}" for number in sorted(numbers)]


def _parts(node: Node) -> Json:
    return {_part(number): pieces for number, pieces in enumerate(node.parts) if pieces}


def _part(number: int) -> str:
    return f"part-{number}"
