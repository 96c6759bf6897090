"""A document in the making: values with the cell each came from, and what was set aside."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from dispatch_engine.importer.columns import Target
from dispatch_engine.importer.tables import Spot

FIELD_DEPTH = 3
"""Of `/calls/0/priority`. Such fields are judged each for itself; those of windows and breaks together."""


class Draft:
    """A document in the making.

    Parameters
    ----------
    document
        What stands in it from the start.
    origins
        Where those values came from.
    """

    def __init__(self, document: dict[str, Any], origins: dict[Target, Spot]) -> None:
        self.document = document
        self._origins = origins
        self._set_aside: set[Target] = set()
        self._stood_in: set[Target] = set()

    def put(self, path: Target, value: Any, spot: Spot) -> None:
        """Set the value at a path whose list positions are those that are there or the next; remember its cell."""
        holder: Any = self.document
        for part, following in pairwise(path):
            empty: Any = [] if isinstance(following, int) else {}
            holder = _child(holder, part, empty)
        if isinstance(holder, list):
            holder.append(value)
        else:
            holder[path[-1]] = value
        for length in range(FIELD_DEPTH, len(path) + 1):
            self.trace(path[:length], spot)
        self.trace(path, spot)

    def trace(self, path: Target, spot: Spot) -> None:
        """Remember the cell or row that a path stands for, whether or not there is a value."""
        self._origins.setdefault(path, spot)

    def set_aside(self, path: Target, spot: Spot) -> None:
        """Remember that the value of a cell is faulty: what follows from its absence is no news."""
        self.trace(path, spot)
        self._set_aside.add(path)

    def stand_in(self, path: Target, value: Any, spot: Spot) -> None:
        """Set aside the value of a cell and put another in its place, so that the values beside it are checked."""
        self.put(path, value, spot)
        self.set_aside(path, spot)
        self._stood_in.add(path)

    def spot_of(self, path: Target) -> Spot:
        """Return the cell, else the row, else the table that a path of the document came from."""
        beginnings = (path[:length] for length in range(len(path), -1, -1))
        return next((self._origins[each] for each in beginnings if each in self._origins), Spot("the tables"))

    def is_news(self, path: Target) -> bool:
        """Whether a fault at this path does not just follow from a faulty cell."""
        related = (faulty for faulty in self._set_aside if faulty[:2] == path[:2])
        return not any(self._depends(path, faulty) for faulty in related)

    def _depends(self, path: Target, faulty: Target) -> bool:
        shorter = min(len(path), len(faulty))
        if path[:shorter] == faulty[:shorter]:
            return True
        alone = len(faulty) <= FIELD_DEPTH or faulty in self._stood_in
        return not alone and path[: len(faulty) - 1] == faulty[:-1]


def _child(holder: Any, part: str | int, empty: Any) -> Any:
    if isinstance(holder, list):
        if part == len(holder):
            holder.append(empty)
        return holder[int(part)]
    return holder.setdefault(part, empty)
