"""How kernels are compiled: without the interpreter's lock, cached on disk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def kernel(function: F) -> F:
    """Compile a function of integers and arrays; it releases the lock while it runs."""
    compiled: F = numba.njit(nogil=True, cache=True)(function)
    return compiled
