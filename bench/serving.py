"""A server process of its own for measurements over HTTP, on loopback, with a database of its own."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import httpx

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

LOG = "server.log"
READY_S = 300.0
"""So long the server may take to compile and load the solver."""

VERIFY = False
"""There is no encryption on loopback, and loading all certificates takes longer than an answer."""


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
            base_url=self.address,
            headers={"Authorization": f"Bearer {self.key}"},
            timeout=timeout_s,
            trust_env=False,
            verify=VERIFY,
        )

    def kill(self) -> None:
        """End the process as a crash would, and wait until those that it has begun have ended by themselves."""
        others = self._processes()[1:]
        self.process.kill()
        self.process.wait()
        while any(Path(f"/proc/{each}").exists() and not _is_zombie(each) for each in others):
            time.sleep(0.001)

    @property
    def processor_s(self) -> float:
        """What the process and those that it has begun have used of the processors."""
        return sum(map(_processor_s, self._processes()))

    @property
    def memory_mb(self) -> float:
        """What the process and those that it has begun hold now."""
        return sum(map(_memory_mb, self._processes()))

    def _processes(self) -> list[int]:
        threads = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        return [self.process.pid, *(int(each) for of_one in threads for each in of_one.read_text().split())]


def _processor_s(process: int) -> float:
    fields = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _is_zombie(process: int) -> bool:
    with suppress(FileNotFoundError):
        return Path(f"/proc/{process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()[0] == "Z"
    return True


def _memory_mb(process: int) -> float:
    status = Path(f"/proc/{process}/status").read_text(encoding="ascii")
    return int(re.search(r"VmRSS:\s+(\d+)", status)[1]) / 1024  # type: ignore[index] # Linux has it


@contextmanager
def serving(
    folder: Path, database: str | None, settings: Mapping[str, str], key: str | None = None
) -> Iterator[Serving]:
    """Serve until the block ends.

    Parameters
    ----------
    folder
        For the log and, where no other is named, the database.
    database
        URL of the database; None: SQLite in the folder.
    settings
        More of the environment.
    key
        An admin's key that the database knows already; None: the database is new, and the server makes the first one.

    Raises
    ------
    ServerFailedError
        The server does not come up.
    """
    with begun(folder, database, settings) as process:
        yield _ready(process, folder / LOG, key)


@contextmanager
def begun(folder: Path, database: str | None, settings: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    """Start a server, and stop it at the end of the block; see ``serving``, which waits until it is ready."""
    command = [str(Path(sys.executable).with_name("dispatch")), "serve", "--port", "0"]
    command += ["--database", database or f"sqlite:///{folder}/live.db"]
    environment = {**os.environ, "DISPATCH_API_SAMPLE_BOARD": "false", **settings}
    with (folder / LOG).open("w", encoding="utf-8") as log:
        process = subprocess.Popen(command, stdout=log, stderr=log, env=environment, text=True)
        try:
            yield process
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(60)


def _ready(process: subprocess.Popen[str], written: Path, known: str | None) -> Serving:
    until_s = time.monotonic() + READY_S
    with httpx.Client(trust_env=False, verify=VERIFY) as client:
        while time.monotonic() < until_s and process.poll() is None:
            said = written.read_text(encoding="utf-8")
            address, shown = re.search(r"serves (http://\S+)", said), re.search(r"(dsp_\S+)", said)
            key = known or (shown and shown[1])
            if address and key and _is_ready(client, address[1]):
                return Serving(address[1], key, process)
            time.sleep(0.1)
    raise ServerFailedError(f"The server is not ready: {written.read_text(encoding='utf-8')[-2000:]}")


def _is_ready(client: httpx.Client, address: str) -> bool:
    try:
        return client.get(f"{address}/readyz").status_code == httpx.codes.OK
    except httpx.HTTPError:
        return False
