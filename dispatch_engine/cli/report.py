"""`dispatch report`: a plan as one HTML page for people."""

from __future__ import annotations

from pathlib import Path

from dispatch_engine.cli.options import Output, Plan, Problem, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem


def report(problem: Problem, plan: Plan, output: Output = "-", travel: TravelChoice = None) -> None:
    """Write the report of a plan: figures, the day of each technician, map, unplanned calls, cost.

    It is one HTML file that loads nothing, to be opened by a double click or printed. Where the plan was made with
    --travel, say so here too.
    """
    from dispatch_engine.formats.documents import load_plan
    from dispatch_engine.reports.html import dump_report

    require_inputs_apart(problem, plan)
    require_writable(output, kept=(problem, plan))
    document = load_changed_problem(problem, None, travel)
    dump_report(document, load_plan(plan), output, Path(problem).parent)
