"""A Dask cluster on this machine: a scheduler and workers, each a process of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from distributed import Client

SCHEDULER = "from distributed.cli.dask_scheduler import main; main()"
WORKER = "from distributed.cli.dask_worker import main; main()"
WAIT_S = 60
ROOT = Path(__file__).parents[3]


class LocalCluster:
    """Processes that are ended by ``close``; a worker that dies is not replaced.

    Parameters
    ----------
    folder
        For what the processes write.
    workers
        How many.
    """

    def __init__(self, folder: Path, workers: int) -> None:
        self._folder = folder
        self._contact = folder / "scheduler.json"
        self._scheduler = self._begun(SCHEDULER, "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
        self.address = json.loads(self._waited_for())["address"].removeprefix("tcp://")
        self.workers = [self._begun(WORKER, *self._worker_options(number)) for number in range(workers)]
        connect: Callable[..., Any] = Client
        with connect(f"tcp://{self.address}", timeout=WAIT_S, set_as_default=False) as client:
            if workers:
                client.wait_for_workers(workers, timeout=WAIT_S)

    @property
    def executor(self) -> str:
        """What a person types to have work done here."""
        return f"dask://{self.address}"

    def close(self) -> None:
        """End all processes."""
        for process in (*self.workers, self._scheduler):
            process.kill()
            process.wait()

    def _worker_options(self, number: int) -> list[str]:
        folder = str(self._folder / f"worker-{number}")
        return ["--nthreads", "1", "--no-nanny", "--no-dashboard", "--local-directory", folder]

    def _begun(self, program: str, *options: str) -> subprocess.Popen[bytes]:
        command = [sys.executable, "-c", program, "--scheduler-file", str(self._contact), *options]
        log = (self._folder / f"{len(list(self._folder.iterdir()))}.log").open("wb")
        with log:
            return subprocess.Popen(command, env={**os.environ, "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log)

    def _waited_for(self) -> str:
        for _ in range(WAIT_S * 20):
            if self._contact.exists() and self._contact.stat().st_size:
                return self._contact.read_text()
            time.sleep(0.05)
        raise AssertionError("the scheduler has not begun")
