"""Work on a real Dask cluster of processes of this machine, one of which is killed."""

from __future__ import annotations

import builtins
import socket
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.main import app
from dispatch_engine.errors import FileMissingError
from dispatch_engine.formats.documents import load_problem
from dispatch_engine.planner import PlanOptions, effective_options
from dispatch_engine.scale_out import cluster as cluster_module
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.errors import (
    ClusterUnfitError,
    ExecutorUnknownError,
    ExtraMissingError,
    SchedulerUnreachableError,
)
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.scale_out.run import Ending, run_all
from dispatch_engine.whatif.comparing import Question, compare
from dispatch_engine.whatif.runs import FolderSources
from tests.dispatch_engine.scale_out.clusters import LocalCluster
from tests.dispatch_engine.scale_out.tasks import Dying, Refusing, Square, Waiting, nothing
from tests.dispatch_engine.whatif.sample import scenario

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dispatch_engine.scale_out.task import Task


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[LocalCluster]:
    made = LocalCluster(tmp_path_factory.mktemp("cluster"), 3)
    yield made
    made.close()


def test_results_come_in_order_and_what_a_task_refuses_is_its_end_alone(cluster: LocalCluster) -> None:
    tasks: list[Task[int]] = [*(Square(n) for n in range(5)), Refusing()]
    with open_pool(executor_choice(cluster.executor), nothing) as pool:
        *squares, refused = run_all(pool, tasks)
    assert [each.result for each in squares] == [0, 1, 4, 9, 16]
    assert isinstance(refused.error, FileMissingError)


def test_what_is_done_is_kept_when_the_rest_is_called_off(cluster: LocalCluster, tmp_path: Path) -> None:
    ended: list[int] = []

    def asked_to_stop() -> bool:
        return 0 in ended

    tasks: list[Task[int]] = [Square(2), OnceBegun(tmp_path / "a")]
    with open_pool(executor_choice(cluster.executor), nothing) as pool:
        first, waiting = run_all(pool, tasks, lambda number, _: ended.append(number), asked_to_stop)
    assert first == Ending(4)
    assert waiting.is_called_off


@dataclass(frozen=True)
class OnceBegun(Waiting):
    """Waits for a moment only: nobody tells a worker to stop what it has begun."""

    def __call__(self, asked_to_stop: Any) -> int | None:
        return None


def test_a_worker_that_is_killed_costs_no_result(cluster: LocalCluster, tmp_path: Path) -> None:
    tasks: list[Task[int]] = [Dying(tmp_path, 1, 5), Square(3)]
    with open_pool(executor_choice(cluster.executor), nothing) as pool:
        dying, squared = run_all(pool, tasks)
    assert (dying.result, squared.result) == (25, 9)
    assert [worker.wait(10) for worker in cluster.workers if worker.poll() is not None] == [-9]


def test_a_comparison_of_which_a_worker_is_killed_finds_what_threads_find(cluster: LocalCluster, root: Path) -> None:
    problem, folder = load_problem(root / "data/nauru/day.json"), root / "data/nauru"
    options = effective_options(PlanOptions(iterations=100, base_dir=folder), problem.policy)
    sick = scenario({"type": "absence", "technician": "T01"}, id="sick")
    question = Question(problem, (sick,), options, (0, 1, 2), FolderSources(folder))
    with open_pool(executor_choice("threads:1"), nothing) as pool:
        expected = compare(question, pool).document.figures
    alive = [worker for worker in cluster.workers if worker.poll() is None]
    with open_pool(executor_choice(cluster.executor), nothing) as pool:
        assert pool.size == len(alive) == 2
        found = compare(question, pool, lambda *_: alive[0].kill()).document
    assert found.is_whole
    assert found.figures == expected
    assert alive[0].wait(10) == -9


def test_workers_of_another_version_are_refused(cluster: LocalCluster, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "__version__", "0.0.0")
    with (
        pytest.raises(ClusterUnfitError, match="they have version"),
        open_pool(executor_choice(cluster.executor), nothing),
    ):
        pass


def test_a_scheduler_without_workers_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_S", 1.0)
    idle = LocalCluster(tmp_path, 0)
    with (
        pytest.raises(SchedulerUnreachableError, match="no workers"),
        open_pool(executor_choice(idle.executor), nothing),
    ):
        pass
    idle.close()


def test_a_scheduler_that_is_not_there_is_told_before_anything_is_solved(
    root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cluster_module, "CONNECT_S", 0.5)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    (tmp_path / "same.yaml").write_text("version: 1\nid: same\n")
    island = root / "data/nauru/day.json"
    arguments = ["whatif", str(island), str(tmp_path / "same.yaml"), "--executor", f"dask://127.0.0.1:{port}"]
    result = CliRunner().invoke(app, arguments)
    assert result.exit_code == ExitCode.SCALE_OUT
    assert "error scheduler_unreachable" in result.stderr


def test_without_the_extra_it_is_said_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    real = builtins.__import__

    def without(name: str, *rest: Any) -> Any:
        if name == "distributed":
            raise ImportError(name)
        return real(name, *rest)

    monkeypatch.setattr(builtins, "__import__", without)
    with (
        pytest.raises(ExtraMissingError, match=r"dispatch-engine\[dask\]"),
        open_pool(executor_choice("dask://127.0.0.1:1"), nothing),
    ):
        pass


@pytest.mark.parametrize("text", ["dask://", "dask://host", "dask://host:port", "dask:2", "dask://a b:1"])
def test_what_is_no_address_is_refused(text: str) -> None:
    with pytest.raises(ExecutorUnknownError):
        executor_choice(text)
