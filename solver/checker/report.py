"""What the checker hands back: violations with their codes, the cost by term, and the figures of each route."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from solver.checker.catalogue import CATALOGUE
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Mapping

    from solver.checker.record import RouteRecord
    from solver.solution import Stop


@dataclass(frozen=True)
class Violation:
    """One rule that the plan breaks.

    ``code`` is a key of ``CATALOGUE``: a rule of the model, or a fault of the plan's own bookkeeping. ``shift`` and
    ``visit`` are None where the violation is not about one. Times in seconds, distances in metres, costs in ticks.
    """

    code: str
    found: int | str
    expected: int | str
    shift: int | None = None
    visit: int | None = None
    detail: str = ""

    @classmethod
    def at(
        cls, stop: Stop | None, shift: int, code: str, found: int | str, expected: int | str, detail: str = ""
    ) -> Violation:
        """Say of which stop a violation is: its visit, or in the detail its location or meeting; None is the night."""
        words = [_stop_words(stop), detail]
        visit = stop.visit if stop is not None and stop.is_visit else None
        return cls(code, found, expected, shift, visit, ", ".join(word for word in words if word))

    @property
    def message(self) -> str:
        """A sentence that names the thing, the rule, what was found, and a way out."""
        entry = CATALOGUE[self.code]
        detail = f" ({self.detail})" if self.detail else ""
        return f"{self._thing}: {entry.rule}{detail}; found {self.found}, expected {self.expected}. {entry.advice}"

    @property
    def _thing(self) -> str:
        things = (("visit", self.visit), ("shift", self.shift))
        return " on ".join(f"{word} {index}" for word, index in things if index is not None) or "the plan"


def _stop_words(stop: Stop | None) -> str:
    if stop is None:
        return "the night's load"
    if stop.location != NONE:
        return f"location {stop.location}"
    return "" if stop.meeting == NONE else f"meeting {stop.meeting}"


@dataclass(frozen=True)
class RouteFigures:
    """What one route amounts to, derived from the problem and the times of its starts.

    ``driving_s`` and ``distance_m`` include the way to a resume place and the way back. ``workload_s`` is driving,
    service and handling; ``waiting_s`` is what is left of the gaps after driving and breaks (of a gap between facts
    at least 0).
    """

    shift: int
    driving_s: int
    distance_m: int
    paid_s: int
    overtime_s: int
    workload_s: int
    waiting_s: int


@dataclass(frozen=True)
class CheckReport:
    """The verdict on a plan.

    ``cost_by_term`` has all of ``solver.solution.TERMS`` in ticks, and ``records`` one entry a route, both derived
    here. Routes that cannot be read at all (an unknown shift or visit, changed facts) are left out of both.
    """

    violations: tuple[Violation, ...]
    cost_by_term: Mapping[str, int]
    records: tuple[RouteRecord, ...]

    @property
    def figures(self) -> tuple[RouteFigures, ...]:
        """The figures of each route."""
        return tuple(record.figures for record in self.records)

    @property
    def accepted(self) -> bool:
        """Whether the plan breaks no rule."""
        return not self.violations

    @property
    def codes(self) -> frozenset[str]:
        """The codes of all violations."""
        return frozenset(violation.code for violation in self.violations)

    @property
    def cost_ticks(self) -> int:
        """The whole derived cost in ticks."""
        return sum(self.cost_by_term.values())
