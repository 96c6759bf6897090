"""Driving, paid time, and how evenly work is spread over technicians.

References
----------
Gini (1912), "Variabilità e mutabilità": half the mean difference of each two, divided by the mean.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.kept_reserves import reserve_by_territory
from dispatch_engine.whatif.figures.figure import Figure

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Technician
    from dispatch_engine.whatif.figures.figure import Values

HOUR_S = 3600
KILOMETRE_M = 1000

FIGURES = (
    Figure("driving_h", "Driving", "h", "lower", "work", is_headline=True),
    Figure("distance_km", "Distance", "km", "lower", "work", is_headline=True),
    Figure("paid_h", "Paid time", "h", "lower", "work"),
    Figure("overtime_h", "Overtime", "h", "lower", "work", is_headline=True),
    Figure("waiting_h", "Waiting", "h", "lower", "work"),
    Figure("reserve_missing_h", "Reserve missing", "h", "lower", "work", is_headline=True),
    Figure("reserve_missing_h.territory", "Reserve missing in {}", "h", "lower", "work"),
    Figure("routes", "Shifts in use", "", None, "work"),
    Figure("utilisation", "Utilisation (service in paid time)", "%", "higher", "work", is_headline=True),
    Figure("workload_share", "Workload in shift time, mean of technicians", "%", None, "work"),
    Figure("workload_gini", "Unevenness of workload (Gini)", "", "lower", "work", is_headline=True),
)


def work_figures(problem: ProblemDocument, plan: PlanDocument) -> Values:
    """Return how much is driven and paid, and how evenly technicians with a shift are loaded."""
    kpis = plan.kpis
    found: dict[str, float] = {
        "driving_h": kpis.driving_s / HOUR_S,
        "distance_km": kpis.distance_m / KILOMETRE_M,
        "paid_h": kpis.paid_s / HOUR_S,
        "overtime_h": kpis.overtime_s / HOUR_S,
        "waiting_h": kpis.waiting_s / HOUR_S,
        "routes": kpis.routes,
        "utilisation": kpis.utilisation,
    }
    found |= _reserve_figures(plan)
    shares = workload_shares(problem, plan)
    if not shares:
        return found
    return found | {"workload_share": sum(shares) / len(shares), "workload_gini": gini(shares)}


def _reserve_figures(plan: PlanDocument) -> dict[str, float]:
    """Return what is missing of the reserves, in all and by territory; nothing where there are none."""
    missing_s = {name: missing_s for name, (_, missing_s) in reserve_by_territory(plan.kpis).items()}
    of_all = {"reserve_missing_h": sum(missing_s.values()) / HOUR_S} if missing_s else {}
    return of_all | {f"reserve_missing_h.territory.{name}": each / HOUR_S for name, each in missing_s.items()}


def workload_shares(problem: ProblemDocument, plan: PlanDocument) -> list[float]:
    """Return driving, service and handling in the regular time of each technician's shifts, who has any."""
    worked_s = {each.id: 0 for each in problem.technicians if each.shifts}
    for route in plan.routes:
        if route.technician in worked_s:
            worked_s[route.technician] += route.totals.workload_s
    return [worked_s[each.id] / _regular_s(each) for each in problem.technicians if each.shifts]


def gini(values: Sequence[float]) -> float:
    """Return the Gini coefficient of values from 0: 0 where all are the same, towards 1 where one has everything."""
    total = sum(values)
    if not total:
        return 0.0
    ranked = sum(rank * value for rank, value in enumerate(sorted(values), start=1))
    return 2 * ranked / (len(values) * total) - (len(values) + 1) / len(values)


def _regular_s(technician: Technician) -> float:
    return sum((shift.end - shift.start).total_seconds() for shift in technician.shifts)
