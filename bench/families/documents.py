"""Problem documents as families state them: written as JSON is, then read and checked like anyone's.

Vehicles are technicians and customers are calls, each with its number as id. Places have the numbers of the nodes. One
second of the document is the unit in which the family's integers count time, one metre that of the distances.
"""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from dispatch_engine.formats.documents import parse_problem

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.problem import ProblemDocument
    from solver.problem import Ints

Json = dict[str, Any]

ORIGIN = datetime(2000, 1, 1, tzinfo=UTC)
"""Time zero of every instance."""

DEAR = 10
"""Leaving a request out costs so many times the dearest tour that serves it alone."""


def moment(second: int) -> str:
    """Return a time of an instance as documents write it."""
    return (ORIGIN + timedelta(seconds=second)).isoformat()


def window(first: int, last: int) -> Json:
    """Return a window, both ends included."""
    return {"start": moment(first), "end": moment(last)}


def shift(first: int, last: int, longest: int | None = None) -> Json:
    """Return the one shift of a technician, away for ``longest`` at most."""
    return {"id": "day", **window(first, last)} | ({} if longest is None else {"max_duration": longest})


def matrix(legs: Ints) -> Json:
    """Return the travel of a document: the same number of seconds and of metres from node to node."""
    rows = legs.tolist()
    places = [str(node) for node in range(len(rows))]
    given = {"profile": "car", "places": places, "duration_s": rows, "distance_m": rows}
    return {"source": "matrix", "matrices": [given]}


def prices(per_hour: float = 0, per_km: float = 0) -> Json:
    """Return prices under which nothing else costs anything."""
    nothing = {"overtime_surcharge_per_hour": 0, "callout": 0, "per_visit": 0}
    return {"per_hour": per_hour, "per_km": per_km, **nothing}


def problem(name: str, technicians: Sequence[Json], calls: Sequence[Json], **more: Any) -> ProblemDocument:
    """Return the checked document.

    Raises
    ------
    DocumentErrors
        The instance states something that no document may.
    """
    stated = {
        "version": 1,
        "id": name,
        "currency": "XXX",
        "time_zone": "UTC",
        "technicians": technicians,
        "calls": calls,
        **more,
    }
    return parse_problem(json.dumps(stated).encode(), name)
