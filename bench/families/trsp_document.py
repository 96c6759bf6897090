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
DEPOT_ID = "depot"
PLENTY = 100_000
"""Pieces of each tool and part at the depot: more than all requests together need."""

ROUNDING = 1e-6
"""Of a second: a way that is a whole number but for the last digits of double precision is not rounded up."""


def trsp_document(file: TrspFile, known: Iterable[int] | None = None, units: int = UNITS) -> ProblemDocument:
    """Return the document: the depot is a stock location that lends all tools and holds plenty of every part.

    Parameters
    ----------
    file
        The instance.
    known
        The requests that it has; None: all.
    units
        Seconds in one unit of the file.
    """
    return problem(
        file.path.stem,
        [_technician(file, number, units) for number in file.technicians],
        [trsp_call(file, number, units) for number in (file.requests if known is None else known)],
        stock_locations=[_depot(file, units)],
        travel=matrix(_legs(file, units)),
        policy={"paid_from": "departure", "prices": prices(per_hour=SECONDS_PER_HOUR / units)},
    )


def _legs(file: TrspFile, units: int) -> Ints:
    nodes = range(len(file.nodes))
    return np.array([[math.ceil(units * file.way(a, b) - ROUNDING) for b in nodes] for a in nodes])


def _technician(file: TrspFile, number: int, units: int) -> Json:
    node = file.nodes[number]
    return {
        "id": str(number),
        "home": str(number),
        "shifts": [shift(units * node.first, units * node.last)],
        "stock": _parts(node),
        "tools": _tools(node.tools),
        "skills": _skills(node),
    }


def trsp_call(file: TrspFile, number: int, units: int = UNITS) -> Json:
    """Return a request as a call of the document."""
    node = file.nodes[number]
    longest = max(file.nodes[technician].last - file.nodes[technician].first for technician in file.technicians)
    return {
        "id": str(number),
        "place": str(number),
        "duration": units * node.service,
        "windows": [window(units * node.first, units * node.last)],
        "skills": _skills(node),
        "tools": _tools(node.tools),
        "parts": _parts(node),
        "drop_price": DEAR * longest,
    }


def _depot(file: TrspFile, units: int) -> Json:
    depot = file.nodes[DEPOT]
    return {
        "id": DEPOT_ID,
        "place": str(DEPOT),
        "opening": [window(units * depot.first, units * depot.last)],
        "tools": dict.fromkeys(all_tools(file), PLENTY),
        "stock": dict.fromkeys(all_parts(file), PLENTY),
    }


def all_tools(file: TrspFile) -> list[str]:
    """Return the tools that there are."""
    return _tools(range(file.n_tools))


def all_parts(file: TrspFile) -> list[str]:
    """Return the parts that there are."""
    return [_part(number) for number in range(file.n_parts)]


def _skills(node: Node) -> Json:
    return {f"skill-{number}": 1 for number in sorted(node.skills)}


def _tools(numbers: Iterable[int]) -> list[str]:
    return [f"tool-{number}" for number in sorted(numbers)]


def _parts(node: Node) -> Json:
    return {_part(number): pieces for number, pieces in enumerate(node.parts) if pieces}


def _part(number: int) -> str:
    return f"part-{number}"
