"""Take an index as it is: kernels count from the beginning of an array alone.

By itself numba lets every index be counted from the end where it is below 0, as Python does. Asking for that is a sixth
of the time of a search, which does little else than to look up numbers in tables. With ``NUMBA_BOUNDSCHECK=1`` in the
environment kernels raise an IndexError at an index below 0 as at one beyond the end: so the tests of kernels tell it.
"""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from numba.core import types
from numba.core.compiler_machinery import register_pass
from numba.core.typed_passes import NativeLowering
from numba.np import arrayobj

if TYPE_CHECKING:
    from collections.abc import Iterator


def _as_it_is(context: Any, builder: Any, kind: Any, index: Any, _: Any) -> Any:
    """Return an index of the processor's size, which is not below 0."""
    return context.cast(builder, index, kind, types.intp)


@contextmanager
def _plain_indices() -> Iterator[None]:
    """Have numba write code that does not ask whether an index is below 0. It compiles in one thread at a time."""
    usual, arrayobj.fix_integer_index = arrayobj.fix_integer_index, _as_it_is
    try:
        yield
    finally:
        arrayobj.fix_integer_index = usual


@register_pass(mutates_CFG=True, analysis_only=False)
class LowerWithPlainIndices(NativeLowering):
    """Make LLVM's code of a function in which no index is below 0."""

    _name = "lower_with_plain_indices"

    def run_pass(self, state: Any) -> bool:
        """Do as numba does but for indices."""
        with _plain_indices():
            return bool(NativeLowering.run_pass(self, state))
