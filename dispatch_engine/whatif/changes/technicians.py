"""Technicians and providers who are hired, leave, or are other than stated."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.fields import Id
from dispatch_engine.model.mentions import location_without_technician, meeting_without_technician, without_technician
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Capacity, Provider, Technician
from dispatch_engine.whatif.changes.change import Change, Claim, Fate, claims_of, refused
from dispatch_engine.whatif.changes.finding import PEOPLE, kind_of, the_capacity, with_calls, with_capacities
from dispatch_engine.whatif.changes.patching import Patch, patched
from dispatch_engine.whatif.changes.things import id_taken

PERSON = "people"
"""Technicians and providers share their ids, so claims tell them apart by nothing else."""


class AddTechnician(Change):
    """A technician more."""

    type: Literal["add_technician"]
    technician: Technician

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the technician behind the others."""
        return _with_more(problem, "technicians", self.technician, "technician")

    def claims(self) -> Iterator[Claim]:
        """Yield that the technician is added."""
        yield Claim((PERSON, self.technician.id), Fate.ADDED, "/technician")


class AddProvider(Change):
    """A provider more."""

    type: Literal["add_provider"]
    provider: Provider

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the provider behind the others."""
        return _with_more(problem, "providers", self.provider, "provider")

    def claims(self) -> Iterator[Claim]:
        """Yield that the provider is added."""
        yield Claim((PERSON, self.provider.id), Fate.ADDED, "/provider")


class RemoveTechnician(Change):
    """A technician or provider works here no more.

    Wishes for and against them go too, and so do pins and promises of them; a call that requires them alone, or work
    that they have begun, is a fault. Who is only away for a while is absent, not removed.
    """

    type: Literal["remove_technician"]
    technician: Id

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document without the technician or provider, and without what only concerns them."""
        gone = the_capacity(problem, self.technician, "technician")
        self._require_free(problem, gone)
        kind, name = kind_of(problem, gone.id), gone.id
        changed = with_calls(problem, lambda call: without_technician(call, name))
        return changed.model_copy(
            update={
                kind: tuple(each for each in getattr(problem, kind) if each is not gone),
                "stock_locations": tuple(location_without_technician(each, name) for each in problem.stock_locations),
                "meetings": tuple(meeting_without_technician(each, name) for each in problem.meetings),
            }
        )

    def claims(self) -> Iterator[Claim]:
        """Yield that the technician or provider is removed."""
        yield Claim((PERSON, self.technician), Fate.REMOVED, "/technician")

    def _require_free(self, problem: ProblemDocument, gone: Capacity) -> None:
        at, name = ("technician",), gone.id
        if any(shift.facts is not None for shift in gone.shifts):
            raise refused(scenario_fault("change_of_begun", at, name))
        needed = [call.id for call in problem.calls if call.required_technicians == (name,)]
        if needed:
            raise refused(*(scenario_fault("change_of_required", at, name, call=call) for call in needed))


class ChangeTechnician(Change):
    """Other facts about a technician or provider: skills, tools, van, prices, speed, home."""

    type: Literal["change_technician"]
    technician: Id
    set: Patch

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the changed technician or provider at the same place."""
        before = the_capacity(problem, self.technician, "technician")
        return with_capacities(problem, [patched(before, self.set)])

    def claims(self) -> Iterator[Claim]:
        """Yield each value that is set."""
        yield from claims_of((PERSON, self.technician), self.set, "/set")


def _with_more(problem: ProblemDocument, kind: str, capacity: Capacity, field: str) -> ProblemDocument:
    if any(each.id == capacity.id for each in problem.capacities):
        raise refused(id_taken((field, "id"), capacity.id, PEOPLE))
    return problem.model_copy(update={kind: (*getattr(problem, kind), capacity)})
