"""How parts are had, and calls that are left out for want of one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.whatif.figures.figure import Figure

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.figures.figure import Values

FIGURES = (
    Figure("stock_outs", "Calls left out for want of parts", "", "lower", "parts", is_headline=True),
    Figure("couriers", "Courier rides", "", "lower", "parts"),
    Figure("restock_stops", "Restock stops", "", "lower", "parts"),
    Figure("transfers", "Parts handed over", "", None, "parts"),
)


def parts_figures(problem: ProblemDocument, plan: PlanDocument) -> Values:
    """Return by which means parts are had, and how often they are not."""
    return {
        "stock_outs": sum(each.missing_parts is not None for each in plan.unplanned),
        "couriers": plan.kpis.parcels,
        "restock_stops": plan.kpis.restock_stops,
        "transfers": plan.kpis.transfers,
    }
