"""What was said of an operation on given types is said again, and only of these types."""

from __future__ import annotations

import operator
from typing import Any

import numpy as np
import pytest
from numba.core import types
from numba.core.errors import TypingError
from numba.core.registry import cpu_target

from solver.jit import kernel
from solver.typing_memory import RememberingContext


class Asked:
    """The typing context of numba, with a list of what it was asked."""

    def __init__(self) -> None:
        self.context = cpu_target.typing_context
        self.context.refresh()
        self.calls: list[Any] = []

    def __getattr__(self, name: str) -> Any:
        return getattr(self.context, name)

    def resolve_function_type(self, function: Any, args: Any, kws: Any) -> Any:
        self.calls.append((function, args))
        return self.context.resolve_function_type(function, args, kws)


def test_an_operation_on_the_same_types_is_asked_once() -> None:
    asked = Asked()
    add = asked.context.resolve_value_type(operator.add)
    signatures = [
        RememberingContext(asked).resolve_function_type(add, (types.uint8, types.uint16), {}) for _ in range(2)
    ]
    assert signatures[0] == signatures[1]
    assert len(asked.calls) <= 1


def test_an_operation_on_other_types_has_another_signature() -> None:
    context = RememberingContext(Asked())
    add = context.resolve_value_type(operator.add)
    assert context.resolve_function_type(add, (types.int64, types.int64), {}).return_type == types.int64
    assert context.resolve_function_type(add, (types.int64, types.float64), {}).return_type == types.float64


def test_what_cannot_be_typed_is_refused_each_time() -> None:
    context = RememberingContext(Asked())
    add = context.resolve_value_type(operator.add)
    for _ in range(2):
        with pytest.raises(TypingError):
            context.resolve_function_type(add, (types.int64, types.none), {})


def test_kernels_of_the_same_operators_on_other_types_do_as_their_types_ask() -> None:
    @kernel
    def half(values: Any) -> Any:
        values[0] = values[0] // 2
        return values[0] / 2

    assert half(np.array([7], np.int64)) == 1.5
    assert half(np.array([7.5])) == 1.5
