"""What the server has Python's collector look at."""

from __future__ import annotations

import gc
import weakref

from api.garbage import new_garbage_alone


class Thing:
    """Something that can be part of a cycle."""

    def __init__(self) -> None:
        self.itself = self


def test_what_has_survived_a_full_collection_is_left_alone() -> None:
    with new_garbage_alone():
        kept = Thing()
        gc.collect()
        assert not any(each is kept for each in gc.get_objects())


def test_a_cycle_that_is_new_is_collected() -> None:
    with new_garbage_alone():
        gone = weakref.ref(Thing())
        gc.collect()
        assert gone() is None


def test_a_cycle_of_what_was_taken_as_lasting_is_collected_in_the_end() -> None:
    with new_garbage_alone(all_every=3):
        thing: Thing | None = Thing()
        gone = weakref.ref(thing)
        gc.collect()
        thing = None
        gc.collect()
        assert gone() is not None
        gc.collect()
        assert gone() is None


def test_afterwards_python_collects_as_before() -> None:
    before = gc.get_threshold(), len(gc.callbacks)
    with new_garbage_alone():
        assert gc.get_threshold() != before[0]
    assert (gc.get_threshold(), len(gc.callbacks), gc.get_freeze_count()) == (*before, 0)
