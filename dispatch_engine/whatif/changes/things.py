"""Adding, removing and changing the things of a list of the document, whatever they are."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any, ClassVar

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.whatif.changes.change import Change, Claim, Fate, claims_of, refused
from dispatch_engine.whatif.changes.finding import NAME_BY_KIND, replaced, the_thing
from dispatch_engine.whatif.changes.patching import Patch, patched

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument


class ThingChange(Change):
    """A change of one thing of a list.

    Attributes
    ----------
    KIND
        The list's key in the document.
    FIELD
        The change's own field that holds or names the thing.
    """

    KIND: ClassVar[str]
    FIELD: ClassVar[str]

    @property
    def stated(self) -> Any:
        """The thing, or its id."""
        return getattr(self, self.FIELD)


class AddThing(ThingChange):
    """Adds a thing."""

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the thing at the end of its list."""
        things = getattr(problem, self.KIND)
        if any(each.id == self.stated.id for each in things):
            raise refused(id_taken((self.FIELD, "id"), self.stated.id, NAME_BY_KIND[self.KIND]))
        return problem.model_copy(update={self.KIND: (*things, self.stated)})

    def claims(self) -> Iterator[Claim]:
        """Yield that the thing is added."""
        yield Claim((self.KIND, self.stated.id), Fate.ADDED, f"/{self.FIELD}")


class RemoveThing(ThingChange):
    """Removes a thing."""

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document without the thing."""
        gone = the_thing(problem, self.KIND, self.stated, self.FIELD)
        return problem.model_copy(
            update={self.KIND: tuple(each for each in getattr(problem, self.KIND) if each is not gone)}
        )

    def claims(self) -> Iterator[Claim]:
        """Yield that the thing is removed."""
        yield Claim((self.KIND, self.stated), Fate.REMOVED, f"/{self.FIELD}")


class ChangeThing(ThingChange):
    """Changes fields of a thing."""

    set: Patch

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the changed thing at its place."""
        before = the_thing(problem, self.KIND, self.stated, self.FIELD)
        after = patched(before, self.set)
        return problem.model_copy(update={self.KIND: replaced(getattr(problem, self.KIND), {after.id: after})})

    def claims(self) -> Iterator[Claim]:
        """Yield each value that is set."""
        yield from claims_of((self.KIND, self.stated), self.set, "/set")


def id_taken(path: tuple[str | int, ...], name: str, things: str) -> Any:
    """Return the fault of a new thing with an id that is there already."""
    return scenario_fault("change_id_taken", path, name, things=things)
