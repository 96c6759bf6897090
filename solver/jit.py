"""How kernels are compiled: without the interpreter's lock and cached on disk; small ones into their callers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

import numba

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def _compiled(function: F, *, forceinline: bool) -> F:
    options: dict[str, Any] = {"nogil": True, "cache": True, "error_model": "numpy", "_nrt": False}
    compiled: F = numba.njit(forceinline=forceinline, **options)(function)
    return compiled


def kernel(function: F) -> F:
    """Compile a function of integers and arrays; it releases the lock while it runs."""
    return _compiled(function, forceinline=False)


def inlined(function: F) -> F:
    """Compile a small kernel into each of its callers: what a route costs is counted in nanoseconds a stop."""
    return _compiled(function, forceinline=True)
