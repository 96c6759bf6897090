"""Release dates of technician routing and scheduling instances: when each request becomes known."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from bench.families.family import InstanceError

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

ROW = re.compile(r"(\d+)\s+(-?\d+)")
HEADING = "ID"
NAME = re.compile(r"(.+)_rd_(\d+)")


def instance_of(name: str) -> tuple[str, int]:
    """Return the instance to which release dates of a name belong, and the percentage of requests that come later.

    Raises
    ------
    InstanceError
        They are named otherwise.
    """
    found = NAME.fullmatch(name)
    if found is None:
        raise InstanceError(f"{name} is not INSTANCE_rd_PERCENT, so that its instance is not known.")
    return found[1], int(found[2])


def read_releases(path: Path) -> Mapping[int, int | None]:
    """Return by request when it becomes known, in the unit of the instance; None: it is known from the start.

    Raises
    ------
    InstanceError
        The file is no list of release dates.
    """
    lines = [line.strip() for line in path.read_text(encoding="utf-8").splitlines()]
    head = next((row for row, line in enumerate(lines) if line.split()[:1] == [HEADING]), None)
    if head is None:
        raise InstanceError(f"{path} is no list of release dates. Maybe it is an instance of another family.")
    found = [match for line in lines[head + 1 :] if (match := ROW.fullmatch(line))]
    at_by_request = {int(match[1]): int(match[2]) for match in found}
    return {request: at if at >= 0 else None for request, at in at_by_request.items()}
