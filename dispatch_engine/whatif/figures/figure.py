"""What a figure is: a key, a title, a unit, and which direction is good."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument

Better: TypeAlias = Literal["lower", "higher"]
Values: TypeAlias = "Mapping[str, float]"
Measure: TypeAlias = "Callable[[ProblemDocument, PlanDocument], Values]"
"""From a problem and its plan to values by key; a figure that the plan does not have is left out."""

GROUPS = ("calls", "service levels", "parts", "work", "providers", "cost")


@dataclass(frozen=True)
class Figure:
    """One figure of a plan.

    Attributes
    ----------
    key
        Names it in documents; a family has a dot and the member behind it, such as ``unplanned.priority.1``.
    title
        For people; ``{}`` stands for the member of a family.
    unit
        Printed behind the value; ``%`` for shares from 0 to 1.
    better
        Which direction is good, where one is.
    group
        One of ``GROUPS``.
    is_headline
        Whether it stands in short tables even where nothing differs.
    """

    key: str
    title: str
    unit: str
    better: Better | None
    group: str
    is_headline: bool = False

    def holds(self, key: str) -> bool:
        """Return whether a key is that of this figure or of a member of this family."""
        return key == self.key or ("{}" in self.title and key.startswith(f"{self.key}."))

    def title_of(self, key: str) -> str:
        """Return the title of a member."""
        return self.title.format(key.removeprefix(f"{self.key}.").replace("_", " "))
