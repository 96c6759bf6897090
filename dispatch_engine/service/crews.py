"""One technician, one place at a time: shifts that a command brings in are held against those on all other boards.

Ids of technicians stand for the same person on every board of a log. Providers are companies, which work for many.
"""

from __future__ import annotations

import threading
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from dispatch_engine.board.commands import ChangeShift, ChangeTechnician, OpenBoard, SetTechnician
from dispatch_engine.board.decide.shifts import overlap
from dispatch_engine.clock import Stopwatch
from dispatch_engine.service.errors import CrewsBusyError, TechnicianElsewhereError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.model.technicians import Shift
    from dispatch_engine.service.requests import Request

POINTER: Final[Mapping[type, str]] = {
    OpenBoard: "/document/technicians/{technician}/shifts/{shift}",
    SetTechnician: "/technician/shifts/{shift}",
    ChangeTechnician: "/changes/shifts/{shift}",
    ChangeShift: "/shift",
}
"""The commands that bring in shifts, and where they have them."""

ALL_BOARDS, PURPOSE = "", "crews"
TRY_S, WAIT_S = 0.02, 30.0
"""So often another process is waited for, and so long."""


class Elsewhere:
    """The shifts of technicians on all boards but one.

    Parameters
    ----------
    states
        The other boards by name.
    """

    def __init__(self, states: Iterable[tuple[str, BoardState]] = ()) -> None:
        self._shifts: dict[str, list[tuple[str, Shift]]] = {}
        for board, state in states:
            for name, technician in state.technicians.items():
                shifts = ((board, _worked(state, name, each)) for each in technician.shifts)
                self._shifts.setdefault(name, []).extend(shifts)

    def require_free(self, command: Command, before: BoardState | None, after: BoardState | None) -> None:
        """Refuse shifts that a command brings in while their technician works on another board.

        Raises
        ------
        TechnicianElsewhereError
        """
        if type(command) not in POINTER or after is None:
            return
        for place, (name, technician) in enumerate(after.technicians.items()):
            known = () if before is None or name not in before.technicians else before.technicians[name].shifts
            for number, shift in enumerate(technician.shifts):
                taken = self._taken(name, shift) if shift not in known else None
                if taken is not None:
                    pointer = POINTER[type(command)].format(technician=place, shift=number)
                    raise TechnicianElsewhereError(name, shift.id, *taken, pointer)

    def _taken(self, technician: str, shift: Shift) -> tuple[str, str] | None:
        """Return the board and shift that a shift overlaps with."""
        shifts = self._shifts.get(technician, ())
        return next(((board, other.id) for board, other in shifts if overlap(shift, other)), None)


class Crews:
    """Lets shifts be brought in one request after the other, in all processes.

    Parameters
    ----------
    log
        Of the boards.
    others
        Gets the name of a board and returns all others as they are.
    """

    def __init__(self, log: EventLog, others: Callable[[str], Iterable[tuple[str, BoardState]]]) -> None:
        self._log, self._others = log, others
        self._lock = threading.Lock()

    @contextmanager
    def settled(self, board: str, request: Request) -> Iterator[Elsewhere]:
        """Return who works elsewhere, which does not change within the block; most requests need not know.

        Raises
        ------
        CrewsBusyError
            Another process does not come to an end.
        """
        if not any(type(command) in POINTER for command in request.commands):
            yield Elsewhere()
            return
        with self._lock, self._alone():
            yield Elsewhere(self._others(board))

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Wait until no other process brings in shifts."""
        watch, pause = Stopwatch(), threading.Event()
        while watch.elapsed_s < WAIT_S:
            with self._log.lead(ALL_BOARDS, PURPOSE) as is_alone:
                if is_alone:
                    yield
                    return
            pause.wait(TRY_S)
        raise CrewsBusyError


def _worked(state: BoardState, technician: str, shift: Shift) -> Shift:
    """Return a shift as far as it is worked: one from which the technician signed off is over."""
    known = state.crew.get(technician)
    signed_off_at = None if known is None or shift.id not in known.shifts else known.shifts[shift.id].signed_off_at
    if signed_off_at is None:
        return shift
    return shift.model_copy(update={"end": signed_off_at, "overtime_cap": timedelta(0)})
