"""Rules on the pair of a call and a technician: which are broken, and a call without those that are set aside."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Capacity

WaivedRule = Literal["skill", "tool", "technician", "territory", "window", "part"]
"""A hard rule that a dispatcher can set aside for a call that is given to a technician by hand."""

WAIVABLE: Final = frozenset(get_args(WaivedRule))


def broken_rules(state: BoardState, call: Call, capacity: Capacity) -> tuple[WaivedRule, ...]:
    """Return the rules by which a technician cannot be sent, whenever and with whatever in the van.

    A territory counts where the call names it; whether a place lies in one is for the planner to find.
    """
    return tuple(_broken(state, call, capacity))


def _broken(state: BoardState, call: Call, capacity: Capacity) -> Iterator[WaivedRule]:
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


def without_rules(call: Call, capacity: Capacity, waived: Collection[WaivedRule]) -> Mapping[str, Any]:
    """Return the fields of a call that change so that the waived rules do not keep the technician from it."""
    update: dict[str, Any] = {}
    if "skill" in waived:
        update["skills"] = {
            skill: level for skill, level in call.skills.items() if capacity.skills.get(skill, 0) >= level
        }
    if "tool" in waived:
        update["tools"] = tuple(tool for tool in call.tools if tool in capacity.tools)
    if "technician" in waived:
        update["excluded_technicians"] = tuple(name for name in call.excluded_technicians if name != capacity.id)
        update["required_technicians"] = ()
    if "territory" in waived:
        update["territory_rule"] = "ignored"
    if "window" in waived:
        update |= {"windows": (), "released_at": None}
    if "part" in waived:
        update |= {"parts": {}, "parts_cases": ()}
    return update
