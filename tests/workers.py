"""How several processes share the whole suite: file by file, apart from files that use the same costly things."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from xdist.scheduler import LoadScopeScheduling

from dispatch_engine import kernels

if TYPE_CHECKING:
    import pytest

MOST_WORKERS = 4
"""Each holds up to 700 MB and compiles parts of kernels for itself."""

TOGETHER = ("tests/solver/search/", "tests/properties/")
"""Folders that one worker has to itself: their files share parts of kernels, compiled for the tests alone, and proven
optima of random problems."""


class ByFile(LoadScopeScheduling):  # type: ignore[misc] # its package has no types
    """Gives a worker the tests of a file, or of one of the folders that belong together; these go first."""

    def _split_scope(self, nodeid: str) -> str:
        folder = next((folder for folder in TOGETHER if nodeid.startswith(folder)), None)
        return folder or nodeid.partition("::")[0]


def is_shared(config: pytest.Config) -> bool:
    """Whether this process hands the tests out to others."""
    return bool(config.getoption("numprocesses", 0)) and not hasattr(config, "workerinput")


def workers_for(config: pytest.Config) -> int:
    """Return how many processes the tests are worth: if the whole suite is asked for, one for each processor."""
    asked, whole = (set(map(Path, paths)) for paths in (config.args, config.getini("testpaths")))
    count = min(len(os.sched_getaffinity(0)), MOST_WORKERS)
    return count if asked == whole and count > 1 else 0


def compile_ahead() -> None:
    """Compile the kernels before the workers begin: each would do so for itself."""
    if not kernels.is_warm(bound=True):
        kernels.warmup(bound=True)


def by_length(items: list[pytest.Item]) -> None:
    """Put the folders that go to one worker first, so that no worker is left alone with one at the end."""
    items.sort(key=lambda item: not item.nodeid.startswith(TOGETHER))
