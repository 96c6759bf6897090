"""Rules on the pair of a call and a technician: whether one is broken, and a call without them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Capacity


def broken_rules(state: BoardState, call: Call, capacity: Capacity) -> tuple[str, ...]:
    """Return the rules by which a technician cannot be sent, whenever and with whatever in the van.

    A territory counts where the call names it; whether a place lies in one is for the planner to find.
    """
    return tuple(_broken(state, call, capacity))


def _broken(state: BoardState, call: Call, capacity: Capacity) -> Iterator[str]:
    if any(capacity.skills.get(skill, 0) < level for skill, level in call.skills.items()):
        yield "skill"
    missing = [tool for tool in call.tools if tool not in capacity.tools]
    if missing and not {*missing} <= {tool for each in state.setup.stock_locations for tool in each.tools}:
        yield "tool"
    is_required = not call.required_technicians or capacity.id in call.required_technicians
    if capacity.id in call.excluded_technicians or not is_required:
        yield "technician"
    if call.territory is not None and call.territory not in capacity.home_territories:
        rules = (each.rule for each in state.setup.territories if each.id == call.territory)
        if (call.territory_rule or next(rules, "ignored")) == "required":
            yield "territory"


def fitted_to(call: Call, capacity: Capacity) -> Mapping[str, Any]:
    """Return the fields of a call that change so that no rule but time and order keeps a technician from it.

    Whoever gave it to the technician by hand has seen to it. Parts that the van holds are still used.
    """
    held = {part: min(number, capacity.stock.get(part, 0)) for part, number in call.parts.items()}
    return {
        "skills": {skill: level for skill, level in call.skills.items() if capacity.skills.get(skill, 0) >= level},
        "tools": tuple(tool for tool in call.tools if tool in capacity.tools),
        "parts": {part: number for part, number in held.items() if number},
        "parts_cases": (),
        "windows": (),
        "released_at": None,
        "required_technicians": (),
        "excluded_technicians": tuple(name for name in call.excluded_technicians if name != capacity.id),
        "territory_rule": "ignored",
    }
