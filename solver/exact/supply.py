"""Rules on where parts and tools come from; each on a page of its own."""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.exact.locations import state_locations
from solver.exact.order import state_order
from solver.exact.pieces import state_pieces
from solver.exact.room import state_room
from solver.exact.sourcing import state_sourcing
from solver.exact.stopping import state_stopping
from solver.exact.tools import state_tools

if TYPE_CHECKING:
    from solver.exact.variables import Choices


def state_supply(choices: Choices) -> None:
    """State the section *Parts* of ``docs/model.md``."""
    state_sourcing(choices)
    state_stopping(choices)
    ahead = {route.shift: state_order(choices, route) for route in choices.routes}
    state_pieces(choices, ahead)
    state_tools(choices, ahead)
    state_locations(choices)
    state_room(choices)
