"""Other prices and rules that the optimiser weighs."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.changes.change import Change, Claim, claims_of
from dispatch_engine.whatif.changes.patching import Patch, patched


class ChangePolicy(Change):
    """Other prices and rules."""

    type: Literal["change_policy"]
    set: Patch

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the changed policy."""
        return problem.model_copy(update={"policy": patched(problem.policy, self.set)})

    def claims(self) -> Iterator[Claim]:
        """Yield each value that is set."""
        yield from claims_of(("policy",), self.set, "/set")
