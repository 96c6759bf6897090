"""One live board: takes commands one after the other, plans what comes of them, and keeps both or neither."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import AssignCall
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.decide.finding import the_open_call
from dispatch_engine.board.document import ProblemWriter
from dispatch_engine.board.errors import BoardNotOpenError
from dispatch_engine.board.events import TimePassed
from dispatch_engine.board.evolve import folded
from dispatch_engine.errors import placed
from dispatch_engine.event_log.entries import Draft
from dispatch_engine.event_log.errors import KeyReusedError, RevisionConflictError
from dispatch_engine.planner.live.candidates import candidates
from dispatch_engine.service.errors import AssignmentRefusedError
from dispatch_engine.service.feed import Feed
from dispatch_engine.service.history import after, keep_snapshot, loaded, logged
from dispatch_engine.service.publishing import published
from dispatch_engine.service.requests import Accepted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dispatch_engine.board.events import Event
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.planner.explaining import Option
    from dispatch_engine.planner.live import LivePlanner, RunningPlan
    from dispatch_engine.service.crews import Crews, Elsewhere
    from dispatch_engine.service.requests import Request

TRIES = 10
"""So often a request is decided anew where another process was first."""


class LiveBoard:
    """A board with its running plan. Its methods may be called from any thread.

    Parameters
    ----------
    name
        Id of the board.
    log
        Where entries are kept.
    planner
        Makes the planner of a board that is open.
    clock
        The present moment.
    crews
        Who works on which board.
    """

    def __init__(
        self,
        name: str,
        log: EventLog,
        planner: Callable[[BoardState], LivePlanner],
        clock: Callable[[], datetime],
        crews: Crews,
    ) -> None:
        self.name, self.feed = name, Feed(name, log)
        self._log, self._make_planner, self._clock, self._crews = log, planner, clock, crews
        self._lock = threading.RLock()
        self._planner: LivePlanner | None = None
        self._running: RunningPlan | None = None
        self._writer = ProblemWriter()
        self._state = loaded(log, name)

    @property
    def state(self) -> BoardState:
        """The board as it is now.

        Raises
        ------
        BoardNotOpenError
        """
        if self._state is None:
            raise BoardNotOpenError
        return self._state

    @property
    def is_open(self) -> bool:
        """Whether the board has been opened."""
        return self._state is not None

    @property
    def planner(self) -> LivePlanner:
        """What plans the board."""
        with self._lock:
            return self._the_planner(self.state)

    def accept(self, request: Request) -> Accepted:
        """Decide, plan, append; what returns is durable and visible to all.

        Raises
        ------
        CommandRefusedError, DocumentErrors
            The board is as it was; the pointer leads into the list of commands.
        RevisionConflictError
            The board is not at the revision that the sender expects.
        KeyReusedError
            The key was used for another request.
        """
        with self._crews.settled(self.name, request) as elsewhere, self._lock:
            for _ in range(TRIES):
                self._catch_up()
                repeated = self._repeated(request)
                if repeated is not None:
                    return repeated
                self._require_revision(request)
                try:
                    return self._accepted(request, elsewhere)
                except RevisionConflictError:
                    continue
        raise RevisionConflictError(self.name, self._revision, self._head())

    def candidates(self, call: str) -> tuple[Option, ...]:
        """Return what every shift could do with an open call, the cheapest first.

        Raises
        ------
        CallNotThereError, CallClosedError
        """
        with self._lock:
            self._catch_up()
            the_open_call(self.state, call)
            running = self._running_plan(self.state)
        return () if call not in running.translation.frame.index.visit else candidates(running, call)

    def snapshot_of_plan(self) -> tuple[BoardState, RunningPlan]:
        """Return the board and its running plan as they are together, to improve the plan elsewhere."""
        with self._lock:
            self._catch_up()
            return self.state, self._running_plan(self.state)

    def publish_better(self, better: RunningPlan) -> bool:
        """Publish a plan that was found in the background, brought up to date, if it is still worth its changes."""
        with self._lock:
            self._catch_up()
            state, planner = self.state, self._the_planner(self.state)
            running = self._running_plan(state)
            candidate = better if better.problem is running.problem else planner.repair(better, running.problem)
            if running.cost.total - candidate.cost.total < state.rules.least_gain:
                return False
            event = published(state.plan, candidate, "improvement")
            if event is None:
                return False
            try:
                self._append((event,), Draft(logged((event,)), self._clock(), "improver"))
            except RevisionConflictError:
                return False
            self._running = candidate
            return True

    def catch_up(self) -> None:
        """Take over what other processes have appended."""
        with self._lock:
            self._catch_up()

    @property
    def _revision(self) -> int:
        return 0 if self._state is None else self._state.revision

    def _accepted(self, request: Request, elsewhere: Elsewhere) -> Accepted:
        now = self._clock()
        events = self._decided(request, now, elsewhere)
        if not events and request.key is None:
            return Accepted(self.state, None)
        events = events or (TimePassed(),)  # the key is kept, so that the request does nothing when it comes again
        state = folded(self._state, self._revision + 1, now, events)
        running = self._repaired(state)
        plan = published(state.plan, running, "repair")
        everything = events if plan is None else (*events, plan)
        draft = Draft(
            events=logged(everything),
            at=now,
            actor=request.actor,
            key=request.key,
            request_sha256=request.sha256,
        )
        accepted = self._append(everything, draft)
        self._running = running
        return accepted

    def _decided(self, request: Request, now: datetime, elsewhere: Elsewhere) -> tuple[Event, ...]:
        """Return the events of all commands, each decided on what comes of those before it."""
        events: tuple[Event, ...] = ()
        state = self._state
        for position, command in enumerate(request.commands):
            with placed(f"/{position}"):
                events += decide(state, command, now)
                before, state = state, self._folded(events, now)
                elsewhere.require_free(command, before, state)
                if isinstance(command, AssignCall) and events:
                    self._require_rules(command)
        return events

    def _require_rules(self, command: AssignCall) -> None:
        """Refuse an assignment by hand that breaks a hard rule, unless somebody says why it has to be."""
        if command.override is not None or self._state is None or command.call not in self._state.calls:
            return
        tried = [
            each
            for each in self.candidates(command.call)
            if each.technician == command.technician and command.shift in (None, each.shift)
        ]
        broken = next((each for each in tried if each.code is not None), None)
        if broken is not None and all(each.code is not None for each in tried):
            raise AssignmentRefusedError(command.call, command.technician, broken)

    def _folded(self, events: tuple[Event, ...], now: datetime) -> BoardState | None:
        """Return what the board comes to by the events of its next entry."""
        return folded(self._state, self._revision + 1, now, events) if events else self._state

    def _repaired(self, state: BoardState) -> RunningPlan:
        planner = self._the_planner(state)
        if self._running is None:
            return planner.begin(self._writer.problem_of(state), state.plan.routes.values())
        return planner.repair(self._running, self._writer.problem_of(state))

    def _append(self, events: tuple[Event, ...], draft: Draft) -> Accepted:
        entry = self._log.append(self.name, self._revision, draft)
        self._state = folded(self._state, entry.revision, entry.at, events)
        keep_snapshot(self._log, self.name, self._state, entry)
        self.feed.publish(entry)
        return Accepted(self._state, entry)

    def _catch_up(self) -> None:
        if self._head() == self._revision:
            return
        missed = list(self._log.read(self.name, self._revision))
        self._state, self._running = after(self._state, missed), None
        for entry in missed:
            self.feed.publish(entry)

    def _head(self) -> int:
        return self._log.head(self.name).revision

    def _repeated(self, request: Request) -> Accepted | None:
        if request.key is None:
            return None
        entry = self._log.entry_of_key(self.name, request.key)
        if entry is None:
            return None
        if entry.request_sha256 != request.sha256:
            raise KeyReusedError(self.name, request.key, entry.revision)
        return Accepted(self.state, entry, is_repeated=True)

    def _require_revision(self, request: Request) -> None:
        expected = request.expected_revision
        if expected is not None and expected != self._revision:
            raise RevisionConflictError(self.name, expected, self._revision)

    def _running_plan(self, state: BoardState) -> RunningPlan:
        if self._running is None:
            self._running = self._the_planner(state).begin(self._writer.problem_of(state), state.plan.routes.values())
        return self._running

    def _the_planner(self, state: BoardState) -> LivePlanner:
        if self._planner is None:
            self._planner = self._make_planner(state)
        return self._planner
