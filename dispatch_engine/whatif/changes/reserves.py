"""Time that a territory wants to be kept free."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dispatch_engine.model.fields import Id
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.territories import Reserve
from dispatch_engine.whatif.changes.change import Change, Claim
from dispatch_engine.whatif.changes.finding import replaced, the_thing

KIND = "territories"


class SetReserve(Change):
    """Another reserve of a territory in place of the one that it has; an empty list keeps nothing free."""

    type: Literal["set_reserve"]
    territory: Id
    reserve: tuple[Reserve, ...]

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the reserve."""
        before = the_thing(problem, KIND, self.territory, "territory")
        after = before.model_copy(update={"reserve": self.reserve})
        return problem.model_copy(update={KIND: replaced(problem.territories, {after.id: after})})

    def claims(self) -> Iterator[Claim]:
        """Yield the list as a whole."""
        yield Claim((KIND, self.territory, "reserve"), [each.model_dump() for each in self.reserve], "/reserve")
