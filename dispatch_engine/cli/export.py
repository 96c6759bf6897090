"""`dispatch export`: a plan in the forms that other programs read."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from dispatch_engine.cli.options import Plan, Problem, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.terminal import say
from dispatch_engine.exports.forms import ExportFormat

Form = Annotated[ExportFormat, typer.Option("--format", help="What to write.")]
Target = Annotated[
    str,
    typer.Option("-o", "--output", metavar="FILE", help="The file, or for ical the folder; - writes standard output."),
]


def export(problem: Problem, plan: Plan, form: Form, output: Target = "-", travel: TravelChoice = None) -> None:
    """Write a plan for other programs.

    csv: one row for each stop. geojson: routes and stops for maps. ical: a calendar for each technician. json: all of
    it with names and places filled in. Where the plan was made with --travel, say so here too.
    """
    from dispatch_engine.exports.write import dump_export
    from dispatch_engine.formats.documents import load_plan

    require_inputs_apart(problem, plan)
    if form is not ExportFormat.ICAL:
        require_writable(output, kept=(problem, plan))
    document = load_changed_problem(problem, None, travel)
    for note in dump_export(document, load_plan(plan), form, output, Path(problem).parent):
        say(note)
