"""Calls from Python into kernels that only kernels call: those have no way in of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
R = TypeVar("R")


@cache
def from_python(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return ``kernel`` as Python may call it, with positional arguments; the kernel itself would end the process."""

    def call(*args: Any) -> Any:
        return kernel(*args)  # type: ignore[call-arg] # the compiler sees to the arguments

    way_in: Callable[P, R] = numba.njit(nogil=True, error_model="numpy", _nrt=False)(call)
    return way_in
