"""Requests that are decided one after the other on the same board, to be planned and kept together."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import AssignCall
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.events import TimePassed
from dispatch_engine.board.evolve import evolve, evolved, recorded
from dispatch_engine.errors import DispatchError, placed
from dispatch_engine.event_log.entries import Draft
from dispatch_engine.event_log.errors import RevisionConflictError
from dispatch_engine.service.history import logged
from dispatch_engine.service.requests import Accepted

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from datetime import datetime

    from dispatch_engine.board.events import Event, PlanPublished
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.service.crews import Elsewhere
    from dispatch_engine.service.requests import Request


@dataclass
class Asked:
    """A request that waits for its answer; ``elsewhere`` is who works on other boards."""

    request: Request
    elsewhere: Elsewhere
    accepted: Accepted | None = None
    error: BaseException | None = None

    @property
    def is_done(self) -> bool:
        """Whether there is an answer."""
        return self.accepted is not None or self.error is not None

    def answer(self) -> Accepted:
        """Return the answer, or raise what was wrong."""
        if self.error is not None:
            raise self.error
        assert self.accepted is not None
        return self.accepted


def rounds_of(waiting: Iterable[Asked]) -> Iterator[list[Asked]]:
    """Yield requests in their order, together those that may be.

    Whoever assigns a call by hand wants the plan tried as it is then, so that this goes by itself. Of two requests with
    one key the second is to find what became of the first.
    """
    together: list[Asked] = []
    for asked in waiting:
        if together and (_goes_alone(together[-1]) or _goes_alone(asked) or _is_among(asked, together)):
            yield together
            together = []
        together.append(asked)
    if together:
        yield together


def _goes_alone(asked: Asked) -> bool:
    return any(isinstance(command, AssignCall) for command in asked.request.commands)


def _is_among(asked: Asked, others: Iterable[Asked]) -> bool:
    key = asked.request.key
    return key is not None and any(each.request.key == key for each in others)


@dataclass
class Round:
    """What comes of requests on a board, one after the other; each that changes something makes a revision.

    Attributes
    ----------
    board
        Its name.
    state
        The board after the requests so far; None: it is not open.
    now
        When they are decided.
    revision
        Of ``state``.
    decided
        The requests that make a revision, with their events.
    """

    board: str
    state: BoardState | None
    now: datetime
    revision: int
    decided: list[tuple[Asked, tuple[Event, ...]]] = field(default_factory=list)
    _unchanged: list[Asked] = field(default_factory=list)
    _refused: list[tuple[Asked, DispatchError]] = field(default_factory=list)
    _unrecorded: BoardState | None = None
    """The board after the latest events, without its revision and time."""

    def decide(self, asked: Asked, require: Callable[[AssignCall], None]) -> None:
        """Decide on a request; one that is refused leaves the board as it was before, and is told so in the end.

        Parameters
        ----------
        asked
            The request.
        require
            Refuses assignments by hand that may not be.
        """
        try:
            self.take(asked, require)
        except DispatchError as error:
            self._refused.append((asked, error))

    def take(self, asked: Asked, require: Callable[[AssignCall], None]) -> None:
        """Decide on a request as ``decide`` does.

        Raises
        ------
        CommandRefusedError, DocumentErrors
            The pointer leads into the list of commands.
        RevisionConflictError
            The board is not at the revision that the sender expects.
        """
        state, events = self._decided(asked, require)
        if not events:
            self._unchanged.append(asked)
            return
        assert state is not None  # there are events
        self.revision += 1
        self._unrecorded, self.state = state, recorded(state, self.revision, self.now)
        self.decided.append((asked, events))

    def _decided(
        self, asked: Asked, require: Callable[[AssignCall], None]
    ) -> tuple[BoardState | None, tuple[Event, ...]]:
        """Return the board after all commands, each decided on what comes of those before it, and their events."""
        expected = asked.request.expected_revision
        if expected is not None and expected != self.revision:
            raise RevisionConflictError(self.board, expected, self.revision)
        state = self.state
        events: tuple[Event, ...] = ()
        for position, command in enumerate(asked.request.commands):
            with placed(f"/{position}"):
                before = state if state is None or not events else recorded(state, self.revision + 1, self.now)
                decided = decide(before, command, self.now)
                state, events = evolved(state, decided), (*events, *decided)
                asked.elsewhere.require_free(command, before, state)
                if isinstance(command, AssignCall) and events:
                    require(command)
        if not events and asked.request.key is not None:
            return state, (TimePassed(),)  # the key is kept, so that the request does nothing when it comes again
        return state, events

    def publish(self, plan: PlanPublished | None) -> None:
        """Take in the plan that was made for the board; it comes with the last revision."""
        if plan is None:
            return
        assert self._unrecorded is not None
        asked, events = self.decided[-1]
        self.decided[-1] = asked, (*events, plan)
        self.state = recorded(evolve(self._unrecorded, plan), self.revision, self.now)

    def drafts(self) -> list[Draft]:
        """Return the entries to keep, one for each of ``decided``."""
        return [
            Draft(logged(events), self.now, asked.request.actor, asked.request.key, asked.request.sha256)
            for asked, events in self.decided
        ]

    def answer(self, entries: Iterable[Entry]) -> None:
        """Answer all requests, now that the ``entries`` of those that were decided are kept."""
        for (asked, _), entry in zip(self.decided, entries, strict=True):
            asked.accepted = Accepted(self.open_state, entry)
        for asked in self._unchanged:
            asked.accepted = Accepted(self.open_state, None)
        for asked, error in self._refused:
            asked.error = error

    @property
    def open_state(self) -> BoardState:
        """The board, which is open: nothing is accepted on one that is not."""
        assert self.state is not None
        return self.state
