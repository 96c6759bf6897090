"""Indices in kernels are taken as they are; elsewhere they may be counted from the end, as numba has it."""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import pytest

from solver.linking import KernelCompiler

NUMBERS = np.arange(10).reshape(5, 2)


def entry(table: Any, row: Any) -> Any:
    return table[row, 0]


in_a_kernel = numba.njit(pipeline_class=KernelCompiler, boundscheck=True)(entry)
elsewhere = numba.njit(boundscheck=True)(entry)


def test_a_kernel_finds_an_entry_by_its_index() -> None:
    assert [in_a_kernel(NUMBERS, row) for row in range(5)] == [0, 2, 4, 6, 8]


def test_a_kernel_takes_an_index_below_0_for_one_that_there_is_not() -> None:
    with pytest.raises(IndexError):
        in_a_kernel(NUMBERS, -1)


def test_code_that_is_no_kernel_may_count_from_the_end() -> None:
    assert elsewhere(NUMBERS, -1) == 8
