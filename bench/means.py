"""The means of getting parts, and a problem document with one of them switched off.

Four are switches of the policy, and so are the nights where there are any. Two are none, and are taken out of the
document: tools that are lent, and parts set aside for causes that are uncertain.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any

from dispatch_engine.model.calls import PartsCase
from dispatch_engine.model.stock import Part

if TYPE_CHECKING:
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity

Change = Callable[["ProblemDocument"], "ProblemDocument"]

NOTHING, ALL, PARTS = "nothing", "all of these", "parts altogether"
"""What is switched off in the first run, in the last but one, and in the day without parts."""

SWITCHES = ("restocking", "couriers", "substitution", "transfers")
"""Switches of the policy."""

NOBODYS_PART = "part-of-the-second-visit"
"""What mends an uncertain cause where nothing is set aside for it; nobody has it."""


def _switched(switch: str, problem: ProblemDocument) -> ProblemDocument:
    return problem.model_copy(update={"policy": problem.policy.model_copy(update={switch: "none"})})


def _without_lent_tools(problem: ProblemDocument) -> ProblemDocument:
    locations = tuple(each.model_copy(update={"tools": {}}) for each in problem.stock_locations)
    return problem.model_copy(update={"stock_locations": locations})


def _without_covered_causes(problem: ProblemDocument) -> ProblemDocument:
    """Let no first visit mend a cause that takes parts: the plan then pays for all the second visits to be expected."""
    calls = tuple(
        call.model_copy(update={"parts_cases": tuple(map(_uncovered, call.parts_cases))}) for call in problem.calls
    )
    parts = (*problem.parts, Part(id=NOBODYS_PART)) if problem.parts else ()
    return problem.model_copy(update={"calls": calls, "parts": parts})


def _uncovered(case: PartsCase) -> PartsCase:
    return case.model_copy(update={"parts": {NOBODYS_PART: 1}}) if case.parts else case


def has_nights(problem: ProblemDocument) -> bool:
    """Tell whether some van is loaded in a night between two shifts."""
    is_loaded = any(each.replenished_at is not None and len(each.shifts) > 1 for each in problem.capacities)
    return is_loaded and problem.policy.overnight_replenishment != "none"


def means_of(problem: ProblemDocument) -> dict[str, Change]:
    """Return by name how each of the means that a document offers is switched off."""
    found: dict[str, Change] = {switch: partial(_switched, switch) for switch in SWITCHES}
    if has_nights(problem):
        found["nights"] = partial(_switched, "overnight_replenishment")
    if any(location.tools for location in problem.stock_locations):
        found["lent tools"] = _without_lent_tools
    if any(call.parts_cases for call in problem.calls):
        found["parts for uncertain causes"] = _without_covered_causes
    return found


def without(problem: ProblemDocument, off: str) -> ProblemDocument:
    """Return the document with one of the means, nothing, all of them, or parts altogether switched off."""
    means = means_of(problem)
    if off == PARTS:
        return without_parts(problem)
    for name in means if off == ALL else () if off == NOTHING else (off,):
        problem = means[name](problem)
    return problem


def without_parts(problem: ProblemDocument) -> ProblemDocument:
    """Return the same day with neither parts nor places that keep them; calls need no tool that is only lent there."""
    lent = {tool for location in problem.stock_locations for tool in location.tools}
    nothing: dict[str, Any] = {"parts": (), "stock_locations": (), "meetings": ()}
    return _switched("overnight_replenishment", problem).model_copy(
        update=nothing
        | {
            "technicians": tuple(_empty_van(each) for each in problem.technicians),
            "providers": tuple(_empty_van(each) for each in problem.providers),
            "calls": tuple(_without_needs(call, lent) for call in problem.calls),
        }
    )


def _empty_van(capacity: Capacity) -> Capacity:
    empty: dict[str, Any] = {"stock": {}, "loadout": {}, "reserved_stock": {}}
    return capacity.model_copy(update=empty | {"stock_capacity": None, "replenished_at": None})


def _without_needs(call: Call, lent: set[str]) -> Call:
    tools = tuple(tool for tool in call.tools if tool not in lent)
    return call.model_copy(update={"parts": {}, "substitutes": (), "parts_cases": (), "tools": tools})
