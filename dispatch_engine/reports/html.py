"""The report as one HTML file that loads nothing and needs no script to be read or printed."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from dispatch_engine.formats.documents import problem_sha256
from dispatch_engine.formats.files import write_atomically
from dispatch_engine.reports.crew import crew_of
from dispatch_engine.reports.figures import cost_lines, headline, policy_lines, provenance
from dispatch_engine.reports.gantt import WIDTH, chart_of
from dispatch_engine.reports.map import day_map, ground_of
from dispatch_engine.reports.reasons import unplanned_calls
from dispatch_engine.reports.stops import route_table
from dispatch_engine.reports.wording import day_name, moment
from dispatch_engine.travel.source import get_ready as get_source_ready

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.travel.source import TravelSource

TEMPLATES = files("dispatch_engine.reports") / "templates"
NAMED_AT_MOST = 5


def get_ready(source: TravelSource) -> None:
    """Load what the report of any plan with this travel source needs, so that `dump_report` has less to do."""
    environment = _environment()
    for name in environment.list_templates(["j2"]):
        environment.get_template(name)
    get_source_ready(source)


def dump_report(
    problem: ProblemDocument,
    plan: PlanDocument,
    path: str | Path,
    base_dir: Path | None = None,
    source: TravelSource | None = None,
) -> None:
    """Write the report to a file, whole or not at all, or to standard output where the path is ``-``.

    Parameters
    ----------
    problem
        The document that the plan answers.
    plan
        The answer.
    path
        An HTML file, or ``-``.
    base_dir
        Folder of the problem document, where it names a road network by path. Default: the working folder.
    source
        The document's travel source, where it is open already.

    Raises
    ------
    FileWriteError
        It cannot be written; an earlier file of this name is untouched.
    """
    write_atomically(path, report_html(problem, plan, base_dir, source).encode())


def report_html(
    problem: ProblemDocument, plan: PlanDocument, base_dir: Path | None = None, source: TravelSource | None = None
) -> str:
    """Return the report as HTML; see `dump_report`."""
    sections = _sections(PlanView(problem, plan), base_dir or Path(), source)
    return page("report.html.j2", style=resource("report.css"), width=WIDTH, **sections)


def page(template: str, style: str, **sections: Any) -> str:
    """Return a page that loads nothing, with the script of reports.

    Parameters
    ----------
    template
        Of the page, among those of this package.
    style
        Its style sheet.
    sections
        What the template shows.
    """
    script = resource("report.js")
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    rendered: str = (
        _environment().get_template(template).render(**sections, style=style, script=script, script_sha256=digest)
    )
    return rendered


def _sections(view: PlanView, base_dir: Path, source: TravelSource | None) -> dict[str, Any]:
    crew = crew_of(view)
    lines = driven_lines(view, base_dir, source)
    ground = ground_of(view, lines)
    plan = view.plan
    return {
        "title": view.problem.name or plan.problem_id,
        "plan": plan,
        "created": moment(view.local(plan.created_at)),
        "notices": tuple(_notices(view)),
        "crew": tuple(crew.values()),
        "figures": headline(plan),
        "ground": ground,
        "days": [
            {
                "name": day_name(day),
                "chart": chart_of(view, day, crew),
                "map": day_map(view, day, ground, lines, crew) if ground else None,
                "tables": [
                    route_table(view, route, crew[route.technician])
                    for route in plan.routes
                    if view.day_of(route) == day
                ],
            }
            for day in _days(view)
        ],
        "unplanned": unplanned_calls(view),
        "costs": cost_lines(plan),
        "provenance": provenance(view),
        "policy": policy_lines(plan),
    }


def _days(view: PlanView) -> list[date]:
    """Return the local dates on which a shift or route begins."""
    shifts = {view.local(shift.start).date() for shift in view.shifts.values()}
    return sorted(shifts | {view.day_of(route) for route in view.plan.routes})


def _notices(view: PlanView) -> Iterator[str]:
    """Yield what is odd about this pair of documents."""
    if view.plan.problem_sha256 != problem_sha256(view.problem):
        yield "The problem document has been changed since this plan was made, or options changed it for the plan."
    unknown = list(dict.fromkeys(view.unknown_ids()))
    if unknown:
        more = f" and {len(unknown) - NAMED_AT_MOST} more" if len(unknown) > NAMED_AT_MOST else ""
        named = ", ".join(unknown[:NAMED_AT_MOST])
        yield f"The plan names what the problem document does not have: {named}{more}."


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("dispatch_engine.reports"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def resource(name: str) -> str:
    """Return the text of a file among the templates."""
    return (TEMPLATES / name).read_text(encoding="utf-8")
