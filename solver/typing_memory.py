"""Type an operation on operands of given types once, not at each place where it stands in a kernel.

At each place, numba asks every implementation of an operator in turn whether it takes these operands: a score of them
for a sum of two integers. The answer depends on the types alone, so it is kept.
"""

from __future__ import annotations

from typing import Any

from numba.core import types


class RememberingContext:
    """A typing context that remembers what it said of operators and built-in functions; the rest it asks another."""

    _said: dict[Any, Any] = {}  # noqa: RUF012 - shared by all kernels, which is the point

    def __init__(self, context: Any) -> None:
        self._context = context

    def __getattr__(self, name: str) -> Any:
        """Return what the other context has by this name."""
        return getattr(self._context, name)

    def resolve_function_type(self, function: Any, args: Any, kws: Any) -> Any:
        """Return the signature of a call."""
        if not isinstance(function, types.Function):  # a kernel, or a method that is bound to a value
            return self._context.resolve_function_type(function, args, kws)
        key = function, tuple(args), tuple(sorted(kws.items()))
        return self._remembered(key, self._context.resolve_function_type, function, args, kws)

    def resolve_setitem(self, target: Any, index: Any, value: Any) -> Any:
        """Return the signature of an assignment to an element."""
        return self._remembered(("setitem", target, index, value), self._context.resolve_setitem, target, index, value)

    def _remembered(self, key: Any, ask: Any, *of: Any) -> Any:
        if key not in self._said:
            self._said[key] = ask(*of)
        return self._said[key]
