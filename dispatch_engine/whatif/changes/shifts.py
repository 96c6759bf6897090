"""Shifts that are worked besides, not worked, or at other times."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.fields import Id
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Capacity, Shift
from dispatch_engine.whatif.changes.change import Change, Claim, Fate, claims_of, refused
from dispatch_engine.whatif.changes.finding import the_capacity, unknown, with_capacities
from dispatch_engine.whatif.changes.patching import Patch, patched
from dispatch_engine.whatif.changes.released import released
from dispatch_engine.whatif.changes.technicians import PERSON
from dispatch_engine.whatif.changes.things import id_taken


class AddShift(Change):
    """A shift more of a technician or provider."""

    type: Literal["add_shift"]
    technician: Id
    shift: Shift

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the shift at its place in time."""
        whose = the_capacity(problem, self.technician, "technician")
        if any(each.id == self.shift.id for each in whose.shifts):
            raise refused(id_taken(("shift", "id"), self.shift.id, f"shifts of {whose.id}"))
        shifts = sorted((*whose.shifts, self.shift), key=lambda shift: shift.start)
        return with_capacities(problem, [with_shifts(whose, shifts)])

    def claims(self) -> Iterator[Claim]:
        """Yield that the shift is added."""
        yield Claim((PERSON, self.technician, "shifts", self.shift.id), Fate.ADDED, "/shift")


class RemoveShift(Change):
    """A shift that is not worked. Calls that are pinned to it are free."""

    type: Literal["remove_shift"]
    technician: Id
    shift: Id

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document without the shift."""
        whose = the_capacity(problem, self.technician, "technician")
        gone = _the_shift(whose, self.shift)
        if gone.facts is not None:
            raise refused(scenario_fault("change_of_begun", ("shift",), gone.id))
        left = with_shifts(whose, [each for each in whose.shifts if each is not gone])
        return released(with_capacities(problem, [left]), left)

    def claims(self) -> Iterator[Claim]:
        """Yield that the shift is removed."""
        yield Claim((PERSON, self.technician, "shifts", self.shift), Fate.REMOVED, "/shift")


class ChangeShift(Change):
    """Other facts about a shift: times, overtime, breaks, limits, prices."""

    type: Literal["change_shift"]
    technician: Id
    shift: Id
    set: Patch

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the changed shift."""
        whose = the_capacity(problem, self.technician, "technician")
        before = _the_shift(whose, self.shift)
        after = patched(before, self.set)
        return with_capacities(
            problem, [with_shifts(whose, [after if each is before else each for each in whose.shifts])]
        )

    def claims(self) -> Iterator[Claim]:
        """Yield each value that is set."""
        yield from claims_of((PERSON, self.technician, "shifts", self.shift), self.set, "/set")


def with_shifts(whose: Capacity, shifts: list[Shift]) -> Capacity:
    """Return a technician or provider with other shifts."""
    return whose.model_copy(update={"shifts": tuple(shifts)})


def _the_shift(whose: Capacity, name: str) -> Shift:
    known = {each.id: each for each in whose.shifts}
    if name not in known:
        raise refused(unknown(("shift",), name, known, f"shifts of {whose.id}"))
    return known[name]
