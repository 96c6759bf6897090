"""Regions of one plan that are worked on by threads, processes or a cluster: the same plan, whoever does the work."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner import PlanOptions, effective_options, plan
from dispatch_engine.planner.errors import NotDivisibleError
from dispatch_engine.planner.stateless import get_ready
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.pool import open_pool
from solver.search.team_apart import ITERATIONS
from tests.dispatch_engine.planner.days import call, day, meeting, technician
from tests.dispatch_engine.scale_out.clusters import LocalCluster

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.planner.search import SearchState

DAY = "data/nauru/day.json"
ROUNDS = 3


def planned(root: Path, executor: str, tell: Callable[[SearchState], None] | None = None) -> PlanDocument:
    problem = load_problem(root / DAY)
    options = effective_options(
        PlanOptions(iterations=ROUNDS * ITERATIONS, base_dir=(root / DAY).parent), problem.policy
    )
    with open_pool(executor_choice(executor), get_ready) as pool:
        return plan(problem, options, tell, pool=pool)


@pytest.fixture(scope="module")
def by_threads(root: Path) -> PlanDocument:
    return planned(root, "threads:2")


def test_two_work_on_a_region_each_and_say_what_they_did(by_threads: PlanDocument) -> None:
    assert by_threads.effort.threads == 2
    assert by_threads.effort.iterations == 2 * ROUNDS * ITERATIONS
    assert by_threads.kpis.planned > 0


def test_processes_find_what_threads_find(root: Path, by_threads: PlanDocument) -> None:
    found = planned(root, "processes:2")
    assert (found.cost, found.routes) == (by_threads.cost, by_threads.routes)


def test_a_cluster_finds_what_threads_find_though_a_worker_is_killed(
    root: Path, by_threads: PlanDocument, tmp_path: Path
) -> None:
    cluster = LocalCluster(tmp_path, 2)
    try:
        found = planned(root, cluster.executor, lambda _: cluster.workers[0].kill())
    finally:
        cluster.close()
    assert (found.cost, found.routes) == (by_threads.cost, by_threads.routes)
    assert cluster.workers[0].returncode == -9


def test_a_day_with_meetings_cannot_be_divided() -> None:
    problem = day([call()], [technician(), technician("T-2")], meetings=[meeting(hour=12)])
    options = effective_options(PlanOptions(iterations=1), problem.policy)
    with open_pool(executor_choice("threads:2"), get_ready) as pool, pytest.raises(NotDivisibleError) as refused:
        plan(problem, options, pool=pool)
    assert refused.value.code == "plan_not_divisible"


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (["--executor", "threads:2", "--threads", "2"], "takes the place of --threads"),
        (["--executor", "somewhere"], "executor_unknown"),
    ],
)
def test_an_executor_that_makes_no_sense_is_a_wrong_use(root: Path, options: list[str], words: str) -> None:
    done = CliRunner().invoke(app, ["plan", str(root / DAY), *options])
    assert (done.exit_code, words in done.stderr.replace("\n", " ")) == (ExitCode.USAGE, True)
