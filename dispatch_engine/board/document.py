"""A board as the problem document that the planner solves: heads, pins, absences and the time of planning filled in.

A planner that follows a board asks again after every event, and most of a board is as it was. States share what did
not change, so a glance at identities finds what did; only that is written anew. What has not changed is the same object
in the next document, so that who compares documents is quick, too. The document is the same as one from scratch.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatch_engine.board.heads import head_of, in_order, is_quiet, is_settled, route_begun
from dispatch_engine.board.pins import pins_of
from dispatch_engine.board.state import RouteKey
from dispatch_engine.board.visit_status import SENT, UNTOUCHED
from dispatch_engine.board.written import call_as_fact, call_to_decide, capacity_with, in_time

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.board.heads import Head
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift


def problem_of(state: BoardState) -> ProblemDocument:
    """Return the problem that the board is at its time.

    Calls that are closed are there only as facts of a shift on the board; those that are worked on by somebody without
    a shift are left out, for nothing of them is to be decided.
    """
    return ProblemWriter().problem_of(state)


class ProblemWriter:
    """Writes the problem documents of boards, one after the other; for one thread at a time."""

    def __init__(self) -> None:
        self._last: BoardState | None = None
        self._begun: dict[RouteKey, list[str]] = {}
        self._heads: dict[RouteKey, Head] = {}
        self._capacities: dict[str, Capacity] = {}
        self._shifts: dict[RouteKey, Shift] = {}
        self._facts: set[str] = set()
        self._facts_written: set[str] = set()
        self._calls: dict[str, Call | None] = {}
        self._pinned: set[str] = set()

    def problem_of(self, state: BoardState) -> ProblemDocument:
        """Return the problem that the board is at its time; what has not changed is the same object as before."""
        last, self._last = self._last, None  # what fails half way begins anew the next time
        if last is None or last.setup is not state.setup or last.rules is not state.rules:
            self.__init__()  # type: ignore[misc] # as new: everything is to be written
            last = None
        visits = _changed(None if last is None else last.visits, state.visits)
        calls = visits | _changed(None if last is None else last.calls, state.calls)
        self._note_begun(last, state, visits)
        heads = self._note_heads(state, self._stale_heads(last, state, calls))
        self._note_capacities(state, self._stale_capacities(last, state, heads))
        self._note_calls(last, state, calls)
        self._last = state
        update = {
            "now": state.plans_from,
            "technicians": tuple(self._capacities[name] for name in state.technicians),
            "providers": tuple(self._capacities[name] for name in state.providers),
            "calls": tuple(call for call in self._calls.values() if call is not None),
        }
        return in_time(state.setup.model_copy(update=update))

    def _note_begun(self, last: BoardState | None, state: BoardState, changed: Iterable[str]) -> None:
        """Bring up to date which calls were begun on which route."""
        touched: set[RouteKey] = set()
        for name in changed:
            before = None if last is None else route_begun(last.visits.get(name))
            after = route_begun(state.visits.get(name))
            if before is not None and name in self._begun.get(before, ()):
                self._begun[before].remove(name)
                touched.add(before)
            if after is not None:
                self._begun.setdefault(after, []).append(name)
                touched.add(after)
        for key in touched:
            self._begun[key] = in_order(state, self._begun[key])

    def _stale_heads(self, last: BoardState | None, state: BoardState, calls: Iterable[str]) -> Iterable[RouteKey]:
        """Return the routes whose head may be another: of those that changed, and when the minute turned of many."""
        if last is None:
            return list(_keys(state, state.capacities))
        stale = _changed(last.plan.routes, state.plan.routes)
        for name in calls:
            for board in (last, state):
                visit, place = board.visits.get(name), board.plan.places.get(name)
                if visit is not None and visit.technician is not None and visit.shift is not None:
                    stale.add(RouteKey(visit.technician, visit.shift))
                if place is not None:
                    stale.add(place[0])
        people = _changed(last.crew, state.crew) | _changed(last.technicians, state.technicians)
        people |= _changed(last.providers, state.providers)
        stale.update(key for board in (last, state) for key in _keys(board, people))
        if last.plans_from != state.plans_from:
            rest = (key for key in _keys(state, state.capacities) if key not in stale)
            stale |= {key for key in rest if not is_settled(state, key, self._begun.get(key, ()))}
        return stale

    def _note_heads(self, state: BoardState, stale: Iterable[RouteKey]) -> set[str]:
        """Write the heads that may be others; return whose they are where they are."""
        people: set[str] = set()
        for key in stale:
            before, after = self._heads.pop(key, None), self._head(state, key)
            if after is not None:
                self._heads[key] = after if before is None or before != after else before
            if before != after:
                people.add(key.technician)
        if people:
            self._facts = {fact.call for head in self._heads.values() for fact in head.facts.visits}
        return people

    def _head(self, state: BoardState, key: RouteKey) -> Head | None:
        capacity, begun = state.capacity(key.technician), self._begun.get(key, ())
        shifts = () if capacity is None else capacity.shifts
        shift = next((each for each in shifts if each.id == key.shift), None)
        if capacity is None or shift is None or is_quiet(state, key, begun):
            return None
        return head_of(state, capacity, shift, begun)

    def _stale_capacities(self, last: BoardState | None, state: BoardState, heads: set[str]) -> set[str]:
        """Return the technicians and providers of whom the document may say something else."""
        if last is None:
            return set(state.capacities)
        stale = heads | _changed(last.crew, state.crew)
        stale |= _changed(last.technicians, state.technicians) | _changed(last.providers, state.providers)
        if last.plans_from != state.plans_from:
            stale |= {name for name, known in state.crew.items() if known.absences}
        return stale

    def _note_capacities(self, state: BoardState, stale: set[str]) -> None:
        for name in stale:
            self._capacities.pop(name, None)
            capacity = state.capacity(name)
            if capacity is not None:
                heads = [self._heads.get(RouteKey(name, shift.id)) for shift in capacity.shifts]
                self._capacities[name] = capacity_with(capacity, state.crew[name], heads, state)
        if stale:
            capacities = self._capacities.values()
            self._shifts = {RouteKey(each.id, shift.id): shift for each in capacities for shift in each.shifts}

    def _note_calls(self, last: BoardState | None, state: BoardState, changed: set[str]) -> None:
        """Write the calls that may be others: changed ones, those that became facts or no facts, those with pins."""
        is_everybody = last is not None and last.crew.keys() == state.crew.keys()
        if not is_everybody:
            changed = {*state.calls, *self._calls}
        if list(self._calls) != list(state.calls):
            self._calls = {name: self._calls.get(name) for name in state.calls}
        self._pinned = {name for name in self._pinned if name in state.calls}
        for name in changed & state.calls.keys():
            is_held = state.calls[name].pin is not None or state.visits[name].status in SENT
            (self._pinned.add if is_held else self._pinned.discard)(name)
        pins = pins_of(state, [state.calls[name] for name in self._pinned if self._is_open(state, name)], self._shifts)
        stale = self._turned(state) | changed | self._pinned
        for name in stale & state.calls.keys():
            written = self._written(state, name, pins)
            before = self._calls[name]
            self._calls[name] = before if before is not None and before == written else written

    def _turned(self, state: BoardState) -> set[str]:
        """Return the calls that are facts and were none in the last document, or the other way round."""
        facts = self._facts & state.calls.keys()
        before, self._facts_written = self._facts_written, facts
        return facts ^ before

    def _written(self, state: BoardState, name: str, pins: Mapping[str, Any]) -> Call | None:
        if name in self._facts:
            return call_as_fact(state.calls[name])
        return call_to_decide(state, state.calls[name], pins.get(name)) if self._is_open(state, name) else None

    def _is_open(self, state: BoardState, name: str) -> bool:
        return name not in self._facts and state.visits[name].status in UNTOUCHED


def _changed(before: Mapping[Any, object] | None, after: Mapping[Any, object]) -> set[Any]:
    """Return the keys whose values are not the same objects."""
    if before is after:
        return set()
    if before is None:
        return set(after)
    changed = {key for key, value in after.items() if before.get(key) is not value}
    return changed if before.keys() <= after.keys() else changed | (before.keys() - after.keys())


def _keys(state: BoardState, names: Iterable[str]) -> Iterator[RouteKey]:
    for name in names:
        capacity = state.capacity(name)
        for shift in () if capacity is None else capacity.shifts:
            yield RouteKey(name, shift.id)
