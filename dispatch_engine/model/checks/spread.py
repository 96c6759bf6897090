"""Distributions: quantiles that rise, histories that tell something, and a wanted probability with some to act on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import fault
from dispatch_engine.model.spread import is_rising, percent

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import timedelta
    from decimal import Decimal

    from dispatch_engine.catalogue.faults import Path
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.spread import Spread

SPREAD: Path = ("policy", "spread")


def check_quantiles(problem: ProblemDocument) -> Iterator[Fault]:
    """Find quantiles of which there is but one, or that fall."""
    for i, call in enumerate(problem.calls):
        yield from _faults(("calls", i, "duration_quantiles"), call.duration_quantiles)
    spread = problem.policy.spread
    if spread is not None:
        yield from _faults((*SPREAD, "travel"), spread.travel)
        yield from _faults((*SPREAD, "work"), spread.work)
        for kind, stated in spread.work_by_kind.items():
            yield from _faults((*SPREAD, "work_by_kind", kind), stated)


def check_history(problem: ProblemDocument) -> Iterator[Fault]:
    """Find kinds of work of which a history says nothing."""
    spread = problem.policy.spread
    for kind, past in () if spread is None else spread.work_history.items():
        if not any(past):
            yield fault("history_empty", (*SPREAD, "work_history", kind), kind=kind)


def check_probability(problem: ProblemDocument) -> Iterator[Fault]:
    """Find a wanted probability where nothing is said to vary."""
    if problem.policy.on_time_probability is None:
        return
    if not _varies(problem.policy.spread) and not any(call.duration_quantiles for call in problem.calls):
        yield fault("spread_missing", ("policy", "on_time_probability"), problem.policy.on_time_probability)


def _varies(spread: Spread | None) -> bool:
    return spread is not None and any(vars(spread).values())


def _faults(path: Path, stated: Mapping[str, Decimal] | Mapping[str, timedelta]) -> Iterator[Fault]:
    points = {name: _number(value) for name, value in stated.items()}
    if points and not is_rising(points):
        named = ", ".join(
            f"{name} {value}" for name, value in sorted(stated.items(), key=lambda each: percent(each[0]))
        )
        yield fault("quantiles_wrong", path, named=named)


def _number(value: Decimal | timedelta) -> float:
    return float(value) if not hasattr(value, "total_seconds") else value.total_seconds()
