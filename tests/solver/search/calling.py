"""Calls from Python into kernels that only kernels call: those have no way in of their own."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

import numba

from solver.columns import CHEAPEST_WAY
from solver.forcing import Insertion
from solver.linking import KernelCompiler
from solver.money import FORBIDDEN
from solver.search.entry import best_insertion

if TYPE_CHECKING:
    from collections.abc import Callable

    from solver.search.state import State
    from solver.tables import Tables

__all__ = ["Insertion", "from_python", "insertion_of"]

P = ParamSpec("P")
R = TypeVar("R")


@cache
def from_python(kernel: Callable[P, R]) -> Callable[P, R]:
    """Return ``kernel`` as Python may call it, with positional arguments; the kernel itself would end the process."""

    def call(*args: Any) -> Any:
        return kernel(*args)  # type: ignore[call-arg] # the compiler sees to the arguments

    options: dict[str, Any] = {"nogil": True, "error_model": "numpy", "_nrt": False}
    way_in: Callable[P, R] = numba.njit(pipeline_class=KernelCompiler, **options)(call)
    return way_in


def insertion_of(tables: Tables, state: State, visit: int, shift: int, way: int | None = None) -> Insertion:
    """Return the best insertion of an absent visit by any way, or by a way or the dearer ones."""
    first = int(tables.stop[visit, CHEAPEST_WAY]) if way is None else way
    return Insertion(*best_insertion(tables, state, visit, shift, first, FORBIDDEN, deals=True))
