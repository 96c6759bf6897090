"""What the plan costs, by term, and what of it is paid to providers."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, get_args

from dispatch_engine.model.plan import CostTerm
from dispatch_engine.whatif.figures.figure import Figure

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument, Route
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.figures.figure import Values

MONEY = "money"
"""As a unit: the currency of the document."""

PAID = ("wage", "overtime", "distance", "callout")
"""The terms that are paid to whom a route belongs."""

FIGURES = (
    Figure("provider_visits", "Visits by providers", "", "lower", "providers"),
    Figure("provider_spend", "Paid to providers", MONEY, "lower", "providers", is_headline=True),
    Figure("cost", "Cost in all", MONEY, "lower", "cost", is_headline=True),
    Figure("cost.term", "Cost: {}", MONEY, "lower", "cost"),
)


def cost_figures(problem: ProblemDocument, plan: PlanDocument) -> Values:
    """Return the cost by term; each term is there, if only as nothing."""
    by_term = plan.cost.by_term
    providers = {each.id for each in problem.providers}
    theirs = [route for route in plan.routes if route.technician in providers]
    return {
        "cost": float(plan.cost.total),
        **{f"cost.term.{term}": float(by_term.get(term, 0)) for term in get_args(CostTerm)},
        "provider_visits": sum(route.totals.visits for route in theirs),
        "provider_spend": float(sum((_paid(route) for route in theirs), Decimal(0))),
    }


def _paid(route: Route) -> Decimal:
    return sum((amount for term, amount in route.costs.items() if term in PAID), Decimal(0))
