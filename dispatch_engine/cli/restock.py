"""`dispatch restock`: what the vans are loaded with tonight, and what they should carry."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatch_engine.cli.options import Output, PolicyFile, Problem
from dispatch_engine.cli.outputs import STANDARD_STREAM, require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.terminal import say, stderr
from dispatch_engine.restock.forms import RestockFormat, form_for

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.restock.documents import LoadoutAdvice, PickList

PlanFile = Annotated[str | None, typer.Option("--plan", metavar="PLAN", help="What the vans use until then and after.")]
Evening = Annotated[
    datetime | None,
    typer.Option("--night", formats=["%Y-%m-%d"], metavar="DATE", help="The evening; default: the first day."),
]
Form = Annotated[RestockFormat | None, typer.Option("--format", help="Default: by the name of FILE, else a table.")]
HistoryFile = Annotated[
    Path | None,
    typer.Option("--recommend", metavar="HISTORY", help="Recommend loadouts from this table of use (CSV or .xlsx)."),
]
ServiceLevel = Annotated[
    float | None,
    typer.Option(min=0, max=0.999_999, metavar="SHARE", help="Wanted probability that a part suffices; default 0.95."),
]
ReviewDays = Annotated[
    int | None, typer.Option(min=1, max=366, help="Working days from one loading to the next; default 1.")
]
ByPrice = Annotated[
    bool, typer.Option("--by-price", help="Parts with a unit_price: weigh it against the price of a second visit.")
]
HoldingRate = Annotated[
    float | None,
    typer.Option(min=0, max=100, metavar="SHARE", help="Of the unit price, for keeping a piece a year; default 0.25."),
]
Rewritten = Annotated[
    str | None, typer.Option("--write", metavar="PROBLEM", help="Write the problem with the loadouts put in.")
]
Encoding = Annotated[
    str | None, typer.Option(help="Of a CSV history that does not tell its own, such as cp1252; default utf-8.")
]


def restock(
    problem: Problem,
    plan: PlanFile = None,
    night: Evening = None,
    output: Output = STANDARD_STREAM,
    form: Form = None,
    recommend: HistoryFile = None,
    service_level: ServiceLevel = None,
    review_days: ReviewDays = None,
    by_price: ByPrice = False,
    holding_rate: HoldingRate = None,
    write: Rewritten = None,
    encoding: Encoding = None,
    policy: PolicyFile = None,
) -> None:
    """List what each van is loaded with tonight at each stock location, and what is missing there.

    With --recommend: what each van should carry, from a table with the columns date, part, pieces and, if known,
    technician or territory.
    """
    require_inputs_apart(problem, plan, policy)
    require_writable(output, kept=(problem, plan, policy, recommend))
    require_writable(output, write)
    aim = {
        "service_level": service_level,
        "review_days": review_days,
        "by_price": by_price or None,
        "holding_rate": holding_rate,
    }
    given = {name: value for name, value in aim.items() if value is not None}
    if recommend is None:
        _refuse([*given, *_names(write=write, encoding=encoding)], "goes only with --recommend HISTORY")
        found: PickList | LoadoutAdvice = _picks(load_changed_problem(problem, policy, None), plan, night)
    else:
        _refuse(_names(plan=plan, night=night), "does not go with --recommend HISTORY")
        _refuse([] if by_price else _names(holding_rate=holding_rate), "goes only with --by-price")
        document = load_changed_problem(problem, policy, None)
        found = _advice(document, recommend, given, encoding or "utf-8")
        if write is not None:
            _write_problem(document, found, write)
    _write(found, output, form or form_for(output))


def _names(**options: object) -> list[str]:
    return [name for name, value in options.items() if value is not None]


def _refuse(names: list[str], why: str) -> None:
    """Refuse options that would be without effect."""
    for name in names:
        option = f"--{name.replace('_', '-')}"
        raise typer.BadParameter(f"it {why}", param_hint=option)


def _picks(problem: ProblemDocument, plan: str | None, night: datetime | None) -> PickList:
    from dispatch_engine.formats.documents import load_plan
    from dispatch_engine.restock.picking import pick_list

    stated = None if plan is None else load_plan(plan)
    return pick_list(problem, stated, None if night is None else night.date())


def _advice(problem: ProblemDocument, history: Path, aim: dict[str, Any], encoding: str) -> LoadoutAdvice:
    from dispatch_engine.restock.advising import AdviceOptions, recommend
    from dispatch_engine.restock.history import load_history

    return recommend(problem, load_history(history, encoding), AdviceOptions(**aim), str(history))


def _write_problem(problem: ProblemDocument, advice: LoadoutAdvice, path: str) -> None:
    from dispatch_engine.formats.documents import dump_problem
    from dispatch_engine.restock.advising import with_loadouts

    dump_problem(with_loadouts(problem, advice), path)


def _write(found: PickList | LoadoutAdvice, output: str, form: RestockFormat) -> None:
    """Write the result; on a terminal, tables in colour and a line that sums up."""
    from rich.console import Console

    from dispatch_engine.formats.files import write_atomically
    from dispatch_engine.restock.writing import sheets_of, show, summary, text_of

    terminal = Console()
    if form is RestockFormat.TABLE and output == STANDARD_STREAM and terminal.is_terminal:
        show(terminal, sheets_of(found))
    else:
        write_atomically(output, text_of(found, form))
    for note in found.notes:
        say(f"note: {note}")
    if stderr().is_terminal:
        say(summary(found))
