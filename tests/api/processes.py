"""Processes that a server has begun, as tests see them."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import TYPE_CHECKING

from tests.api.serving import START_S

if TYPE_CHECKING:
    from collections.abc import Callable


def until(is_so: Callable[[], bool]) -> None:
    """Wait until something is so."""
    for _ in range(10 * START_S):
        if is_so():
            return
        threading.Event().wait(0.1)
    raise AssertionError("it did not come about")


def children_of(server: int) -> list[int]:
    """Return the processes of a server that search or plan."""
    children = Path(f"/proc/{server}/task").glob("*/children")
    found = {int(each) for threads in children for each in threads.read_text().split()}
    return [each for each in sorted(found) if b"spawn_main" in Path(f"/proc/{each}/cmdline").read_bytes()]


def is_zombie(process: int) -> bool:
    """Whether a process has ended, waited for or not."""
    try:
        return Path(f"/proc/{process}/stat").read_text().rpartition(")")[2].split()[0] == "Z"
    except FileNotFoundError:
        return True
