"""Calls planned and left out, in all, by priority and by contract."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import contract_of, priority_of
from dispatch_engine.whatif.figures.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.figures.figure import Values

NO_CONTRACT = "none"

FIGURES = (
    Figure("calls", "Calls", "", None, "calls"),
    Figure("planned", "Calls planned", "", "higher", "calls", is_headline=True),
    Figure("unplanned", "Calls left out", "", "lower", "calls", is_headline=True),
    Figure("planned.priority", "Planned, priority {}", "", "higher", "calls"),
    Figure("unplanned.priority", "Left out, priority {}", "", "lower", "calls"),
    Figure("planned.contract", "Planned, contract {}", "", "higher", "calls"),
    Figure("unplanned.contract", "Left out, contract {}", "", "lower", "calls"),
)


def call_figures(problem: ProblemDocument, plan: PlanDocument) -> Values:
    """Return how many calls are planned and left out."""
    left_out = {each.call for each in plan.unplanned}
    found = {"calls": plan.kpis.calls, "planned": plan.kpis.planned, "unplanned": plan.kpis.unplanned}
    by_member = Counter(
        (f"{member}", "unplanned" if call.id in left_out else "planned")
        for call in problem.calls
        for member in _members(problem, call)
    )
    members = sorted({member for member, _ in by_member})
    return found | {
        f"{outcome}.{member}": by_member[member, outcome] for member in members for outcome in ("planned", "unplanned")
    }


def _members(problem: ProblemDocument, call: Call) -> Iterator[str]:
    contract = contract_of(problem, call)
    yield f"priority.{priority_of(call, contract)}"
    yield f"contract.{NO_CONTRACT if contract is None else contract.id}"
