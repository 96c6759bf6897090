"""Which change brought a fault into a document."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dispatch_engine.catalogue.faults import pointer_of
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.whatif.changes.technicians import PERSON

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.changes.change import Place
    from dispatch_engine.whatif.scenario import ScenarioDocument

PEOPLE = {"technicians", "providers"}


def blamed(problem: ProblemDocument, scenario: ScenarioDocument, faults: Iterable[Fault]) -> Iterator[Fault]:
    """Yield the faults of the changed document at the changes that brought them in.

    A fault of what a change states stands where it states it. One of something else, such as a call that names a
    contract which is removed, stands at the change since which it is there, with its place in the document. What the
    document had before, as that of a board whose day has gone by, is no fault of a change.
    """
    states = [problem, *_states(problem, scenario)]
    known = {_mark(each, problem) for each in faults_of(problem)} if faults else set()
    faults = [each for each in faults if _mark(each, states[-1]) not in known]
    claims = [(claim, number) for number, change in enumerate(scenario.changes) for claim in change.claims()]
    for each in faults:
        parts, place = each.pointer.split("/")[1:], _place(each, states[-1])
        around = [(claim, number) for claim, number in claims if claim.place == place[: len(claim.place)]]
        if around:
            claim, number = max(around, key=lambda pair: (len(pair[0].place), pair[1]))
            rest = "".join(f"/{part}" for part in parts[len(claim.place) :])
            yield replace(each, pointer=f"{pointer_of(('changes', number))}{claim.pointer}{rest}")
        else:
            rule = f"In the document with the change, {each.pointer or 'as a whole'}: {each.rule}"
            yield replace(each, pointer=pointer_of(("changes", _since(each, states[1:]))), rule=rule)


def _states(problem: ProblemDocument, scenario: ScenarioDocument) -> Iterator[ProblemDocument]:
    """Yield the document after each change."""
    for change in scenario.changes:
        problem = change.applied(problem)
        yield problem


def _since(found: Fault, states: list[ProblemDocument]) -> int:
    """Return the number of the change after which a fault of the last state is there and stays."""
    mark = _mark(found, states[-1])
    number = len(states) - 1
    while number > 0 and mark in {_mark(each, states[number - 1]) for each in faults_of(states[number - 1])}:
        number -= 1
    return number


def _mark(found: Fault, problem: ProblemDocument) -> tuple[str, str, Place]:
    """Return what tells a fault apart whatever the positions of things are."""
    return found.code, found.value, _place(found, problem)


def _place(found: Fault, problem: ProblemDocument) -> Place:
    """Return where a fault is, with ids in place of the positions of things that have one."""
    value: Any = problem
    place: list[str] = []
    for part in (each.replace("~1", "/").replace("~0", "~") for each in found.pointer.split("/")[1:]):
        value = _within(value, part)
        place.append(getattr(value, "id", None) or part if part.isdigit() else part)
    if place and place[0] in PEOPLE:
        place[0] = PERSON
    return tuple(place)


def _within(value: Any, part: str) -> Any:
    if isinstance(value, tuple):
        return value[int(part)] if part.isdigit() and int(part) < len(value) else None
    if isinstance(value, dict):
        return value.get(part)
    return getattr(value, part, None)
