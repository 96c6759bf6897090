"""One live board: takes commands one after the other, plans what comes of them, and keeps both or neither."""

from __future__ import annotations

import threading
from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import AssignCall
from dispatch_engine.board.decide.finding import the_open_call
from dispatch_engine.board.document import ProblemWriter
from dispatch_engine.board.errors import BoardNotOpenError
from dispatch_engine.board.evolve import evolve, recorded
from dispatch_engine.event_log.entries import Draft
from dispatch_engine.event_log.errors import DatabaseError, KeyReusedError, RevisionConflictError
from dispatch_engine.event_log.log import nothing
from dispatch_engine.planner.live.candidates import candidates
from dispatch_engine.service.errors import AssignmentRefusedError
from dispatch_engine.service.feed import Feed
from dispatch_engine.service.history import after, loaded, logged
from dispatch_engine.service.publishing import published
from dispatch_engine.service.requests import Accepted
from dispatch_engine.service.rounds import Asked, Round, rounds_of
from dispatch_engine.service.turns import Turns

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from datetime import datetime

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.planner.explaining import Option
    from dispatch_engine.planner.live import LivePlanner, RunningPlan
    from dispatch_engine.service.crews import Crews
    from dispatch_engine.service.requests import Request
    from dispatch_engine.service.right_of_way import RightOfWay, Turn

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
        self.name = name
        self._log, self._make_planner, self._clock, self._crews = log, planner, clock, crews
        self._way, self._lock = way, threading.RLock()
        self._planner: LivePlanner | None = None
        self._running: RunningPlan | None = None
        self._writer = ProblemWriter()
        self._turns = Turns(self._lock, self._serve)
        self._state = loaded(log, name)
        self.feed = Feed(name, log, self._revision)
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
        with self._crews.settled(self.name, request) as elsewhere, self._way.taken():
            asked = Asked(request, elsewhere)
            self._turns.take(asked)
        return asked.answer()

    def foreseen(self, request: Request) -> BoardState:
        """Return what the board would be if a request were accepted now; nothing is kept of it.

        Raises
        ------
        CommandRefusedError, DocumentErrors, RevisionConflictError
            As if the request were accepted.
        """
        with self._crews.settled(self.name, request) as elsewhere, self._way.taken(), self._lock:
            self._catch_up()
            round_ = self._new_round()
            round_.take(Asked(replace(request, key=None), elsewhere), self._require_rules)
            if round_.decided:
                self._planned(round_)
            return round_.open_state

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
            candidate = self._up_to_date(candidate, running).in_words_of(running.routes, running.unplanned)
            if running.cost.total - candidate.cost.total < state.rules.least_gain:
                return False
            event = published(state.plan, candidate, "improvement")
            if event is None:
                return False
            now = self._clock()
            after_it = recorded(evolve(state, event), state.revision + 1, now)
            try:
                self._keep(after_it, [Draft(logged((event,)), now, "improver")], candidate)
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

    def _serve(self, taken: Callable[[], Sequence[Asked]]) -> None:
        """Answer the requests that wait when it is this board's turn."""
        with self._way.turn() as turn:
            self._answer(taken(), turn)

    def _answer(self, waiting: Sequence[Asked], turn: Turn) -> None:
        """Answer requests; where something goes wrong with some that are taken together, each goes by itself."""
        for together in rounds_of(waiting):
            try:
                self._take(together, turn)
            except BaseException as error:
                unanswered = [asked for asked in together if not asked.is_done]
                if len(together) > 1 and isinstance(error, Exception) and not isinstance(error, DatabaseError):
                    for asked in unanswered:
                        self._answer([asked], turn)
                    continue
                for asked in unanswered:
                    asked.error = error
                if not isinstance(error, Exception):
                    raise

    def _take(self, together: Sequence[Asked], turn: Turn) -> None:
        """Decide on requests, plan what comes of all of them, and answer them once an entry for each is kept.

        That is done on the board as it is known here; where that is stale, refusing or appending shows it.
        """
        for _ in range(TRIES):
            turn.begin()
            self._answer_repeated(together)
            round_ = self._new_round()
            for asked in together:
                if not asked.is_done:
                    round_.decide(asked, self._require_rules)
            running = self._planned(round_) if round_.decided else None
            try:
                if self._is_settled(round_, running, turn):
                    return
            except RevisionConflictError:
                if not self._catch_up():
                    raise
        raise RevisionConflictError(self.name, self._revision, self._head())

    def _answer_repeated(self, together: Sequence[Asked]) -> None:
        """Answer the requests that have come before."""
        keyed = [asked for asked in together if asked.request.key is not None and not asked.is_done]
        if keyed:
            self._catch_up()
        for asked in keyed:
            try:
                asked.accepted = self._repeated(asked.request)
            except KeyReusedError as error:
                asked.error = error

    def _is_settled(self, round_: Round, running: RunningPlan | None, turn: Turn) -> bool:
        """Keep what was decided with its plan, and answer; returns False where all has to be decided anew.

        The turn ends when there is nothing left to do but to wait for the log: each statement lets others have the
        interpreter, who would keep it for long if they could plan.

        Raises
        ------
        RevisionConflictError
            Another process was first.
        """
        if running is None:
            turn.end()
            is_stale = self._catch_up()
            if not is_stale:
                round_.answer(())
            return not is_stale
        round_.answer(self._keep(round_.open_state, round_.drafts(), running, turn.end))
        return True

    def _new_round(self) -> Round:
        return Round(self.name, self._state, self._clock(), self._revision)

    def _planned(self, round_: Round) -> RunningPlan:
        """Return the plan that follows from what was decided; the board of the round is then the one with that plan."""
        running = self._repaired(round_.open_state)
        round_.publish(published(round_.open_state.plan, running, "repair"))
        return running

    def _keep(
        self,
        state: BoardState,
        drafts: Sequence[Draft],
        running: RunningPlan,
        before_waiting: Callable[[], None] = nothing,
    ) -> list[Entry]:
        """Append entries, and go on with the board and the plan that they lead to."""
        entries = self._log.append_all(self.name, self._revision, drafts, before_waiting)
        self._state, self._running, self._hash = state, running, entries[-1].hash
        self.feed.publish(entries)
        return entries

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
        if self._running is None:
            return self._begun(state)
        return self._the_planner(state).repair(self._running, self._writer.problem_of(state))

    def _begun(self, state: BoardState) -> RunningPlan:
        problem, plan = self._writer.problem_of(state.as_planned()), state.plan
        begun = self._the_planner(state).begin(problem, plan.routes.values())
        return begun.in_words_of(
            {(key.technician, key.shift): each for key, each in plan.routes.items()}, plan.unplanned
        )

    def _catch_up(self) -> bool:
        """Take over what other processes have appended; returns whether there was anything."""
        if self._head() == self._revision:
            return False
        missed = list(self._log.read(self.name, self._revision))
        self._state, self._running, self._hash = after(self._state, missed), None, missed[-1].hash
        self.feed.publish(missed)
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

    def _running_plan(self, state: BoardState) -> RunningPlan:
        if self._running is None:
            self._running = self._begun(state)
        return self._running

    def _the_planner(self, state: BoardState) -> LivePlanner:
        if self._planner is None:
            self._planner = self._make_planner(state)
        return self._planner


def _ranked(running: RunningPlan, call: str) -> tuple[Option, ...]:
    return () if call not in running.translation.frame.index.visit else candidates(running, call)
