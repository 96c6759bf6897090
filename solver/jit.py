"""How kernels are compiled: without the interpreter's lock and cached on disk; small ones into their callers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def kernel(function: F) -> F:
    """Compile a function of integers and arrays; it releases the lock while it runs."""
    compiled: F = numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False)(function)
    return compiled


def inlined(function: F) -> F:
    """Compile a small kernel into each of its callers: what a route costs is counted in nanoseconds a stop."""
    compiled: F = numba.njit(nogil=True, cache=True, error_model="numpy", _nrt=False, forceinline=True)(function)
    return compiled
