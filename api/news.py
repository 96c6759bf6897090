"""Waiting for news, by many and for so long at most, at the cost of next to nothing; for one event loop."""

from __future__ import annotations

import asyncio


class News:
    """Wakes all who wait.

    ``asyncio.wait_for`` makes a task for each wait, which takes as long as what a stream has to say.
    """

    def __init__(self) -> None:
        self._waiting: set[asyncio.Future[bool]] = set()

    def wake(self) -> None:
        """Wake all who wait now."""
        waiting, self._waiting = self._waiting, set()
        for each in waiting:
            _settle(each, there_are=True)

    async def come(self, seconds: float) -> bool:
        """Wait so long at most; return whether there were any."""
        loop = asyncio.get_running_loop()
        waits: asyncio.Future[bool] = loop.create_future()
        self._waiting.add(waits)
        too_late = loop.call_later(seconds, lambda: _settle(waits, there_are=False))
        try:
            return await waits
        finally:
            too_late.cancel()
            self._waiting.discard(waits)


def _settle(waits: asyncio.Future[bool], *, there_are: bool) -> None:
    if not waits.done():
        waits.set_result(there_are)
