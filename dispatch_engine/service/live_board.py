"""One live board: takes commands one after the other, plans what comes of them, and keeps both or neither."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.board.commands import AssignCall
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.decide.finding import the_open_call
from dispatch_engine.board.document import ProblemWriter
from dispatch_engine.board.errors import BoardNotOpenError
from dispatch_engine.board.events import TimePassed
from dispatch_engine.board.evolve import evolve, evolved, recorded
from dispatch_engine.errors import DispatchError, placed
from dispatch_engine.event_log.entries import Draft
from dispatch_engine.event_log.errors import KeyReusedError, RevisionConflictError
from dispatch_engine.planner.live.candidates import candidates
from dispatch_engine.service.errors import AssignmentRefusedError
from dispatch_engine.service.feed import Feed
from dispatch_engine.service.history import after, loaded, logged
from dispatch_engine.service.publishing import published
from dispatch_engine.service.requests import Accepted

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime

    from dispatch_engine.board.events import Event, PlanPublished
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.planner.explaining import Option
    from dispatch_engine.planner.live import LivePlanner, RunningPlan
    from dispatch_engine.service.crews import Crews, Elsewhere
    from dispatch_engine.service.requests import Request
    from dispatch_engine.service.right_of_way import RightOfWay

TRIES = 10
"""So often a request is decided anew where another process was first."""


class _Outcome(NamedTuple):
    """What comes of a request, before anything is kept."""

    state: BoardState
    running: RunningPlan
    events: tuple[Event, ...]
    plan: PlanPublished | None


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
    way
        What can wait stands aside while a request is decided.
    """

    def __init__(
        self,
        name: str,
        log: EventLog,
        planner: Callable[[BoardState], LivePlanner],
        clock: Callable[[], datetime],
        crews: Crews,
        way: RightOfWay,
    ) -> None:
        self.name, self.feed = name, Feed(name, log)
        self._log, self._make_planner, self._clock, self._crews = log, planner, clock, crews
        self._way, self._lock = way, threading.RLock()
        self._planner: LivePlanner | None = None
        self._running: RunningPlan | None = None
        self._writer = ProblemWriter()
        self._state = loaded(log, name)
        self._hash: str | None = None

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
        with self._crews.settled(self.name, request) as elsewhere, self._way.taken(), self._lock:
            for _ in range(TRIES):
                try:
                    accepted = self._taken(request, elsewhere)
                except DispatchError:
                    if not self._catch_up():
                        raise
                else:
                    if accepted.entry is not None or not self._catch_up():
                        return accepted
        raise RevisionConflictError(self.name, self._revision, self._head())

    def foreseen(self, request: Request) -> BoardState:
        """Return what the board would be if a request were accepted now; nothing is kept of it.

        Raises
        ------
        CommandRefusedError, DocumentErrors, RevisionConflictError
            As if the request were accepted.
        """
        with self._crews.settled(self.name, request) as elsewhere, self._way.taken(), self._lock:
            self._catch_up()
            self._require_revision(request)
            now = self._clock()
            state, events = self._decided(request, now, elsewhere)
            if state is None or not events:
                return self.state
            return recorded(self._outcome(state, events, now).state, self._revision + 1, now)

    def candidates(self, call: str) -> tuple[Option, ...]:
        """Return what every shift could do with an open call, the cheapest first.

        Raises
        ------
        CallNotThereError, CallClosedError
        """
        with self._lock:
            self._catch_up()
            running = self._running_for(call)
        return _ranked(running, call)

    def snapshot_of_plan(self) -> tuple[BoardState, RunningPlan]:
        """Return the board and its running plan as they are together, to improve the plan elsewhere."""
        with self._lock:
            self._catch_up()
            return self.state, self._running_plan(self.state)

    def publish_better(self, better: RunningPlan) -> bool:
        """Publish a plan that was found in the background, brought up to date, if it is still worth its changes.

        Most of bringing it up to date is done while commands go on.
        """
        candidate = self._up_to_date(better, self.snapshot_of_plan()[1])
        with self._lock:
            self._catch_up()
            state = self.state
            running = self._running_plan(state)
            candidate = self._up_to_date(candidate, running)
            if running.cost.total - candidate.cost.total < state.rules.least_gain:
                return False
            event = published(state.plan, candidate, "improvement")
            if event is None:
                return False
            try:
                self._append(evolve(state, event), Draft(logged((event,)), self._clock(), "improver"), candidate)
            except RevisionConflictError:
                return False
            return True

    def latest_entry(self) -> tuple[BoardState, str] | None:
        """Return the board and the hash of its latest entry; None where nothing has come since it was loaded."""
        with self._lock:
            return None if self._state is None or self._hash is None else (self._state, self._hash)

    def _up_to_date(self, better: RunningPlan, running: RunningPlan) -> RunningPlan:
        return better if better.problem is running.problem else self.planner.repair(better, running.problem)

    def catch_up(self) -> None:
        """Take over what other processes have appended."""
        with self._lock:
            self._catch_up()

    @property
    def _revision(self) -> int:
        return 0 if self._state is None else self._state.revision

    def _taken(self, request: Request, elsewhere: Elsewhere) -> Accepted:
        """Take a request on the board as it is known here; where that is stale, appending or refusing it shows that."""
        if request.key is not None:
            self._catch_up()
            repeated = self._repeated(request)
            if repeated is not None:
                return repeated
        self._require_revision(request)
        now = self._clock()
        state, events = self._decided(request, now, elsewhere)
        if not events and request.key is None:
            return Accepted(self.state, None)
        events = events or (TimePassed(),)  # the key is kept, so that the request does nothing when it comes again
        assert state is not None  # there are events
        made = self._outcome(state, events, now)
        draft = Draft(
            events=logged(made.events if made.plan is None else (*made.events, made.plan)),
            at=now,
            actor=request.actor,
            key=request.key,
            request_sha256=request.sha256,
        )
        return self._append(made.state, draft, made.running)

    def _outcome(self, state: BoardState, events: tuple[Event, ...], now: datetime) -> _Outcome:
        """Return the board with the plan that follows from what was decided."""
        running = self._repaired(recorded(state, self._revision + 1, now))
        plan = published(state.plan, running, "repair")
        return _Outcome(state if plan is None else evolve(state, plan), running, events, plan)

    def _decided(
        self, request: Request, now: datetime, elsewhere: Elsewhere
    ) -> tuple[BoardState | None, tuple[Event, ...]]:
        """Return the events of all commands, each decided on what comes of those before it, and what they lead to."""
        state = self._state
        events: tuple[Event, ...] = ()
        for position, command in enumerate(request.commands):
            with placed(f"/{position}"):
                before = state if state is None or not events else recorded(state, self._revision + 1, now)
                decided = decide(before, command, now)
                state, events = evolved(state, decided), (*events, *decided)
                elsewhere.require_free(command, before, state)
                if isinstance(command, AssignCall) and events:
                    self._require_rules(command)
        return state, events

    def _require_rules(self, command: AssignCall) -> None:
        """Refuse an assignment by hand that breaks a hard rule, unless somebody says why it has to be."""
        if command.override is not None or self._state is None or command.call not in self._state.calls:
            return
        tried = [
            each
            for each in _ranked(self._running_for(command.call), command.call)
            if each.technician == command.technician and command.shift in (None, each.shift)
        ]
        broken = next((each for each in tried if each.code is not None), None)
        if broken is not None and all(each.code is not None for each in tried):
            raise AssignmentRefusedError(command.call, command.technician, broken)

    def _running_for(self, call: str) -> RunningPlan:
        the_open_call(self.state, call)
        return self._running_plan(self.state)

    def _repaired(self, state: BoardState) -> RunningPlan:
        planner = self._the_planner(state)
        if self._running is None:
            return planner.begin(self._writer.problem_of(state.as_planned()), state.plan.routes.values())
        return planner.repair(self._running, self._writer.problem_of(state))

    def _append(self, state: BoardState, draft: Draft, running: RunningPlan) -> Accepted:
        """Append an entry, and go on with the board that its events and the plan that its plan lead to."""
        entry = self._log.append(self.name, self._revision, draft)
        made = (entry.revision, entry.at, entry.events)
        if draft.key is not None and made != (self._revision + 1, draft.at, draft.events):
            self._catch_up()  # another process was asked with the same key, and was first
            return Accepted(self.state, entry, is_repeated=True)
        self._state, self._running, self._hash = recorded(state, entry.revision, entry.at), running, entry.hash
        self.feed.publish(entry)
        return Accepted(self._state, entry)

    def _catch_up(self) -> bool:
        """Take over what other processes have appended; returns whether there was anything."""
        if self._head() == self._revision:
            return False
        missed = list(self._log.read(self.name, self._revision))
        self._state, self._running, self._hash = after(self._state, missed), None, missed[-1].hash
        for entry in missed:
            self.feed.publish(entry)
        return True

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
            problem = self._writer.problem_of(state.as_planned())
            self._running = self._the_planner(state).begin(problem, state.plan.routes.values())
        return self._running

    def _the_planner(self, state: BoardState) -> LivePlanner:
        if self._planner is None:
            self._planner = self._make_planner(state)
        return self._planner


def _ranked(running: RunningPlan, call: str) -> tuple[Option, ...]:
    return () if call not in running.translation.frame.index.visit else candidates(running, call)
