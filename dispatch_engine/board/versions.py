"""How an event is written: in which version of its shape, and what of it.

A stored event carries the version of its shape. A new shape gets a new version and a step in `upcasting`, so that old
logs are read for ever.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from dispatch_engine.board.events import Event

VERSION_BY_TYPE: Final[dict[str, int]] = {
    "absence_set": 2,
    "board_opened": 2,
    "stock_moved": 2,
    "territory_set": 2,
    "visit_reported": 2,
}
"""Of the shapes that are written now; 1 where a type is not listed."""


def version_of(event: Event) -> int:
    """Return the version of the shape in which an event is written."""
    return VERSION_BY_TYPE.get(event.type, 1)


def data_of(event: Event) -> dict[str, Any]:
    """Return what was stated in an event, as JSON values without its type."""
    return event.model_dump(mode="json", exclude_unset=True, exclude={"type"})
