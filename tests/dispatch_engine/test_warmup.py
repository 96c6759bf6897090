"""After the warm-up day, planning with parts needs no kernel of other types than are compiled by then."""

from __future__ import annotations

import gc
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numba

from dispatch_engine.warmup_day import plan_warmup_day
from solver.params import Params
from solver.solve import solve
from solver.stop import IterationLimit
from tests.properties.problems import random_parts_cases

PRINT_NEW = """
from dispatch_engine.kernels import prepare
prepare()
from tests.dispatch_engine.test_warmup import json, new_signatures
print(json.dumps(new_signatures()))
"""


def signatures() -> set[tuple[str, str]]:
    """Return the types for which each of the solver's kernels is ready in this process."""
    dispatcher: Any = type(numba.njit(signatures))
    kernels: list[Any] = [thing for thing in gc.get_objects() if isinstance(thing, dispatcher)]
    return {
        (kernel.__qualname__, str(types))
        for kernel in kernels
        if kernel.__module__.startswith("solver.")
        for types in kernel.signatures
    }


def new_signatures() -> tuple[int, list[tuple[str, str]]]:
    """Return how many there are after the warm-up day, and those that plans with parts add."""
    plan_warmup_day()
    before = signatures()
    for problem in random_parts_cases(3, 20):
        solve(problem, Params(), IterationLimit(100))
    return len(before), sorted(signatures() - before)


def test_after_the_warm_up_day_a_plan_with_parts_compiles_nothing_more(root: Path) -> None:
    done = subprocess.run([sys.executable, "-c", PRINT_NEW], cwd=root, capture_output=True, text=True, check=False)
    assert done.stderr == ""
    count, added = json.loads(done.stdout)
    assert count > 10
    assert added == []
