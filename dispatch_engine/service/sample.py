"""A board to look at: a generated day of the sample city, today or, once most of today is over, tomorrow."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.service.requests import Request
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.service.boards import Boards

NAME, ACTOR = "sample", "server"
PREFIX = "S"
"""Of the technicians' ids: they are nobody of the boards that are opened beside it."""
LATEST_HOUR = 12
"""From this hour on, local time, the sample day is tomorrow."""


def open_sample(boards: Boards, now: datetime) -> bool:
    """Open the sample board where there is no board at all; returns whether it did.

    Parameters
    ----------
    boards
        Where to open it.
    now
        The boards' present moment, aware.
    """
    if boards.names():
        return False
    boards.open(NAME, Request((OpenBoard(type="open_board", document=_document(now)),), ACTOR))
    return True


def _document(now: datetime) -> ProblemDocument:
    settings = Settings()
    local = now.astimezone(ZoneInfo(settings.time_zone))
    first_day = local.date() + timedelta(days=int(local.hour >= LATEST_HOUR))
    network = load_network(locate_network(settings.network, Path.cwd()))
    return generate(Settings(id=NAME, first_day=first_day, technician_prefix=PREFIX), network)
