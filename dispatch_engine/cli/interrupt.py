"""Ctrl-C as a wish to stop, not as an accident."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


class Interrupt:
    """Whether a person has asked to stop."""

    def __init__(self) -> None:
        self.asked = False

    def __call__(self) -> bool:
        """Return whether a person has asked to stop."""
        return self.asked

    def ask(self, number: int, frame: FrameType | None) -> None:
        """Note the first wish to stop; let the second one end the program at once.

        Raises
        ------
        KeyboardInterrupt
            At the second wish.
        """
        if self.asked:
            raise KeyboardInterrupt
        self.asked = True


@contextmanager
def first_interrupt_asks() -> Iterator[Interrupt]:
    """Turn the first Ctrl-C inside the block into a question that long work answers when it suits; restore after."""
    interrupt = Interrupt()
    before = signal.signal(signal.SIGINT, interrupt.ask)
    try:
        yield interrupt
    finally:
        signal.signal(signal.SIGINT, before)
