"""Technicians who are trained."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field

from dispatch_engine.model.fields import Id, Level
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.changes.change import Change, Claim, claims_of
from dispatch_engine.whatif.changes.finding import the_capacities, with_capacities
from dispatch_engine.whatif.changes.technicians import PERSON


class Train(Change):
    """Technicians or providers have these skills, at least at these levels; what they can do already they keep."""

    type: Literal["train"]
    technicians: Annotated[tuple[Id, ...], Field(min_length=1)] | None = None
    """Default: everybody."""
    skills: Annotated[dict[Id, Level], Field(min_length=1)]

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the trained technicians."""
        people = the_capacities(problem, self.technicians, "technicians")
        return with_capacities(
            problem, [each.model_copy(update={"skills": self._skills(each.skills)}) for each in people]
        )

    def claims(self) -> Iterator[Claim]:
        """Yield each level of each technician who is named."""
        for name in self.technicians or ():
            yield from claims_of((PERSON, name, "skills"), self.skills, "/skills")

    def _skills(self, known: dict[str, int]) -> dict[str, int]:
        return known | {skill: max(level, known.get(skill, 0)) for skill, level in self.skills.items()}
