"""What goes on in the background of a process that looks after boards."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.service.improver import Improver
from dispatch_engine.service.keeper import Keeper
from dispatch_engine.service.ticker import Ticker

if TYPE_CHECKING:
    from dispatch_engine.service.background import Background
    from dispatch_engine.service.boards import Boards


def caretakers(boards: Boards, clock_s: float) -> tuple[Background, ...]:
    """Return what lets time pass on boards, improves their plans and keeps snapshots, to be started and stopped.

    Parameters
    ----------
    boards
        Which.
    clock_s
        So often time passes, in seconds.
    """
    return Ticker(boards, clock_s), Improver(boards), Keeper(boards)
