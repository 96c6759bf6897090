"""A client that follows a board's stream and so always knows its plan."""

from __future__ import annotations

import json
import threading
import time
from typing import TYPE_CHECKING, Any

import httpx

if TYPE_CHECKING:
    from bench.serving import Serving

REACH_S = 10.0
Key = tuple[str, str]
"""Technician and shift."""


class Follower:
    """Reads a plan, then the stream from its revision on, in a thread of its own.

    Parameters
    ----------
    server
        Where the board is.
    board
        Which one.
    """

    def __init__(self, server: Serving, board: str) -> None:
        self._server, self._board = server, board
        self._lock = threading.Lock()
        self._changed: set[str] = set()
        self._is_stopping = False
        self.routes: dict[Key, dict[str, Any]] = {}
        self.revision = 0
        self.improvements = 0
        self.gaps = 0
        """How often a revision was not the one after the last."""
        self._thread = threading.Thread(target=self._run, name="follower", daemon=True)

    def start(self) -> None:
        """Read the plan and begin to follow."""
        with self._server.client() as client:
            plan = client.get(f"/v1/boards/{self._board}/plan").raise_for_status().json()
        self.revision = plan["revision"]
        self.routes = {_key(route): route for route in plan["routes"]}
        self._thread.start()

    def stop(self) -> None:
        """End at the next event or sign of life."""
        self._is_stopping = True
        self._thread.join()

    def reaches(self, revision: int) -> bool:
        """Wait until the stream has told a revision; return whether it did within a while."""
        until_s = time.monotonic() + REACH_S
        while self.revision < revision and time.monotonic() < until_s:
            time.sleep(0.01)
        return self.revision >= revision

    def changed(self) -> set[str]:
        """Return the technicians whose routes have changed since this was asked the last time."""
        with self._lock:
            changed, self._changed = self._changed, set()
        return changed

    def _run(self) -> None:
        with self._server.client() as client:
            target = f"/v1/boards/{self._board}/stream?after={self.revision}"
            try:
                with client.stream("GET", target) as answer:
                    for line in answer.iter_lines():
                        if self._is_stopping:
                            return
                        if line.startswith("data: "):
                            self._take(json.loads(line.removeprefix("data: ")))
            except httpx.TransportError:
                self.gaps += not self._is_stopping

    def _take(self, entry: dict[str, Any]) -> None:
        if "events" not in entry:
            return
        self.gaps += entry["revision"] != self.revision + 1
        self.improvements += entry["actor"] == "improver"
        for event in entry["events"]:
            if event["type"] == "plan_published":
                self._take_plan(event["data"])
        self.revision = entry["revision"]  # last: who waits for it reads the routes next

    def _take_plan(self, difference: dict[str, Any]) -> None:
        routes = {_key(route): route for route in difference.get("routes", ())}
        gone = [(technician, shift) for technician, shift in difference.get("gone", ())]
        with self._lock:
            self.routes = {key: route for key, route in self.routes.items() if key not in gone} | routes
            self._changed |= {technician for technician, _ in (*routes, *gone)}


def _key(route: dict[str, Any]) -> Key:
    return route["technician"], route["shift"]
