"""Events as they were stored, in the shape of today. A log is read for ever, whatever version wrote it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from pydantic import ValidationError

from dispatch_engine.board.errors import EventBrokenError, EventUnknownError
from dispatch_engine.board.events import EVENT, TYPES, Event
from dispatch_engine.board.versions import VERSION_BY_TYPE

if TYPE_CHECKING:
    from collections.abc import Mapping

Data: TypeAlias = dict[str, Any]


def _absences_listed(data: Data) -> Data:
    """Since version 2 a technician can have several absences ahead; before, one took the place of another."""
    absence = data.pop("absence")
    return {**data, "absences": [] if absence is None else [absence]}


def _source_named(data: Data) -> Data:
    """Since version 2 ``location`` is where pieces came to or went from, and ``source`` where a van got them from."""
    source = data.pop("location", None)
    return data if source is None else {**data, "source": source}


def _lateness_left_to_the_fold(data: Data) -> Data:
    """Since version 2 the fold itself finds the place of a report that is late."""
    data.pop("is_late", None)
    return data


def _without_number_of_reserve(territory: Data) -> Data:
    """Since version 2 a territory's reserve is a list of intervals; before, it was a number that had to be 0."""
    return {name: value for name, value in territory.items() if name != "reserve"}


def _territories_listed(data: Data) -> Data:
    document = dict(data["document"])
    if "territories" in document:
        document["territories"] = [_without_number_of_reserve(each) for each in document["territories"]]
    return {**data, "document": document}


def _reserve_listed(data: Data) -> Data:
    return {**data, "territory": _without_number_of_reserve(data["territory"])}


STEPS: Final[dict[tuple[str, int], Callable[[Data], Data]]] = {
    ("absence_set", 1): _absences_listed,
    ("board_opened", 1): _territories_listed,
    ("stock_moved", 1): _source_named,
    ("territory_set", 1): _reserve_listed,
    ("visit_reported", 1): _lateness_left_to_the_fold,
}
"""From the data of a type in a version to its data in the next version."""


def event_of(kind: str, version: int, data: Mapping[str, Any]) -> Event:
    """Return a stored event.

    Raises
    ------
    EventUnknownError
        Its type or version is not known here; a later version of the engine wrote it.
    EventBrokenError
        It does not have the shape of its type and version.
    """
    current = VERSION_BY_TYPE.get(kind, 1)
    if kind not in TYPES or not 1 <= version <= current:
        raise EventUnknownError(kind, version)
    said = dict(data)
    try:
        for older in range(version, current):
            said = STEPS[kind, older](said)
        return EVENT.validate_python({**said, "type": kind})
    except (KeyError, ValidationError) as error:
        raise EventBrokenError(kind, version) from error
