"""Where commands to a board are sent from, and the time that it is there."""

from __future__ import annotations

import sys
import time
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import httpx

OK = 200

OVERTAKEN = frozenset({"call_closed", "visit_begun", "visit_not_begun"})
"""Refusals of what was true when somebody began to tell it: meanwhile a visit has begun or a call is over."""


class BoardClock:
    """The time of a board whose clock runs at a pace of its own, as its answers tell; never ahead of it.

    Parameters
    ----------
    start
        When the board's clock began, at the latest.
    speed
        Its seconds in a real one.
    """

    def __init__(self, start: datetime, speed: float) -> None:
        self._start, self._speed, self._began_s = start, speed, time.perf_counter()

    def now(self) -> datetime:
        """Return the board's time."""
        return self._start + timedelta(seconds=(time.perf_counter() - self._began_s) * self._speed)

    def learn(self, at: datetime) -> None:
        """Take in that it is not earlier than ``at``."""
        self._start += max(at - self.now(), timedelta(0))

    def wait(self, board_s: float) -> None:
        """Wait for so many seconds of the board."""
        time.sleep(board_s / self._speed)


class Desk:
    """Sends commands one after the other.

    Parameters
    ----------
    client
        Of the server.
    board
        Which one.
    clock
        Learns from the answers.
    """

    def __init__(self, client: httpx.Client, board: str, clock: BoardClock) -> None:
        self.clock = clock
        self.ms: list[float] = []
        """What each command took."""
        self.revision = 0
        """Of the latest answer."""
        self.refused: list[tuple[dict[str, Any], str]] = []
        self.overtaken: list[tuple[dict[str, Any], str]] = []
        """Commands that lost the race against others."""
        self._client, self._target = client, f"/v1/boards/{board}/events"

    def send(self, command: dict[str, Any]) -> None:
        """Send a command, and note how long it took or that it was refused."""
        began_s = time.perf_counter()
        answer = self._client.post(self._target, json=command)
        self.ms.append(1000 * (time.perf_counter() - began_s))
        if answer.status_code != OK:
            self._note_refusal(command, answer)
        else:
            self._learn(answer.json())

    def _learn(self, accepted: dict[str, Any]) -> None:
        self.revision = accepted["revision"]
        if (entry := accepted["entry"]) is not None:
            self.clock.learn(datetime.fromisoformat(entry["at"]))

    def _note_refusal(self, command: dict[str, Any], answer: httpx.Response) -> None:
        is_overtaken = answer.json().get("code") in OVERTAKEN
        (self.overtaken if is_overtaken else self.refused).append((command, answer.text))
        print(command, answer.text, file=sys.stderr)
