"""Where work is done, as a person says it: `threads:2`, `processes:4`, `dask://scheduler:8786`."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from enum import StrEnum

from dispatch_engine.scale_out.errors import ExecutorUnknownError

MAX_COUNT = 1_000
WANTED = f"threads:N or processes:N (N from 1 to {MAX_COUNT:,}), or dask://HOST:PORT"

_CLUSTER = re.compile(r"dask://((?:[A-Za-z0-9._-]+|\[[0-9A-Fa-f:.]+\]):[0-9]{1,5})/?")
_COUNTED = re.compile(r"(threads|processes)(?::([0-9]{1,6}))?")


class ExecutorKind(StrEnum):
    """The kinds of places for work."""

    THREADS = "threads"
    PROCESSES = "processes"
    DASK = "dask"


@dataclass(frozen=True)
class ExecutorChoice:
    """A place for work.

    Attributes
    ----------
    kind
        Which kind.
    count
        How many pieces of work are done at the same time, at least 1; a cluster has as many as it has workers.
    address
        Of the scheduler of a cluster, as host:port.
    """

    kind: ExecutorKind
    count: int = 1
    address: str = ""

    def __str__(self) -> str:
        return f"{self.kind}://{self.address}" if self.kind is ExecutorKind.DASK else f"{self.kind}:{self.count}"


def executor_choice(text: str) -> ExecutorChoice:
    """Read where work is to be done; without a number it is done on as many as this process may use at once.

    Raises
    ------
    ExecutorUnknownError
        The text names no such place.
    """
    cluster = _CLUSTER.fullmatch(text)
    if cluster is not None:
        return ExecutorChoice(ExecutorKind.DASK, address=cluster[1])
    match = _COUNTED.fullmatch(text)
    if match is None:
        raise ExecutorUnknownError(text, WANTED)
    count = cores() if match[2] is None else int(match[2])
    if not 1 <= count <= MAX_COUNT:
        raise ExecutorUnknownError(text, WANTED)
    return ExecutorChoice(ExecutorKind(match[1]), count)


def cores() -> int:
    """Return how many processors this process may use."""
    return len(os.sched_getaffinity(0))
