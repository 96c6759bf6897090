"""`dispatch simulate`: days played on a virtual clock, by the engine or by rules to compare it with."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.interrupt import first_interrupt_asks
from dispatch_engine.cli.options import PolicyFile, TravelChoice
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
from dispatch_engine.cli.runs_progress import runs_progress
from dispatch_engine.cli.terminal import say
from dispatch_engine.cli.warmup import compile_if_cold

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.simulation.arrivals import CallRates
    from dispatch_engine.simulation.chances import Chances
    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.figures import DayFigures
    from dispatch_engine.simulation.history import CallHistory
    from dispatch_engine.simulation.playing import Playing
    from dispatch_engine.simulation.texts import Simulated

MAX_DAYS = 10_000
NEED_KERNELS = frozenset({"engine", "static"})
"""Policies that search."""

Base = Annotated[str, typer.Argument(metavar="BASE", help="Problem document of one day; - reads standard input.")]
Fit = Annotated[bool, typer.Option("--fit", help="Draw days from rates fitted to the history, not its own days.")]
WriteRates = Annotated[str | None, typer.Option(metavar="FILE", help="Write the fitted rates.")]
ChancesFile = Annotated[
    Path | None, typer.Option("--chances", metavar="FILE", help="How drives, work and customers vary; JSON.")
]
Days = Annotated[int, typer.Option(min=1, max=MAX_DAYS, help="How many days are played.")]
Policies = Annotated[str, typer.Option(metavar="NAMES", help="engine, nearest, earliest-due, static.")]
Seed = Annotated[int, typer.Option(min=0, max=2**32 - 1, help="The same seed gives the same days.")]
Iterations = Annotated[int, typer.Option(min=0, max=10**9, help="Of the engine's search after each event.")]
ExecutorText = Annotated[str, typer.Option("--executor", metavar="WHERE", help="Where days are played, as for whatif.")]
Json = Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write everything, as JSON.")]
Csv = Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write a row a day, for spreadsheets.")]


def simulate(
    base: Base,
    history: HistoryFile = None,
    columns: Columns = "",
    fit: Fit = False,
    rates: RatesFile = None,
    write_rates: WriteRates = None,
    chances: ChancesFile = None,
    days: Days = 20,
    policies: Policies = "engine,nearest",
    seed: Seed = 0,
    iterations: Iterations = 8000,
    executor: ExecutorText = "threads",
    json: Json = None,
    csv: Csv = None,
    policy: PolicyFile = None,
    travel: TravelChoice = None,
) -> None:
    """Play days through the live engine on a virtual clock, and rules to compare it with, all under the same chance.

    The calls of BASE are known in the morning; they also say what calls of their kind need that come in later. Ctrl-C
    keeps the days that are done; pressed twice, it ends at once and writes nothing.
    """
    require_inputs_apart(base, history, rates, chances, policy)
    require_writable(json, csv, write_rates, kept=(base, history, rates, chances, policy))
    _require_source(history, rates, fit, write_rates)
    makers = _makers(policies)
    problem = load_changed_problem(base, policy, travel)
    played_days = _days(problem, _calls(problem, history, columns, rates, fit, write_rates), days, seed, chances)
    if NEED_KERNELS & {*policies.split(",")}:
        compile_if_cold()
    tasks = _tasks(played_days, makers, iterations, Path(base).parent.absolute())
    with first_interrupt_asks() as interrupt:
        found = _played(tasks, executor, interrupt)
    _write(_simulated(problem, seed, iterations, len(tasks), found), json, csv)
    if interrupt.asked:
        raise typer.Exit(ExitCode.ENDED_EARLY)


def _require_source(history: Path | None, rates: Path | None, fit: bool, write_rates: str | None) -> None:
    require_one(history, rates)
    for option, is_given in (("--fit", fit), ("--write-rates", write_rates is not None)):
        if is_given and history is None:
            raise typer.BadParameter("it goes only with --history", param_hint=option)
    if write_rates is not None and not fit:
        raise typer.BadParameter("it goes only with --fit", param_hint="--write-rates")


def _makers(text: str) -> list[Any]:
    from dispatch_engine.simulation.errors import SimulatedPolicyUnknownError
    from dispatch_engine.simulation.policies.registry import MAKERS

    names = list(dict.fromkeys(name.strip() for name in text.split(",")))
    for name in names:
        if name not in MAKERS:
            raise SimulatedPolicyUnknownError(name, MAKERS)
    return [MAKERS[name] for name in names]


def _calls(
    problem: ProblemDocument, history: Path | None, columns: str, rates: Path | None, fit: bool, write: str | None
) -> CallHistory | CallRates:
    """Return the calls of the past, or rates: stated or fitted."""
    from dispatch_engine.formats.files import write_atomically

    if rates is not None:
        return stated_rates(rates)
    assert history is not None  # one of the two is given
    found = history_of(problem, history, columns)
    if not fit:
        return found
    model = fitted_to(found)
    if write is not None:
        write_atomically(write, f"{model.model_dump_json(indent=2)}\n".encode())
    return model


def _days(
    problem: ProblemDocument, calls: CallHistory | CallRates, number: int, seed: int, chances: Path | None
) -> list[Day]:
    from dispatch_engine.simulation.days import drawn_days, recorded_days
    from dispatch_engine.simulation.history import CallHistory

    if isinstance(calls, CallHistory):
        return recorded_days(problem, calls, number, seed, _chances(chances))
    return drawn_days(problem, calls, number, seed, _chances(chances))


def _chances(path: Path | None) -> Chances:
    from dispatch_engine.formats.files import read_bytes
    from dispatch_engine.formats.plain import parse_plain
    from dispatch_engine.simulation.chances import Chances

    return Chances() if path is None else parse_plain(Chances, read_bytes(path), str(path))


def _tasks(days: list[Day], makers: list[Any], iterations: int, base_dir: Path) -> list[Playing]:
    from dispatch_engine.simulation.playing import Playing

    return [Playing(day, make, iterations, base_dir) for day in days for make in makers]


def _played(tasks: list[Playing], executor: str, asked_to_stop: Callable[[], bool]) -> list[DayFigures]:
    from dispatch_engine.scale_out.choice import executor_choice
    from dispatch_engine.scale_out.pool import open_pool
    from dispatch_engine.scale_out.run import run_all
    from dispatch_engine.simulation.playing import get_ready

    place = executor_choice(executor)
    with open_pool(place, get_ready) as pool, runs_progress(len(tasks), str(place)) as show:
        ended = run_all(pool, tasks, lambda number, ending: show(_said(tasks[number], ending)), asked_to_stop)
    failed = next((each.error for each in ended if each.error is not None), None)
    if failed is not None:
        raise failed
    return [each.result for each in ended if each.result is not None]


def _said(task: Playing, ending: Ending[DayFigures]) -> str:
    if ending.result is None:
        return f"{task.day.name}: called off" if ending.error is None else f"{task.day.name}: {ending.error.code}"
    return f"{task.day.name}, {ending.result.policy}: {ending.result.missed} deadlines missed"


def _simulated(problem: ProblemDocument, seed: int, iterations: int, wanted: int, days: list[DayFigures]) -> Simulated:
    from dispatch_engine.simulation.texts import Simulated

    return Simulated(problem.id, seed, iterations, wanted, days)


def _write(found: Simulated, json: str | None, csv: str | None) -> None:
    """Write the files that are wanted, and the table to standard output where no file goes there."""
    from dispatch_engine.formats.files import write_atomically
    from dispatch_engine.simulation.texts import csv_text, json_text

    for path, text in ((json, json_text), (csv, csv_text)):
        if path is not None:
            write_atomically(path, text(found))
    if "-" not in (json, csv) and found.days:
        from dispatch_engine.cli.simulation_table import print_days

        print_days(found.days)
    if found.missing:
        say(f"{found.missing} of {found.wanted} days were called off")
