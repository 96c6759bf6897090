"""How kernels are compiled: with all their parts, cached on disk, those that take long without the interpreter's lock.

What Python calls needs a wrapper that takes its arguments apart and machine code of its own: only ``kernel``, ``brief``
and ``shared`` have these. The others are compiled into their callers; calling one from Python ends the process.
"""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, TypeVar

import numba
from numba.np import linalg

from solver.linking import KernelCompiler, PartCompiler

if TYPE_CHECKING:
    from collections.abc import Callable

F = TypeVar("F", bound="Callable[..., Any]")


def _load_without_linear_algebra() -> None:
    """Load Numba's array functions without SciPy's linear algebra, which no kernel has: a fifth of a quick plan's time.

    Numba loads it only to see whether it is there. That is answered by looking for it, so that others' functions in
    the same process, which may want it, find it.
    """

    def look() -> None:
        if find_spec("scipy") is None:
            raise ImportError

    original, linalg.ensure_blas = linalg.ensure_blas, look
    try:
        import_module("numba.np.arraymath")
    finally:
        linalg.ensure_blas = original


_load_without_linear_algebra()


def _compiled(function: F, *, forceinline: bool, from_python: bool, nogil: bool = True) -> F:
    options: dict[str, Any] = {"nogil": nogil, "cache": from_python, "error_model": "numpy", "_nrt": False}
    options |= {"no_cfunc_wrapper": True, "no_cpython_wrapper": not from_python}
    options["pipeline_class"] = KernelCompiler if from_python else PartCompiler
    compiled: F = numba.njit(forceinline=forceinline, **options)(function)
    _forget_literals(compiled)
    return compiled


def _forget_literals(compiled: Any) -> None:
    """Let a call with a constant be a call with an integer: else a kernel is compiled anew for each constant."""
    if not hasattr(compiled, "get_call_template"):
        return  # compilation is switched off
    template = compiled.get_call_template

    def with_types_alone(args: tuple[Any, ...], kws: dict[str, Any]) -> Any:
        return template(tuple(map(numba.types.unliteral, args)), kws)

    compiled.get_call_template = with_types_alone


def kernel(function: F) -> F:
    """Compile a function of integers and arrays for Python to call; it releases the lock while it runs."""
    return _compiled(function, forceinline=False, from_python=True)


def brief(function: F) -> F:
    """Compile a function of microseconds for Python to call; it keeps the lock.

    To let go of the lock wakes who waits for it, mostly in vain, since it is wanted again at once.
    """
    return _compiled(function, forceinline=False, from_python=True, nogil=False)


def inner(function: F) -> F:
    """Compile a part of kernels that they call."""
    return _compiled(function, forceinline=False, from_python=False)


def inlined(function: F) -> F:
    """Compile a small part of kernels into each of its callers: a route's cost is counted in nanoseconds a stop."""
    return _compiled(function, forceinline=True, from_python=False)


def shared(function: F) -> F:
    """Compile a small function into each of its callers that Python calls as well; it keeps the lock."""
    return _compiled(function, forceinline=True, from_python=True, nogil=False)
