"""Violations that the checker finds, in the words of the documents: ids for numbers, moments for seconds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from dispatch_engine.planner.findings import Finding
from dispatch_engine.planner.stock import PER_UNIT
from solver.checker.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.reading import PlanReader
    from solver.checker import Violation

TIMED = {
    "window",
    "release",
    "shift",
    "break",
    "break_overlap",
    "time_wrong",
    "departure_wrong",
    "pin",
    "courier",
    "opening",
    "meeting_time",
}
"""Codes of violations in which numbers of four digits and more are instants."""

OTHER_NUMBERS = {"room": r"^\d+", "stock": r"(?<=taken by )\d+"}
"""What else stands for something by code: a size in the units of the solver, an instant."""

UNKNOWN = {
    "visit_unknown",
    "shift_unknown",
    "break_unknown",
    "location_unknown",
    "meeting_unknown",
    "sourcing_unknown",
    "part_unknown",
    "tool_unknown",
}
"""Codes of violations that say of a number that it stands for nothing."""


class ViolationWords:
    """Names for the numbers of a problem, and of what a plan has besides."""

    def __init__(self, frame: Frame, reader: PlanReader) -> None:
        index = frame.index
        self._timeline = frame.timeline
        self._shifts = [*index.shift, *reader.unknown_shifts]
        shifts = [f"{shift} of {technician}" for technician, shift in self._shifts]
        self._names: dict[str, Sequence[str]] = {
            "call": [*index.visit, *reader.unknown["call"]],
            "shift": shifts,
            "technician": list(index.technician),
            "skill": list(index.skill),
            "tool": [*index.tool, *reader.unknown["tool"]],
            "part": [*index.part, *reader.unknown["part"]],
            "territory": list(index.territory),
            "location": [*index.location, *reader.unknown["location"]],
            "meeting": [*index.meeting, *reader.unknown["meeting"]],
            "sourcing": [*(f"no. {row}" for row in range(len(frame.ways.rows))), *reader.unknown["sourcing"]],
        }

    def finding(self, violation: Violation) -> Finding:
        """Return a violation with a sentence that names the thing, the rule, what was found, and a way out."""
        entry, call = CATALOGUE[violation.code], self._call(violation)
        technician, shift = (None, None) if violation.shift is None else self._shifts[violation.shift]
        detail = f" ({self._text(violation, violation.detail)})" if violation.detail else ""
        found, expected = self._text(violation, violation.found), self._text(violation, violation.expected)
        if violation.code in UNKNOWN:
            expected = "one that the problem has"
        message = f"{self._thing(violation, call)}: {entry.rule}{detail}; found {found}, expected {expected}."
        return Finding(violation.code, f"{message} {entry.advice}", call, technician, shift)

    def _call(self, violation: Violation) -> str | None:
        number = violation.found if violation.code == "visit_unknown" else violation.visit
        calls = self._names["call"]
        return calls[number] if isinstance(number, int) and 0 <= number < len(calls) else None

    def _thing(self, violation: Violation, call: str | None) -> str:
        shift = None if violation.shift is None else f"shift {self._names['shift'][violation.shift]}"
        things = [f"call {call}" if call is not None else None, shift]
        return " on ".join(thing for thing in things if thing is not None) or "the plan"

    def _text(self, violation: Violation, value: int | str) -> str:
        if isinstance(value, int):
            kind = _kind_of_number(violation)
            if kind in self._names and 0 <= value < len(self._names[kind]):
                return self._names[kind][value]
        if violation.code == "technician" and "[" in str(value):
            return re.sub(r"\d+", lambda found: self._names["technician"][int(found[0])], str(value))
        # In one pass, so that the digits of an id are never taken for a number.
        named = rf"\b(?P<kind>{'|'.join(self._names)}) (?P<number>\d+)\b"
        other = OTHER_NUMBERS.get(violation.code, r"\d{4,}" if violation.code in TIMED else "(?!)")
        return re.sub(f"{named}|{other}", lambda found: self._replaced(violation, found), str(value))

    def _replaced(self, violation: Violation, found: re.Match[str]) -> str:
        kind = found["kind"]
        if kind is not None:
            return f"{kind} {self._names[kind][int(found['number'])]}"
        if violation.code == "room":
            return f"{int(found[0]) / PER_UNIT:g}"
        return f"{self._timeline.moment(int(found[0])):%Y-%m-%dT%H:%M:%S%z}"


def _kind_of_number(violation: Violation) -> str | None:
    """Return what a bare number in a violation stands for, None for a quantity."""
    if violation.code == "visit_unknown":
        return "call"
    if violation.code in UNKNOWN:
        return violation.code.removesuffix("_unknown")
    if violation.code == "pin" and violation.detail in {"technician", "shift"}:
        return violation.detail
    return None
