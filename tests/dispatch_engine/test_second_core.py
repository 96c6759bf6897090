"""Where there is a second core, a second process simplifies the parts of kernels; without it they compile as well."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine import second_core
from solver.jit import inner, kernel

if TYPE_CHECKING:
    from collections.abc import Callable


def fresh_kernel() -> Callable[[int], int]:
    @inner
    def three_times(number: int) -> int:
        return number * 3

    @kernel
    def four_times(number: int) -> int:
        return three_times(number) + number

    return four_times


@pytest.fixture
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0, 1})


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """Return the processes that are begun."""
    processes: list[Any] = []
    begin = second_core._begun

    def noted() -> Any:
        processes.append(begin())
        return processes[-1]

    monkeypatch.setattr(second_core, "_begun", noted)
    return processes


@pytest.mark.usefixtures("two_cores")
def test_a_second_process_simplifies_parts_and_ends_with_the_compiling(begun: list[Any]) -> None:
    with second_core.second_core():
        code = second_core._ask(begun[0], "define i64 @one() {\n ret i64 1\n}")
        assert fresh_kernel()(5) == 20
    assert code.startswith(b"BC")
    assert begun[0].poll() is not None


@pytest.mark.usefixtures("two_cores")
def test_a_second_process_that_cannot_work_is_done_without(begun: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(second_core, "_BEGIN", "raise SystemExit(1)")
    with second_core.second_core():
        assert fresh_kernel()(5) == 20
    assert begun[0].poll() is not None


@pytest.mark.usefixtures("two_cores")
def test_a_second_process_that_cannot_begin_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.executable", "/no/such/program")
    with second_core.second_core():
        assert fresh_kernel()(5) == 20


@pytest.mark.usefixtures("two_cores")
def test_an_interrupt_ends_the_second_process(begun: list[Any]) -> None:
    with pytest.raises(KeyboardInterrupt), second_core.second_core():
        raise KeyboardInterrupt
    assert begun[0].poll() is not None


def test_on_one_core_there_is_no_second_process(begun: list[Any], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda pid: {0})
    with second_core.second_core():
        pass
    assert begun == []
