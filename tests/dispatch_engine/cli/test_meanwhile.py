"""Work beside a search."""

from threading import Event, current_thread

from dispatch_engine.cli.meanwhile import meanwhile


def test_work_is_done_in_another_thread_and_the_end_waits_for_it() -> None:
    done: list[bool] = []
    with meanwhile(lambda: done.append(current_thread() is not here)) as begin:
        here = current_thread()
        begin()
    assert done == [True]


def test_work_that_is_begun_twice_is_done_once() -> None:
    done: list[None] = []
    with meanwhile(lambda: done.append(None)) as begin:
        begin()
        begin()
    assert done == [None]


def test_work_that_is_not_begun_is_not_done() -> None:
    done: list[None] = []
    with meanwhile(lambda: done.append(None)):
        pass
    assert done == []


def test_what_goes_wrong_is_left_to_whoever_needs_the_result() -> None:
    reached = Event()

    def fails() -> None:
        reached.set()
        raise RuntimeError("nobody hears this")

    with meanwhile(fails) as begin:
        begin()
        assert reached.wait(10)
