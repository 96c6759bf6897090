"""Python's collector of cyclic garbage in a server: it looks at what is new, not again and again at what stays.

Boards are millions of objects, and a full collection goes through all of them while every thread waits, for tenths of
a second. Nearly all garbage goes without it, by counting references; the few cycles that requests leave are young. So
what has survived a full collection is taken as lasting, and is looked at again only now and then.
"""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

THRESHOLDS = (10_000, 10, 10)
"""A request makes thousands of objects that go with it; a collection begins after so many more than have gone."""

ALL_EVERY = 500
"""One of so many full collections goes through everything, so that cycles of what was taken as lasting go at last."""


@contextmanager
def new_garbage_alone(all_every: int = ALL_EVERY) -> Iterator[None]:
    """Have the collector leave alone what lasts, until the block ends.

    Parameters
    ----------
    all_every
        One of so many full collections goes through everything.
    """
    before, policy = gc.get_threshold(), _Lasting(all_every)
    gc.collect()
    gc.freeze()
    gc.set_threshold(*THRESHOLDS)
    gc.callbacks.append(policy)
    try:
        yield
    finally:
        gc.callbacks.remove(policy)
        gc.set_threshold(*before)
        gc.unfreeze()


class _Lasting:
    """Called by Python before and after each collection."""

    def __init__(self, all_every: int) -> None:
        self._all_every, self._number = all_every, 0

    def __call__(self, phase: str, about: dict[str, int]) -> None:
        if about["generation"] != 2:
            return
        if phase == "stop":
            gc.freeze()
            return
        self._number += 1
        if self._number % self._all_every == 0:
            gc.unfreeze()
