"""Events as they were stored, in the shape of today. A log is read for ever, whatever version wrote it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dispatch_engine.board.errors import EventUnknownError
from dispatch_engine.board.events import EVENT, TYPES, VERSION_BY_TYPE, Event

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

STEPS: Final[dict[tuple[str, int], Callable[[dict[str, Any]], dict[str, Any]]]] = {}
"""From the data of a type in a version to its data in the next version."""


def event_of(kind: str, version: int, data: Mapping[str, Any]) -> Event:
    """Return a stored event.

    Raises
    ------
    EventUnknownError
        Its type or version is not known here; a later version of the engine wrote it.
    """
    current = VERSION_BY_TYPE.get(kind, 1)
    if kind not in TYPES or version > current:
        raise EventUnknownError(kind, version)
    said = dict(data)
    for older in range(version, current):
        said = STEPS[kind, older](said)
    return EVENT.validate_python({**said, "type": kind})
