"""`dispatch whatif`: scenarios against a problem document, over several seeds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.exit_codes import ExitCode, exit_code_of
from dispatch_engine.cli.interrupt import first_interrupt_asks
from dispatch_engine.cli.options import PolicyFile, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart, require_writable
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.plan import Iterations, Threads, TimeLimit
from dispatch_engine.cli.runs_progress import runs_progress
from dispatch_engine.cli.warmup import compile_if_cold

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.scale_out.choice import ExecutorChoice
    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.whatif.comparing import Compared, Question, RunKey
    from dispatch_engine.whatif.comparison import ComparisonDocument
    from dispatch_engine.whatif.runs import RunResult
    from dispatch_engine.whatif.scenario import ScenarioDocument

MAX_SEEDS = 1_000

Base = Annotated[str, typer.Argument(metavar="BASE", help="Problem document; - reads standard input.")]
Scenarios = Annotated[list[str], typer.Argument(metavar="SCENARIOS...", help="Scenario documents, YAML or JSON.")]
Seeds = Annotated[int, typer.Option(min=1, max=MAX_SEEDS, help="How many; of fewer than 3 nothing is said of noise.")]
FirstSeed = Annotated[int, typer.Option(min=0, max=2**32 - 1 - MAX_SEEDS, help="The others follow it.")]
ExecutorText = Annotated[
    str, typer.Option("--executor", metavar="WHERE", help="threads:N, processes:N (N at once), or dask://HOST:PORT.")
]
Report = Annotated[str | None, typer.Option(metavar="HTML", help="Write a page for people, with charts and maps.")]
Json = Annotated[str | None, typer.Option("--json", metavar="FILE", help="Write everything, as JSON.")]
Csv = Annotated[str | None, typer.Option("--csv", metavar="FILE", help="Write every figure, for spreadsheets.")]
Markdown = Annotated[str | None, typer.Option("--markdown", metavar="FILE", help="Write the table as Markdown.")]
Every = Annotated[bool, typer.Option("--all", help="Show every figure, not only headlines and differences.")]


def whatif(
    base: Base,
    scenarios: Scenarios,
    seeds: Seeds = 5,
    first_seed: FirstSeed = 0,
    time_limit: TimeLimit = None,
    iterations: Iterations = None,
    threads: Threads = None,
    executor: ExecutorText = "threads",
    report: Report = None,
    json: Json = None,
    csv: Csv = None,
    markdown: Markdown = None,
    every: Every = False,
    policy: PolicyFile = None,
    travel: TravelChoice = None,
) -> None:
    """Compare scenarios with a problem document: what changes, and whether it is more than noise.

    Base and scenarios are solved with the same seeds and effort. Ctrl-C keeps what is done, and the result says what is
    missing; pressed twice, it ends at once and writes nothing.
    """
    from dispatch_engine.planner import PlanOptions, effective_options
    from dispatch_engine.scale_out.choice import executor_choice
    from dispatch_engine.whatif.comparing import Question, runs_of
    from dispatch_engine.whatif.runs import FolderSources

    require_inputs_apart(base, *scenarios, policy)
    require_writable(report, json, csv, markdown, kept=(base, *scenarios, policy))
    place, folder = executor_choice(executor), Path(base).parent.absolute()
    question = Question(
        problem=(problem := load_changed_problem(base, policy, travel)),
        scenarios=_loaded(scenarios),
        options=effective_options(PlanOptions(time_limit, iterations, None, 0, threads, None, folder), problem.policy),
        seeds=tuple(range(first_seed, first_seed + seeds)),
        sources=FolderSources(folder),
    )
    runs_of(question)  # all faults of scenarios, before anything is solved
    compile_if_cold()
    with first_interrupt_asks() as interrupt:
        found = _compared(question, place, interrupt)
    _report(found, report, question)
    _write(found.document, {"report": report, "json": json, "csv": csv, "markdown": markdown}, every)
    _end(found.document, interrupt.asked)


def _loaded(paths: list[str]) -> tuple[ScenarioDocument, ...]:
    from dispatch_engine.whatif.reading import load_scenarios

    return tuple(each for path in paths for each in load_scenarios(path))


def _compared(question: Question, place: ExecutorChoice, asked_to_stop: Callable[[], bool]) -> Compared:
    from dispatch_engine.planner.stateless import get_ready
    from dispatch_engine.scale_out.pool import open_pool
    from dispatch_engine.whatif.comparing import compare

    n_runs = len(question.seeds) * (len(question.scenarios) + 1)
    with open_pool(place, get_ready) as pool, runs_progress(n_runs, str(place)) as show:
        return compare(question, pool, lambda key, ending: show(_said(key, ending)), asked_to_stop)


def _said(key: RunKey, ending: Ending[RunResult]) -> str:
    name, seed = key
    if ending.error is not None:
        return f"{name}, seed {seed}: {ending.error.code}"
    if ending.result is None:
        return f"{name}, seed {seed}: called off"
    return f"{name}, seed {seed}: cost {ending.result.plan.cost.total:,.2f}"


def _report(found: Compared, path: str | None, question: Question) -> None:
    if path is not None:
        from dispatch_engine.reports.comparison import dump_comparison

        dump_comparison(found, path, question.sources)


def _write(document: ComparisonDocument, paths: dict[str, str | None], every: bool) -> None:
    """Write the files that are wanted, and the table to standard output where no file goes there."""
    from dispatch_engine.formats.files import write_atomically
    from dispatch_engine.whatif.texts import csv_text, json_text, markdown_text

    texts: dict[str, Callable[[], bytes]] = {
        "json": lambda: json_text(document),
        "csv": lambda: csv_text(document),
        "markdown": lambda: markdown_text(document, every),
    }
    for kind, text in texts.items():
        path = paths[kind]
        if path is not None:
            write_atomically(path, text())
    if "-" not in paths.values():
        from dispatch_engine.cli.comparison_table import print_comparison, stdout

        print_comparison(stdout(), document, every)


def _end(document: ComparisonDocument, is_asked: bool) -> None:
    """End with the code of what is missing, if anything is."""
    failed = [run for side in (document.base, *document.scenarios) for run in side.failed]
    if is_asked:
        raise typer.Exit(ExitCode.ENDED_EARLY)
    if failed:
        raise typer.Exit(exit_code_of(failed[0].code))
