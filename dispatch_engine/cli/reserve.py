"""`dispatch reserve`: how much time of each territory's technicians to keep free, from calls of the past."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.options import PolicyFile, Problem
from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.past_calls import (
    Columns,
    HistoryFile,
    RatesFile,
    fitted_to,
    history_of,
    require_one,
    stated_rates,
)
from dispatch_engine.cli.terminal import say

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.simulation.arrivals import CallRates
    from dispatch_engine.simulation.reserve_advice import ReserveAdvice, ReserveAim

Suffices = Annotated[
    float, typer.Option("--probability", min=0.01, max=0.99, help="With which the time that is kept free suffices.")
]
Every = Annotated[int, typer.Option(min=1, max=24, metavar="HOURS", help="From one interval to the next.")]
Drive = Annotated[int, typer.Option(min=0, max=600, metavar="MINUTES", help="To each call.")]
Kinds = Annotated[str | None, typer.Option(metavar="NAMES", help="Kinds of the calls that cannot wait; default: all.")]
Rewritten = Annotated[
    str | None, typer.Option("--write", metavar="FILE", help="Write the problem with the reserves put in.")
]


def reserve(
    problem: Problem,
    history: HistoryFile = None,
    columns: Columns = "",
    rates: RatesFile = None,
    probability: Suffices = 0.8,
    every: Every = 4,
    drive: Drive = 20,
    kinds: Kinds = None,
    write: Rewritten = None,
    policy: PolicyFile = None,
) -> None:
    """Propose how many hours of each territory's technicians are to be kept free for calls that are not known yet.

    The calls of PROBLEM say how long calls of their kind take.
    """
    require_inputs_apart(problem, history, rates, policy)
    require_writable(write, kept=(problem, history, rates, policy))
    require_one(history, rates)
    from dispatch_engine.simulation.reserve_advice import ReserveAim, advised

    document = load_changed_problem(problem, policy, None)
    model = _rates(document, history, columns, rates)
    wanted = None if kinds is None else frozenset(name.strip() for name in kinds.split(","))
    aim = ReserveAim(probability, every, timedelta(minutes=drive), wanted)
    advice = advised(document, model, aim)
    if write != "-":
        _print(advice)
    _say_what_is_left_out(document, model, aim, advice)
    if write is not None:
        _write(document, advice, write)


def _rates(problem: ProblemDocument, history: Path | None, columns: str, rates: Path | None) -> CallRates:
    if rates is not None:
        return stated_rates(rates)
    assert history is not None  # one of the two is given
    return fitted_to(history_of(problem, history, columns))


def _print(advice: Sequence[ReserveAdvice]) -> None:
    from rich.table import Table
    from rich.text import Text

    from dispatch_engine.cli.comparison_table import stdout

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("territory")
    for name in ("from", "to", "calls expected", "hours on shift", "hours to keep free"):
        table.add_column(name, justify="right", no_wrap=True)
    for each in advice:
        times = (f"{at:%Y-%m-%d %H:%M}" for at in (each.start, each.end))
        numbers = (f"{each.calls:.1f}", f"{each.on_shift:g}", f"{each.hours:g}")
        table.add_row(Text(each.territory), *times, *numbers)
    stdout().print(table)


def _say_what_is_left_out(
    problem: ProblemDocument, rates: CallRates, aim: ReserveAim, advice: Sequence[ReserveAdvice]
) -> None:
    """Tell of calls outside of all territories, and of territories where technicians do not suffice or are missing."""
    from dispatch_engine.simulation.reserve_advice import sources_of

    found = sources_of(problem, rates, aim)
    urgent = sum(each.weight for each in rates.sources if aim.kinds is None or each.kind in aim.kinds)
    inside = sum(source.weight for sources in found.values() for source in sources)
    if inside < urgent:
        say(f"note: {1 - inside / urgent:.0%} of the calls come from outside of all territories")
    if not urgent:
        say("note: no call is of these kinds")
    for name in found.keys() - {each.territory for each in advice}:
        say(f"note: no technician of {name} is on shift")
    for name in dict.fromkeys(each.territory for each in advice if each.hours and each.hours == each.on_shift):
        say(f"note: all technicians of {name} together do not suffice at times")


def _write(problem: ProblemDocument, advice: Sequence[ReserveAdvice], path: str) -> None:
    from dispatch_engine.formats.documents import dump_problem
    from dispatch_engine.simulation.reserve_advice import with_reserves

    dump_problem(with_reserves(problem, advice), path)
