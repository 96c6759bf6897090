"""Reason codes: why a visit is not planned, or why a technician cannot take it.

The numbers are what compiled code returns; the names are what documents and people see.
"""

from __future__ import annotations

from enum import IntEnum


class Reason(IntEnum):
    """A hard rule that fails, or the search's cause for leaving a visit out. Zero means that nothing fails."""

    NONE = 0
    SKILL = 1
    TOOL = 2
    TECHNICIAN = 3
    TERRITORY = 4
    WINDOW = 5
    RELEASE = 6
    SHIFT = 7
    BREAK = 8
    MAX_VISITS = 9
    MAX_DRIVING = 10
    MAX_DISTANCE = 11
    PART = 12
    PIN = 13
    UNREACHABLE = 14
    NO_TECHNICIANS = 15
    CAPACITY = 16
    PRICE = 17
    LIMIT_REACHED = 18
    MAX_DURATION = 19
    RESERVE = 20

    @property
    def code(self) -> str:
        """The name used in documents, such as ``max_visits``."""
        return self.name.lower()
