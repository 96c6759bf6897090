"""Parts of kernels are compiled into the kernels that Python calls, and only there."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numba
from llvmlite.binding import Linkage

from solver.linking import KernelCompiler, PartCompiler, PartLibrary, simplified, simplified_by


def part(function: Any) -> Any:
    options: dict[str, Any] = {"no_cpython_wrapper": True, "no_cfunc_wrapper": True}
    return numba.njit(pipeline_class=PartCompiler, **options)(function)


def kernel(function: Any) -> Any:
    return numba.njit(pipeline_class=KernelCompiler)(function)


@part
def twice(number: Any) -> Any:
    return number * 2


@part
def four_times(number: Any) -> Any:
    return twice(twice(number))


@part
def with_a_call_that_never_comes(number: Any) -> Any:
    if number < 0 and number > 0:
        return twice(number)
    return number


@kernel
def six_times(number: Any) -> Any:
    return four_times(number) + twice(number)


@kernel
def once_and_twice(number: Any) -> Any:
    return with_a_call_that_never_comes(number) + twice(number)


@kernel
def eighteen_times(number: Any) -> Any:
    return six_times(number) + four_times(number) * 3


def library_of(function: Any) -> Any:
    return function.overloads[function.signatures[0]].library


def test_a_kernel_links_a_part_that_is_called_on_two_levels() -> None:
    assert six_times(7) == 42


def test_a_kernel_links_a_part_that_another_part_only_seems_to_call() -> None:
    assert once_and_twice(5) == 15


def test_a_kernel_may_call_a_kernel_with_the_same_parts() -> None:
    assert eighteen_times(2) == 36


def test_a_part_stays_without_machine_code() -> None:
    six_times(1)
    library = library_of(twice)
    assert isinstance(library, PartLibrary)
    assert library.get_pointer_to_function("any name") == 0


def test_in_a_kernel_only_itself_can_be_called_from_outside() -> None:
    six_times(1)
    functions = library_of(six_times).get_defined_functions()
    parts = [function for function in functions if "six_times" not in function.name]
    assert all(function.linkage == Linkage.internal for function in parts)


def test_parts_that_others_simplify_are_linked_as_they_come() -> None:
    with ThreadPoolExecutor(1) as others, simplified_by(lambda text: others.submit(simplified, text)):
        assert fresh_kernel()(5) == 25


def test_parts_that_others_fail_to_simplify_are_simplified_here() -> None:
    with ThreadPoolExecutor(1) as others, simplified_by(lambda text: others.submit(bytes.fromhex, text)):
        assert fresh_kernel()(5) == 25


def fresh_kernel() -> Any:
    @part
    def three_times(number: Any) -> Any:
        return number * 3

    @kernel
    def five_times(number: Any) -> Any:
        return three_times(number) + twice(number)

    return five_times
