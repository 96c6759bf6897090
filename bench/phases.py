"""Where the seconds of a plan go: the engine's own functions are timed while it plans."""

from __future__ import annotations

import time
from contextlib import ExitStack, contextmanager
from functools import wraps
from importlib import import_module
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


class Phase(NamedTuple):
    """Words, and the function whose time is the phase's: where it is looked up when it is called."""

    words: str
    module: str
    name: str


PHASES = (
    Phase("travel matrix", "dispatch_engine.planner.translate", "travel_times"),
    Phase("translation of the document", "dispatch_engine.planner.run", "translate"),
    Phase("tables for the kernels", "solver.solve", "build_tables"),
    Phase("who is near whom", "solver.search.worker", "neighbour_lists"),
    Phase("first plan (kernel)", "solver.search.worker", "Search.start"),
    Phase("search (kernel)", "solver.search.worker", "Search.step"),
    Phase("collecting columns", "solver.search.worker", "Search.take_columns"),
    Phase("master (CP-SAT)", "solver.solve", "recombination"),
    Phase("timing and pricing the plan", "solver.solve", "_Run.result"),
    Phase("why visits are unplanned", "solver.solve", "why_unplanned"),
    Phase("checking", "dispatch_engine.planner.search", "check"),
    Phase("plan document", "dispatch_engine.planner.run", "plan_document"),
)

WITHIN = {"travel matrix": "translation of the document", "why visits are unplanned": "timing and pricing the plan"}
"""Phases that others include, by these."""

REST = "everything else"


@contextmanager
def timed_phases() -> Iterator[dict[str, float]]:
    """Time all phases while the context lasts; yields the seconds by their words, each without those within it."""
    seconds = dict.fromkeys((phase.words for phase in PHASES), 0.0)
    with ExitStack() as stack:
        for phase in PHASES:
            stack.enter_context(_timed(phase, seconds))
        yield seconds
    for inner, outer in WITHIN.items():
        seconds[outer] -= seconds[inner]


@contextmanager
def _timed(phase: Phase, seconds: dict[str, float]) -> Iterator[None]:
    owner: Any = import_module(phase.module)
    *classes, name = phase.name.split(".")
    for each in classes:
        owner = getattr(owner, each)
    original = getattr(owner, name)
    setattr(owner, name, _timing(original, phase.words, seconds))
    try:
        yield
    finally:
        setattr(owner, name, original)


def _timing(function: Callable[..., Any], words: str, seconds: dict[str, float]) -> Callable[..., Any]:
    @wraps(function)
    def timing(*args: Any, **kwargs: Any) -> Any:
        began = time.perf_counter()
        try:
            return function(*args, **kwargs)
        finally:
            seconds[words] += time.perf_counter() - began

    return timing
