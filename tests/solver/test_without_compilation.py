"""The kernels are plain Python too: with compilation switched off the same plan comes out."""

import os
import subprocess
import sys
from pathlib import Path

from solver.bound.column_generation import route_bound
from solver.params import BoundParams
from solver.problem import Problem
from solver.stop import IterationLimit
from solver.tables import build_tables
from tests.properties.problems import RULES, random_problem
from tests.properties.supplies import PARTS_RULES
from tests.solver.planning import plan

PRINT_PLAN = "from tests.solver.test_without_compilation import described; print(described())"


def tiny_problem() -> Problem:
    """Return a problem with all rules at once."""
    import numpy as np

    return random_problem(np.random.default_rng(29), 6, 2, frozenset({*RULES, *PARTS_RULES}))


def described() -> str:
    """Plan and describe the plan to the second and the tick."""
    problem = tiny_problem()
    result = plan(problem)
    bound = route_bound(build_tables(problem), [], [], BoundParams(spans=20, labels=2000), 1, IterationLimit(5), 0)
    return repr((result.solution, result.why, bound))


def test_without_compilation_the_same_plan_comes_out(root: Path) -> None:
    env = os.environ | {"NUMBA_DISABLE_JIT": "1", "PYTHONPATH": str(root)}
    # xorshift multiplies, and keys of routes add up, modulo 2**64, of which numpy warns where it is not compiled.
    quiet = [f"-Wignore:overflow encountered in scalar {what}:RuntimeWarning" for what in ("multiply", "add")]
    command = [sys.executable, *quiet, "-c", PRINT_PLAN]
    interpreted = subprocess.run(command, env=env, cwd=root, capture_output=True, text=True, check=False)
    assert (interpreted.stderr, interpreted.returncode) == ("", 0)
    assert interpreted.stdout.strip() == described()
    assert "tools=(0,)" in interpreted.stdout or "tools=(1,)" in interpreted.stdout
