"""Missing parts where people read them: the report, the summary, explain and the exports."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

from dispatch_engine.cli.explain import lines
from dispatch_engine.cli.plan import summary
from dispatch_engine.exports.geojson import _unplanned as unplanned_point
from dispatch_engine.exports.sheet import json_text
from dispatch_engine.exports.view import PlanView
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.explaining import explain
from dispatch_engine.reports.html import report_html
from dispatch_engine.reports.missing import missing_of
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.days import call, day, location, meeting, plan_of, technician


@cache
def lacking() -> tuple[ProblemDocument, PlanDocument]:
    """A call that a far location could supply, dearer than leaving it out; two meetings with nobody who could give."""
    problem = day(
        [call(parts={"A": 1}, drop_price=60)],
        [technician()],
        stock_locations=[location("L-1", "P5", stock={"A": 2})],
        meetings=[meeting("M-1"), meeting("M-2")],
    )
    return problem, plan_of(problem)


def test_the_report_shows_who_has_the_part_what_ways_cost_and_the_smallest_change() -> None:
    html = report_html(*lacking())
    assert "Lacks A × 1: Maybe load A × 1 more on the van of T-1" in html
    assert "<b>A</b>: L-1: 2 left" in html
    assert '<td>A stop at L-1 with T-1</td><td class="number">107.67</td><td>47.67 more than leaving it out' in html


def test_ways_of_a_kind_with_the_same_obstacle_share_a_line() -> None:
    problem, plan = lacking()
    missing = missing_of(PlanView(problem, plan), plan.unplanned[0].missing_parts)
    assert missing is not None
    (line,) = [line for line in missing.ways if "M-1" in line.way]
    assert (line.way, line.outcome) == ("Meeting M-1, meeting M-2", "Nobody there has it over")


def test_the_summary_of_a_plan_says_the_cheapest_way_and_the_smallest_change_in_a_line() -> None:
    (line,) = [line for line in summary(lacking()[1]) if line.startswith("C-1")]
    assert line == (
        "C-1 lacks A × 1; the cheapest way, a stop at L-1 with T-1, costs 107.67 EUR, leaving it out costs 60.00. "
        "Maybe load A × 1 more on the van of T-1: C-1 would cost 37.53 EUR then."
    )


def test_explain_says_all_that_the_plan_says_of_missing_parts() -> None:
    problem, plan = lacking()
    said = list(lines(explain(problem, plan, "C-1", open_travel(problem.travel, Path.cwd())), "EUR"))
    missing = plan.unplanned[0].missing_parts
    assert missing is not None
    assert "part A: L-1: 2 left" in said
    assert said[-len(missing.ways) - len(missing.changes) :] == [
        f"- {each}" for each in [*(way.message for way in missing.ways), *(x.message for x in missing.changes)]
    ]


def test_the_exports_have_missing_parts_and_the_smallest_change() -> None:
    problem, plan = lacking()
    whole: dict[str, Any] = json.loads(json_text(PlanView(problem, plan)))
    assert whole["unplanned"][0]["missing_parts"]["parts"][0]["part"] == "A"
    properties = unplanned_point(PlanView(problem, plan), plan.unplanned[0])["properties"]
    assert (properties["missing_parts"], properties["smallest_change"][:10]) == ("A × 1", "Maybe load")
