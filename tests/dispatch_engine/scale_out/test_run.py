"""Many tasks at once: all results in order, partial ones when called off, lost workers replaced."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest

from dispatch_engine.errors import FileMissingError
from dispatch_engine.scale_out.choice import executor_choice
from dispatch_engine.scale_out.errors import ExecutorUnknownError, WorkLostError
from dispatch_engine.scale_out.pool import open_pool
from dispatch_engine.scale_out.run import ATTEMPTS, Ending, run_all
from dispatch_engine.scale_out.task import StopFlag
from tests.dispatch_engine.scale_out.tasks import Broken, Dying, Refusing, Square, Waiting, nothing

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from dispatch_engine.scale_out.pool import Pool
    from dispatch_engine.scale_out.task import Task


@pytest.fixture(scope="module", params=["threads:2", "processes:2"])
def pool(request: pytest.FixtureRequest) -> Iterator[Pool]:
    with open_pool(executor_choice(request.param), nothing) as opened:
        yield opened


@pytest.fixture(scope="module")
def processes() -> Iterator[Pool]:
    with open_pool(executor_choice("processes:1"), nothing) as opened:
        yield opened


def test_results_come_in_the_order_of_the_tasks(pool: Pool) -> None:
    assert [each.result for each in run_all(pool, [Square(n) for n in range(5)])] == [0, 1, 4, 9, 16]


def test_each_end_is_told_once(pool: Pool) -> None:
    told: list[tuple[int, Ending[int]]] = []
    run_all(pool, [Square(n) for n in range(5)], lambda number, ending: told.append((number, ending)))
    assert sorted((number, ending.result) for number, ending in told) == [(n, n * n) for n in range(5)]


def test_what_a_task_refuses_is_its_end_alone(pool: Pool) -> None:
    tasks: list[Task[int]] = [Refusing(), Square(3)]
    refused, squared = run_all(pool, tasks)
    assert isinstance(refused.error, FileMissingError)
    assert squared.result == 9


def test_a_fault_of_the_program_ends_all(pool: Pool) -> None:
    tasks: list[Task[int]] = [Broken(), Square(3)]
    with pytest.raises(Exception, match="a fault of the program"):
        run_all(pool, tasks)


def test_what_is_done_is_kept_when_the_rest_is_called_off(pool: Pool, tmp_path: Path) -> None:
    begun = [tmp_path / "a", tmp_path / "b"]
    tasks: list[Task[int]] = [Square(2), *map(Waiting, begun), Square(3), Square(4)]
    ended: list[int] = []

    def asked_to_stop() -> bool:
        return 0 in ended and all(each.exists() for each in begun)

    first, *waiting, third, fourth = run_all(pool, tasks, lambda number, _: ended.append(number), asked_to_stop)
    assert first == Ending(4)
    assert all(each.is_called_off for each in (*waiting, third, fourth))


def test_a_task_whose_process_dies_is_done_by_another(processes: Pool, tmp_path: Path) -> None:
    tasks: list[Task[int]] = [Dying(tmp_path, 2, 5), Square(3)]
    dying, squared = run_all(processes, tasks)
    assert (dying.result, squared.result) == (25, 9)


def test_a_task_whose_process_dies_again_and_again_is_lost_alone(processes: Pool, tmp_path: Path) -> None:
    tasks: list[Task[int]] = [Dying(tmp_path, ATTEMPTS, 5), Square(3)]
    dying, squared = run_all(processes, tasks)
    assert isinstance(dying.error, WorkLostError)
    assert squared.result == 9


def test_a_copy_of_a_flag_is_not_asked() -> None:
    flag = StopFlag()
    flag.ask()
    assert flag()
    assert not pickle.loads(pickle.dumps(flag))()


def test_without_a_number_as_many_run_at_once_as_there_are_processors() -> None:
    assert executor_choice("threads").count >= 1
    assert str(executor_choice("processes:3")) == "processes:3"


@pytest.mark.parametrize("text", ["", "threads:0", "threads:x", "fibres:2", "processes:1001", "threads:-1", "threads:"])
def test_what_is_no_place_for_work_is_refused(text: str) -> None:
    with pytest.raises(ExecutorUnknownError, match="does not say where work is done"):
        executor_choice(text)
