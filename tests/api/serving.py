"""A real server process for tests, on loopback, with a database of its own."""

from __future__ import annotations

import json
import os
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import httpx2

if TYPE_CHECKING:
    from collections.abc import Iterator

START_S = 180


@dataclass
class Serving:
    """A running server, what it printed, and its first key (empty where it printed none)."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    address: str = ""
    key: str = ""

    def client(self, key: str = "") -> httpx2.Client:
        headers = {"Authorization": f"Bearer {key or self.key}"}
        # No encryption on loopback, and loading all certificates takes longer than an answer.
        return httpx2.Client(base_url=self.address, headers=headers, timeout=60, trust_env=False, verify=False)

    def stop(self, how: signal.Signals = signal.SIGTERM) -> int:
        """End the server and return its exit code."""
        self.process.send_signal(how)
        return self.process.wait(60)

    def logged(self) -> list[dict[str, Any]]:
        """Return the log lines, which are JSON objects."""
        return [json.loads(line) for line in self.lines if line.startswith("{")]


@contextmanager
def serving(database: Path, *options: str, **settings: str) -> Iterator[Serving]:
    """Serve until the block ends."""
    program = Path(sys.executable).with_name("dispatch")
    command = [str(program), "serve", "--port", "0", "--database", f"sqlite:///{database}", *options]
    stated = {"sample_board": "false"} | settings
    environment = {**os.environ, **{f"DISPATCH_API_{name.upper()}": value for name, value in stated.items()}}
    process = subprocess.Popen(command, stderr=subprocess.PIPE, text=True, env=environment)
    server = Serving(process)
    said: queue.Queue[str] = queue.Queue()
    reader = threading.Thread(target=_read, args=(process, server.lines, said))
    reader.start()
    try:
        _wait_for_start(server, said)
        yield server
    finally:
        if process.poll() is None:
            process.kill()
        process.wait(60)
        reader.join()
        assert process.stderr is not None
        process.stderr.close()


def _read(process: subprocess.Popen[str], lines: list[str], said: queue.Queue[str]) -> None:
    assert process.stderr is not None
    for line in process.stderr:
        lines.append(line.rstrip("\n"))
        said.put(line)
    said.put("")


def _wait_for_start(server: Serving, said: queue.Queue[str]) -> None:
    while line := said.get(timeout=START_S):
        if found := re.search(r"dispatch serves (http://\S+)", line):
            server.address = found[1]
        if found := re.search(r"first API key.*(dsp_\S+)", line):
            server.key = found[1]
        if "Application startup complete" in line:
            _wait_for_port(server)
            return
    raise AssertionError("\n".join(server.lines))


def _wait_for_port(server: Serving) -> None:
    """Wait until the server listens: it does so a moment after it says that it has started."""
    host, _, port = server.address.removeprefix("http://").rpartition(":")
    while server.process.poll() is None:
        with socket.socket() as probe:
            if probe.connect_ex((host, int(port))) == 0:
                return
        time.sleep(0.01)
