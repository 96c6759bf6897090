"""What is said of ways and changes: the thing, the price, and what is in the way."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS, WAYS
from dispatch_engine.planner.case import Case
from dispatch_engine.planner.reason_texts import said_of
from dispatch_engine.planner.unplanned import reason_as_read
from solver.forcing import Forced
from solver.reasons import Reason

if TYPE_CHECKING:
    from dispatch_engine.planner.missing.candidates import Candidate
    from dispatch_engine.planner.missing.want import Want


def way_message(want: Want, candidate: Candidate, outcome: Forced | str) -> str:
    """Return a sentence on a way: what it would cost, or by its code why it cannot be done, with the way out."""
    if isinstance(outcome, Forced):
        return f"{_described(want, candidate, outcome)} would cost {_price(want, outcome)}."
    return f"{_described(want, candidate, None)}: {_refused(want, candidate, outcome)}"


def _price(want: Want, forced: Forced) -> str:
    dearer = forced.added_ticks - want.leaving_out_ticks
    compared = f"{want.money(abs(dearer))} {'more' if dearer >= 0 else 'less'} than leaving it out"
    return f"{want.money(forced.added_ticks)}, {compared}"


def _described(want: Want, candidate: Candidate, forced: Forced | None) -> str:
    """Return the way as a noun, with who would go where that is not what it is named after."""
    problem = want.translation.frame.problem
    who = "" if forced is None else want.translation.frame.index.shifts[forced.shift][0].id
    by = f", with {who}," if who else ""
    location = "" if candidate.location is None else problem.stock_locations[candidate.location].id
    substitutes = " and ".join(candidate.substitutes)
    if candidate.technician is not None:
        name = want.capacity(candidate.technician).id
        return f"The van of {name}" if candidate.kind == "van" else f"Provider {name}"
    if candidate.meeting is not None:
        return f"Meeting {problem.meetings[candidate.meeting].id}{by}"
    said = {
        "restock": f"A stop at {location}",
        "overnight": f"Loading at {location} in the night",
        "courier": f"A courier from {location or 'several locations'}",
        "substitute": f"{substitutes} instead",
        "substitute_by_courier": f"{substitutes} instead, by courier from {location or 'several locations'}",
        "combined": "Several of these ways together",
    }
    return said[candidate.kind] + by


def _refused(want: Want, candidate: Candidate, code: str) -> str:
    if code in WAYS:
        return f"{WAYS[code].rule} {WAYS[code].advice}"
    tries = [each for each in want.why if each.technician == candidate.technician]
    case = [each for each in tries if reason_as_read(want.translation, each).code == code]
    said = said_of(Reason[code.upper()], Case(want.translation, want.visit, case))
    return f"{want.call.id} {said.text}. {REASONS[code].advice}"
