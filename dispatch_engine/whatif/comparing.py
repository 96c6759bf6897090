"""Solve base and scenarios with the same seeds and effort, and compare what comes of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.scale_out.run import run_all
from dispatch_engine.whatif.nesting import BASE_ID, prepared
from dispatch_engine.whatif.runs import Run, with_seed
from dispatch_engine.whatif.writing import comparison_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.whatif.comparison import ComparisonDocument
    from dispatch_engine.whatif.runs import RunResult, Sources
    from dispatch_engine.whatif.scenario import ScenarioDocument


@dataclass(frozen=True)
class Question:
    """What is to be compared.

    Attributes
    ----------
    problem
        The base.
    scenarios
        In the order in which they are shown.
    options
        The effort of each run.
    seeds
        Each side is solved with each of them.
    sources
        Of travel times.
    """

    problem: ProblemDocument
    scenarios: tuple[ScenarioDocument, ...]
    options: EffectiveOptions
    seeds: tuple[int, ...]
    sources: Sources


@dataclass(frozen=True)
class Compared:
    """What came of a comparison.

    Attributes
    ----------
    document
        The figures.
    problems
        By id, the base's among them.
    plans
        By id: of the seed whose cost is in the middle; an id without a run is not there.
    """

    document: ComparisonDocument
    problems: Mapping[str, ProblemDocument]
    plans: Mapping[str, PlanDocument] = field(default_factory=dict)


RunKey = tuple[str, int]
"""Whose run it is, and its seed."""


def runs_of(question: Question) -> dict[RunKey, Run]:
    """Return all runs in the order in which they are begun: seed by seed, so that what is done early is comparable.

    Raises
    ------
    DocumentErrors
        With every fault of the scenarios.
    """
    problems = problems_of(question)
    return {
        (name, seed): Run(problem, with_seed(question.options, seed), question.sources)
        for seed in question.seeds
        for name, problem in problems.items()
    }


def problems_of(question: Question) -> dict[str, ProblemDocument]:
    """Return base and scenarios by id, the base first."""
    return {BASE_ID: question.problem, **prepared(question.problem, question.scenarios)}


def compare(
    question: Question,
    pool: Pool,
    on_end: Callable[[RunKey, Ending[RunResult]], None] | None = None,
    asked_to_stop: Callable[[], bool] | None = None,
) -> Compared:
    """Compare scenarios with their base.

    Parameters
    ----------
    question
        What to compare.
    pool
        Where the runs are done.
    on_end
        Told of the end of each run as it comes.
    asked_to_stop
        Asked now and then; true ends it with what is done.

    Raises
    ------
    DocumentErrors
        With every fault of the scenarios; then nothing is solved.
    DispatchError
        What went wrong with every single run.
    """
    runs = runs_of(question)
    keys: Sequence[RunKey] = list(runs)
    tell = on_end or (lambda _, __: None)
    endings = run_all(pool, list(runs.values()), lambda number, ending: tell(keys[number], ending), asked_to_stop)
    ended = dict(zip(keys, endings, strict=True))
    errors = [ending.error for ending in endings if ending.error is not None]
    if errors and all(ending.result is None for ending in endings):
        raise errors[0]
    document = comparison_of(question, ended)
    return Compared(document, problems_of(question), _middle_plans(ended))


def _middle_plans(ended: Mapping[RunKey, Ending[RunResult]]) -> dict[str, PlanDocument]:
    """Return of each side the plan whose cost is in the middle."""
    found: dict[str, list[PlanDocument]] = {}
    for (name, _), ending in ended.items():
        if ending.result is not None:
            found.setdefault(name, []).append(ending.result.plan)
    middle = {name: sorted(plans, key=lambda plan: plan.cost.total) for name, plans in found.items()}
    return {name: plans[len(plans) // 2] for name, plans in middle.items()}
