"""What was promised to customers and how it is kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.whatif.figures.figure import Figure

if TYPE_CHECKING:
    from dispatch_engine.model.plan import Deadlines, PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.figures.figure import Values

HOUR_S = 3600

FIGURES = (
    Figure("response_met", "Response deadlines met", "%", "higher", "service levels", is_headline=True),
    Figure("response_late", "Calls answered late", "", "lower", "service levels"),
    Figure("response_lateness_h", "Lateness of response", "h", "lower", "service levels"),
    Figure("restore_met", "Restore deadlines met", "%", "higher", "service levels", is_headline=True),
    Figure("restore_late", "Calls completed late", "", "lower", "service levels"),
    Figure("restore_lateness_h", "Lateness of completion", "h", "lower", "service levels"),
    Figure("promises_broken", "Promises broken", "", "lower", "service levels", is_headline=True),
    Figure("robustness", "Robustness: chance to start in time", "%", "higher", "service levels", is_headline=True),
    Figure("first_time_fix", "First-time fix expected", "%", "higher", "service levels", is_headline=True),
    Figure("expected_revisits", "Second visits expected", "", "lower", "service levels"),
)


def service_level_figures(problem: ProblemDocument, plan: PlanDocument) -> Values:
    """Return how deadlines and promises fare; a call with a deadline that is left out has missed it."""
    kpis = plan.kpis
    return {
        **_deadlines("response", kpis.response),
        **_deadlines("restore", kpis.restore),
        "promises_broken": kpis.promises_broken,
        **({} if kpis.robustness is None else {"robustness": kpis.robustness}),
        "first_time_fix": kpis.first_time_fix,
        "expected_revisits": kpis.expected_revisits,
    }


def _deadlines(name: str, deadlines: Deadlines) -> dict[str, float]:
    due = deadlines.on_time + deadlines.late + deadlines.unplanned
    met = {f"{name}_met": deadlines.on_time / due} if due else {}
    return met | {f"{name}_late": deadlines.late, f"{name}_lateness_h": deadlines.lateness_s / HOUR_S}
