"""The first Ctrl-C asks, the second insists."""

import signal

import pytest

from dispatch_engine.cli.interrupt import first_interrupt_asks


def test_nobody_has_asked_before_the_first_interrupt() -> None:
    with first_interrupt_asks() as asked:
        assert not asked()


def test_the_first_interrupt_asks_the_work_to_stop() -> None:
    with first_interrupt_asks() as asked:
        signal.raise_signal(signal.SIGINT)
        assert asked()


def test_the_second_interrupt_ends_the_work_at_once() -> None:
    with first_interrupt_asks():
        signal.raise_signal(signal.SIGINT)
        with pytest.raises(KeyboardInterrupt):
            signal.raise_signal(signal.SIGINT)


def test_ctrl_c_means_what_it_meant_before_once_the_work_is_done() -> None:
    before = signal.getsignal(signal.SIGINT)
    with first_interrupt_asks():
        pass
    assert signal.getsignal(signal.SIGINT) is before
