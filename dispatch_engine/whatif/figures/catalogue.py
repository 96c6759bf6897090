"""All figures in the order in which they are shown, and their values for a plan."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.whatif.figures import calls, costs, parts, service_levels, work

if TYPE_CHECKING:
    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.figures.figure import Figure, Measure

DIGITS = 9
"""Values are rounded so that sums in another order are the same."""

FIGURES: tuple[Figure, ...] = (
    *calls.FIGURES,
    *service_levels.FIGURES,
    *parts.FIGURES,
    *work.FIGURES,
    *costs.FIGURES,
)

MEASURES: tuple[Measure, ...] = (
    calls.call_figures,
    service_levels.service_level_figures,
    parts.parts_figures,
    work.work_figures,
    costs.cost_figures,
)


def figures_of(problem: ProblemDocument, plan: PlanDocument) -> dict[str, float]:
    """Return the values of a plan by key; what it does not have, such as deadlines that nobody has, is left out."""
    return {key: round(float(value), DIGITS) for measure in MEASURES for key, value in measure(problem, plan).items()}


def figure_of(key: str) -> Figure:
    """Return the figure that a key belongs to: the one with the longest key that holds it."""
    return max((each for each in FIGURES if each.holds(key)), key=lambda each: len(each.key))


def in_order(keys: set[str]) -> list[str]:
    """Return keys in the order of the figures, the members of a family sorted."""
    rank = {figure.key: number for number, figure in enumerate(FIGURES)}
    return sorted(keys, key=lambda key: (rank[figure_of(key).key], key))
