"""What is found wrong with a plan."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Finding:
    """One rule that a plan breaks, or a figure that it states wrongly."""

    code: str
    message: str
    call: str | None = None
    technician: str | None = None
    shift: str | None = None
