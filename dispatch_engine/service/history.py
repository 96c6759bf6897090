"""Entries of the log as events and boards: writing, reading and replaying."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.board.differences import Cause, PlanDifference, difference
from dispatch_engine.board.errors import RevisionUnknownError
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.snapshots import STATE_VERSION, state_of
from dispatch_engine.board.upcasting import event_of
from dispatch_engine.board.versions import data_of, version_of
from dispatch_engine.event_log.entries import LoggedEvent

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dispatch_engine.board.events import Event
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.event_log.log import EventLog


def logged(events: Iterable[Event]) -> tuple[LoggedEvent, ...]:
    """Return events as they are stored."""
    return tuple(LoggedEvent(event.type, version_of(event), data_of(event), is_json=True) for event in events)


def events_of(entry: Entry) -> tuple[Event, ...]:
    """Return the events of an entry, in the shapes of today.

    Raises
    ------
    EventUnknownError
    """
    return tuple(event_of(each.type, each.version, each.data) for each in entry.events)


def after(state: BoardState | None, entries: Iterable[Entry]) -> BoardState | None:
    """Return the board after entries; None: it has none."""
    for entry in entries:
        state = folded(state, entry.revision, entry.at, events_of(entry))
    return state


def loaded(log: EventLog, board: str) -> BoardState | None:
    """Return a board at its latest revision, from the newest snapshot on; None: there is no such board."""
    snapshot = log.latest_snapshot(board, STATE_VERSION)
    begin = None if snapshot is None else state_of(snapshot.data)
    return after(begin, log.read(board, 0 if snapshot is None else snapshot.revision))


def at_revision(log: EventLog, board: str, revision: int) -> BoardState | None:
    """Return a board as it was at a revision; None: it never was."""
    snapshot = log.latest_snapshot(board, STATE_VERSION)
    if snapshot is not None and snapshot.revision <= revision:
        return after(state_of(snapshot.data), log.read(board, snapshot.revision, revision))
    return after(None, log.read(board, 0, revision))


def plan_difference(log: EventLog, board: str, before: int, after: int) -> PlanDifference:
    """Return what changed in the plan from one revision to another, and by what.

    Raises
    ------
    RevisionUnknownError
        The board never was at one of them.
    """
    states = {revision: _the_state(log, board, revision) for revision in (before, after)}
    causes = tuple(
        Cause(
            revision=entry.revision,
            at=entry.at.replace(microsecond=0),
            actor=entry.actor,
            events=tuple(each.type for each in entry.events),
        )
        for entry in log.read(board, min(before, after), max(before, after))
    )
    return difference(states[before], states[after]).model_copy(update={"causes": causes})


def _the_state(log: EventLog, board: str, revision: int) -> BoardState:
    state = at_revision(log, board, revision)
    if state is None or state.revision != revision:
        raise RevisionUnknownError(board, revision, log.head(board).revision)
    return state
