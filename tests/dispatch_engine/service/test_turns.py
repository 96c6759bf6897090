import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import pytest

from dispatch_engine.service.turns import Turns

LONG_S = 60.0


@dataclass
class One:
    name: str
    is_done: bool = False


class Counter:
    """What is served, in groups, while somebody else may hold it up."""

    def __init__(self) -> None:
        self.held = threading.Lock()
        self.served: list[list[str]] = []
        self.turns = Turns[One](self.held, self._serve)

    def _serve(self, taken: Callable[[], Sequence[One]]) -> None:
        waiting = taken()
        self.served.append([one.name for one in waiting])
        for one in waiting:
            one.is_done = True

    def come(self, name: str) -> threading.Thread:
        before = len(self.turns._waiting)
        thread = threading.Thread(target=self.turns.take, args=(One(name),), daemon=True)
        thread.start()
        while len(self.turns._waiting) == before:
            time.sleep(0.001)
        return thread


def ended(threads: Sequence[threading.Thread]) -> bool:
    for thread in threads:
        thread.join(LONG_S)
    return not any(thread.is_alive() for thread in threads)


def test_all_who_wait_are_served_together_in_the_order_in_which_they_came() -> None:
    counter = Counter()
    with counter.held:
        threads = [counter.come(name) for name in "abc"]
    assert ended(threads)
    assert counter.served == [["a", "b", "c"]]


def test_those_who_come_while_others_are_served_are_served_next() -> None:
    counter, begun, go_on = Counter(), threading.Event(), threading.Event()

    def serve(taken: Callable[[], Sequence[One]]) -> None:
        waiting = taken()
        begun.set()
        go_on.wait(LONG_S)
        counter._serve(lambda: waiting)

    counter.turns = Turns(counter.held, serve)
    first = threading.Thread(target=counter.turns.take, args=(One("a"),), daemon=True)
    first.start()
    assert begun.wait(LONG_S)
    others = [counter.come(name) for name in "bc"]
    go_on.set()
    assert ended([first, *others])
    assert counter.served == [["a"], ["b", "c"]]


def test_where_a_turn_fails_who_waits_has_the_next_one() -> None:
    counter, begun, go_on = Counter(), threading.Event(), threading.Event()

    def serve(taken: Callable[[], Sequence[One]]) -> None:
        if begun.is_set():
            counter._serve(taken)
            return
        taken()
        begun.set()
        go_on.wait(LONG_S)
        raise ValueError("the first one")

    counter.turns = Turns(counter.held, serve)
    failed: list[BaseException] = []

    def first() -> None:
        with pytest.raises(ValueError, match="the first one") as error:
            counter.turns.take(One("a"))
        failed.append(error.value)

    thread = threading.Thread(target=first, daemon=True)
    thread.start()
    assert begun.wait(LONG_S)
    other = counter.come("b")
    go_on.set()
    assert ended([thread, other])
    assert failed
    assert counter.served == [["b"]]


def test_those_who_come_before_the_queue_is_looked_at_are_served_too() -> None:
    counter, begun, go_on = Counter(), threading.Event(), threading.Event()

    def serve(taken: Callable[[], Sequence[One]]) -> None:
        begun.set()
        go_on.wait(LONG_S)
        counter._serve(taken)

    counter.turns = Turns(counter.held, serve)
    first = counter.come("a")
    assert begun.wait(LONG_S)
    other = counter.come("b")
    go_on.set()
    assert ended([first, other])
    assert counter.served == [["a", "b"]]
