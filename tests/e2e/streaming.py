"""Clients that send events to a board at full speed until its server dies, and know what was acknowledged to them."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import count
from typing import Any, NamedTuple

import httpx

from bench.serving import Serving

SENDERS = 3


class Sent(NamedTuple):
    """A request that is sent again word for word until it is answered."""

    key: str
    command: dict[str, Any]


class Acknowledged(NamedTuple):
    """What an answer said."""

    revision: int
    hash: str


@dataclass
class Repeated:
    """A request that had no answer before the server died, and the answer that came after."""

    key: str
    is_repeated: bool
    answer: Acknowledged


class Sender:
    """One client. Every command of its own changes the board, so that each makes an entry.

    Parameters
    ----------
    name
        Tells its keys and calls from those of others.
    technicians
        Of the board.
    places
        Where its calls are.
    """

    def __init__(self, name: str, technicians: list[str], places: list[dict[str, Any]]) -> None:
        self.acknowledged: dict[str, Sent] = {}
        self.answers: dict[str, Acknowledged] = {}
        self.waiting: Sent | None = None
        """Sent, and not answered so far."""
        self._name, self._technicians, self._places = name, technicians, places
        self._chance = random.Random(name)
        self._commands = self._drawn()

    def send_until_it_dies(self, client: httpx.Client) -> None:
        """Send one request after the other until the server does not answer."""
        while True:
            self.waiting = self.waiting or next(self._commands)
            try:
                self._send(client, self.waiting)
            except httpx.TransportError:
                return
            self.waiting = None

    def send_again(self, client: httpx.Client) -> Repeated | None:
        """Send what had no answer once more; returns None where there is nothing."""
        waiting, self.waiting = self.waiting, None
        return None if waiting is None else self._send(client, waiting)

    def _send(self, client: httpx.Client, sent: Sent) -> Repeated:
        answer = client.post("/v1/boards/island/events", json=sent.command, headers={"Idempotency-Key": sent.key})
        assert answer.status_code == 200, answer.text
        said = answer.json()
        acknowledged = Acknowledged(said["revision"], said["entry"]["hash"])
        self.acknowledged[sent.key], self.answers[sent.key] = sent, acknowledged
        return Repeated(sent.key, said["repeated"], acknowledged)

    def _drawn(self) -> Iterator[Sent]:
        """Yield commands: calls that come in, are worked on and end, so that the board keeps its size."""
        for number in count():
            call, who = f"{self._name}-{number}", self._chance.choice(self._technicians)
            created = {"id": call, "place": self._chance.choice(self._places), "duration": 1800}
            yield Sent(f"{call}-create", {"type": "create_call", "call": created})
            estimate = {"type": "estimate", "call": call, "duration": 1860 + number}
            yield Sent(f"{call}-estimate", estimate)
            report = {"type": "report_visit", "call": call, "technician": who}
            steps = self._chance.choice([("en_route", "on_site", "completed"), ("dispatched",), ()])
            for status in steps:
                yield Sent(f"{call}-{status}", report | {"status": status})
            if "completed" not in steps:
                yield Sent(f"{call}-cancel", {"type": "cancel_call", "call": call})


class Senders:
    """Several clients at once."""

    def __init__(self, technicians: list[str], places: list[dict[str, Any]]) -> None:
        self.each = [Sender(f"S{number}", technicians, places) for number in range(SENDERS)]

    @property
    def answers(self) -> dict[str, Acknowledged]:
        """All that was acknowledged, by key."""
        return {key: answer for sender in self.each for key, answer in sender.answers.items()}

    def any_acknowledged(self, chance: random.Random) -> Sent:
        """Return a request that was acknowledged at some time."""
        known = self.each[0].acknowledged
        return known[chance.choice(sorted(known))]

    def send_until_killed(self, server: Serving, after_s: float) -> None:
        """Send from all clients at once, and kill the server so long after it has acknowledged something."""
        with ThreadPoolExecutor(SENDERS) as threads, server.client() as client:
            killer = threading.Timer(after_s, server.kill)
            running = [threads.submit(sender.send_until_it_dies, client) for sender in self.each]
            while not any(each.answers for each in self.each) and not any(each.done() for each in running):
                time.sleep(0.01)
            killer.start()
            for each in running:
                each.result()
            killer.join()
