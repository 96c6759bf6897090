"""A server process of its own for measurements over HTTP, on loopback, with a database of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

READY_S = 300.0
"""So long the server may take to compile and load the solver."""


class ServerFailedError(Exception):
    """The server ended or was not ready in time."""


@dataclass(frozen=True)
class Serving:
    """A server that is ready: its address, an admin's key, and its process."""

    address: str
    key: str
    process: subprocess.Popen[str]

    def client(self, timeout_s: float = 60.0) -> httpx.Client:
        """Return a client with the key."""
        return httpx.Client(
            base_url=self.address, headers={"Authorization": f"Bearer {self.key}"}, timeout=timeout_s, trust_env=False
        )

    @property
    def memory_mb(self) -> float:
        """What the process holds now."""
        status = Path(f"/proc/{self.process.pid}/status").read_text(encoding="ascii")
        return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index] # Linux has it


@contextmanager
def serving(folder: Path, database: str | None, settings: Mapping[str, str]) -> Iterator[Serving]:
    """Serve until the block ends.

    Parameters
    ----------
    folder
        For the log and, where no other is named, the database.
    database
        URL of the database; None: SQLite in the folder.
    settings
        More of the environment.

    Raises
    ------
    ServerFailedError
        The server does not come up.
    """
    command = [str(Path(sys.executable).with_name("dispatch")), "serve", "--port", "0"]
    command += ["--database", database or f"sqlite:///{folder}/live.db"]
    written = folder / "server.log"
    with written.open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env={**os.environ, **settings}, text=True)
        try:
            yield _ready(process, written)
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _ready(process: subprocess.Popen[str], written: Path) -> Serving:
    until_s = time.monotonic() + READY_S
    while time.monotonic() < until_s and process.poll() is None:
        said = written.read_text(encoding="utf-8")
        address, key = re.search(r"serves (http://\S+)", said), re.search(r"(dsp_\S+)", said)
        if address and key and _is_ready(address[1]):
            return Serving(address[1], key[1], process)
        time.sleep(0.2)
    raise ServerFailedError(f"The server is not ready: {written.read_text(encoding='utf-8')[-2000:]}")


def _is_ready(address: str) -> bool:
    try:
        return httpx.get(f"{address}/readyz", trust_env=False).status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
