"""What a server does with its boards as soon as it can plan them."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from dispatch_engine.service.sample import NAME, open_sample

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from datetime import datetime

    from api.settings import Settings
    from dispatch_engine.service.boards import Boards

logger = logging.getLogger(__name__)


def begin_boards(
    settings: Settings, clock: Callable[[], datetime], share: Container[str] | None, boards: Boards
) -> None:
    """Take up the boards that there are, so that time passes on them too, or open a sample where there is none.

    Parameters
    ----------
    settings
        Whether to open a sample.
    clock
        The present moment of boards.
    share
        The names of the boards that are looked after here; None: all.
    boards
        Where they are.
    """
    boards.load_all()
    is_here = share is None or NAME in share
    if is_here and settings.sample_board and open_sample(boards, clock()):
        logger.info("a sample board was opened", extra={"board": NAME})
