"""From the ends of runs to the comparison document."""

from __future__ import annotations

from statistics import fmean, stdev
from typing import TYPE_CHECKING, Literal

import dispatch_engine
from dispatch_engine.clock import now_at
from dispatch_engine.whatif.comparison import (
    ComparisonDocument,
    ComparisonEffort,
    Difference,
    FailedRun,
    FigureOfScenario,
    FigureRow,
    Side,
    Spread,
)
from dispatch_engine.whatif.figures.catalogue import figure_of, in_order
from dispatch_engine.whatif.nesting import BASE_ID
from dispatch_engine.whatif.statistics import LEVEL, adjusted, paired_test

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.whatif.comparing import Question, RunKey
    from dispatch_engine.whatif.figures.figure import Better
    from dispatch_engine.whatif.runs import RunResult
    from dispatch_engine.whatif.scenario import ScenarioDocument

Ended = "Mapping[RunKey, Ending[RunResult]]"
Verdict = Literal["better", "worse", "different", "same", "unknown"]
ValuesBySeed = dict[int, dict[str, float]]
"""The figures of one side, by seed."""


def comparison_of(question: Question, ended: Mapping[RunKey, Ending[RunResult]]) -> ComparisonDocument:
    """Return the comparison of what is done."""
    values = {name: _values(ended, name) for name in (BASE_ID, *(each.id for each in question.scenarios))}
    options = question.options
    return ComparisonDocument(
        version=1,
        problem_id=question.problem.id,
        created_at=now_at(),
        engine_version=dispatch_engine.__version__,
        currency=question.problem.currency,
        seeds=question.seeds,
        effort=ComparisonEffort(
            time_limit_s=options.time_limit_s,
            iterations=options.iterations,
            threads=options.threads,
            seconds=sum(ending.result.plan.effort.seconds for ending in ended.values() if ending.result is not None),
        ),
        level=LEVEL,
        base=_side(question, ended, None),
        scenarios=tuple(_side(question, ended, each) for each in question.scenarios),
        figures=tuple(_rows(values)),
    )


def _values(ended: Mapping[RunKey, Ending[RunResult]], name: str) -> ValuesBySeed:
    ends = ((seed, ending.result) for (side, seed), ending in ended.items() if side == name)
    return {seed: result.figures for seed, result in ends if result is not None}


def _side(question: Question, ended: Mapping[RunKey, Ending[RunResult]], scenario: ScenarioDocument | None) -> Side:
    name = BASE_ID if scenario is None else scenario.id
    mine = {seed: ended[name, seed] for seed in question.seeds}
    return Side(
        id=name,
        name=question.problem.name if scenario is None else scenario.name,
        based_on=None if scenario is None else scenario.based_on,
        changes=() if scenario is None else scenario.changes,
        seeds_done=tuple(seed for seed, ending in mine.items() if ending.result is not None),
        seeds_missing=tuple(seed for seed, ending in mine.items() if ending.is_called_off),
        failed=tuple(
            FailedRun(seed=seed, code=ending.error.code, message=str(ending.error)[:2000])
            for seed, ending in mine.items()
            if ending.error is not None
        ),
    )


def _rows(values: Mapping[str, ValuesBySeed]) -> list[FigureRow]:
    keys = {key for by_seed in values.values() for figures in by_seed.values() for key in figures}
    differences = {
        name: differences_of(values[BASE_ID], by_seed) for name, by_seed in values.items() if name != BASE_ID
    }
    return [_row(key, values, differences) for key in in_order(keys)]


def _row(
    key: str, values: Mapping[str, ValuesBySeed], differences: Mapping[str, Mapping[str, Difference]]
) -> FigureRow:
    figure = figure_of(key)
    spreads = {name: _spread(by_seed, key) for name, by_seed in values.items()}
    return FigureRow(
        key=key,
        title=figure.title_of(key),
        unit=figure.unit,
        better=figure.better,
        group=figure.group,
        headline=figure.is_headline,
        base=spreads[BASE_ID],
        scenarios={
            name: FigureOfScenario(spread=spread, difference=differences[name].get(key))
            for name, spread in spreads.items()
            if name != BASE_ID and spread is not None
        },
    )


def _spread(by_seed: ValuesBySeed, key: str) -> Spread | None:
    values = [figures[key] for figures in by_seed.values() if key in figures]
    if not values:
        return None
    sd = stdev(values) if len(values) > 1 else 0.0
    return Spread(mean=fmean(values), sd=sd, low=min(values), high=max(values), n=len(values))


def differences_of(base: ValuesBySeed, scenario: ValuesBySeed) -> dict[str, Difference]:
    """Return the difference of each figure that both have for a common seed.

    Figures that are the same in each pair are not tested, and so do not count among those that could differ by chance.
    """
    tests = {key: paired_test(pairs) for key, pairs in _pairs(base, scenario).items()}
    counts = {key: len(pairs) for key, pairs in _pairs(base, scenario).items()}
    p_by_key = {key: test.p for key, test in tests.items() if test.p is not None}
    differing = {key: p for key, p in p_by_key.items() if (tests[key].mean, tests[key].low) != (0, 0)}
    p_adjusted = dict.fromkeys(p_by_key, 1.0) | adjusted(differing)
    return {
        key: Difference(
            mean=test.mean,
            low=test.low,
            high=test.high,
            p=test.p,
            p_adjusted=p_adjusted.get(key),
            n=counts[key],
            significant=None if test.p is None else p_adjusted[key] <= LEVEL,
            verdict=_verdict(figure_of(key).better, test.mean, p_adjusted.get(key)),
        )
        for key, test in tests.items()
    }


def _pairs(base: ValuesBySeed, scenario: ValuesBySeed) -> dict[str, Sequence[float]]:
    pairs: dict[str, list[float]] = {}
    for seed in [seed for seed in base if seed in scenario]:
        for key, value in scenario[seed].items():
            if key in base[seed]:
                pairs.setdefault(key, []).append(value - base[seed][key])
    return dict(pairs)


def _verdict(better: Better | None, mean: float, p_adjusted: float | None) -> Verdict:
    if p_adjusted is None:
        return "unknown"
    if p_adjusted > LEVEL or not mean:
        return "same"
    if better is None:
        return "different"
    return "better" if (mean < 0) == (better == "lower") else "worse"
