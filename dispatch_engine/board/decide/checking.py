"""What holds between the fields of a problem document holds for what a command brings in, too."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING, Any, TypeVar

from pydantic import ValidationError

from dispatch_engine.board.decide.reduced import is_reducible, reduced_to, with_known_place
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.shape import shape_fault
from dispatch_engine.model.base import Model
from dispatch_engine.model.checks.run import faults_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity

M = TypeVar("M", bound=Model)


def require_document(document: ProblemDocument, pointer: str) -> None:
    """Check the document that a board begins with.

    Raises
    ------
    DocumentErrors
        With all its faults; their pointers are those of the command.
    """
    _raise((replace(each, pointer=pointer + each.pointer) for each in faults_of(document)), "the document")


def require_call(state: BoardState, call: Call, pointer: str) -> Call:
    """Check a call with the technicians, contracts and territories of the board; faults as for a document.

    Returns it with its position, where only another call says where its place is.
    """
    if not is_reducible(state, call) or any(_at(faults_of(reduced_to(state, call)), {"/calls/0": pointer})):
        document = _board_with(state, call)
        place = {f"/calls/{len(document.calls) - 1}": pointer}
        _raise(_at(faults_of(document), place), f"call {call.id}")
    return with_known_place(state, call)


def require_shift(state: BoardState, capacity: Capacity, pointer: str) -> None:
    """Check the only shift of a technician or provider with the board's setup; faults as for a document."""
    kind = "technicians" if capacity.id in state.technicians else "providers"
    document = state.setup.model_copy(update={kind: (capacity,)})
    _raise(_at(faults_of(document), {f"/{kind}/0/shifts/0": pointer}), f"shift {capacity.shifts[0].id}")


def require_board(before: BoardState, after: BoardState, pointers: Mapping[str, str], name: str) -> None:
    """Check that a change to a board brings no new fault; ``pointers`` lead from the document to the command."""
    faults = faults_of(_document(after))
    if faults:
        known = {(each.pointer, each.code) for each in faults_of(_document(before))}
        _raise(_renamed((each for each in faults if (each.pointer, each.code) not in known), pointers), name)


def changed(model: M, changes: Mapping[str, Any], name: str) -> M:
    """Return a thing with the fields that are named replaced; null takes one back.

    Raises
    ------
    DocumentErrors
        With all faults of their shape.
    """
    stated = model.model_dump(mode="json", exclude_unset=True) | dict(changes)
    named = {field: value for field, value in stated.items() if value is not None}
    try:
        return type(model).model_validate_json(json.dumps(named), strict=True)
    except ValidationError as error:
        faults = [shape_fault(type(model), each) for each in error.errors()]
        below = sorted(replace(each, pointer=f"/changes{each.pointer}") for each in faults)
        raise DocumentErrors(tuple(below), name) from error


def _board_with(state: BoardState, call: Call) -> ProblemDocument:
    """Return the board with one call alone, behind those that say where its place is."""
    same = (each for each in state.calls.values() if each.id != call.id and each.place.id == call.place.id)
    others = tuple(same) if call.place.id is not None else ()
    return _document(state).model_copy(update={"calls": (*others, call)})


def _document(state: BoardState) -> ProblemDocument:
    """Return the board as a document, without what has happened on it."""
    update = {
        "technicians": tuple(state.technicians.values()),
        "providers": tuple(state.providers.values()),
        "calls": tuple(state.calls.values()),
    }
    return state.setup.model_copy(update=update)


def _at(faults: Iterable[Fault], pointers: Mapping[str, str]) -> Iterator[Fault]:
    """Yield the faults at what is brought in; what the board had before is not the sender's to mend."""
    for each in faults:
        for place in pointers:
            if each.pointer == place or each.pointer.startswith(f"{place}/"):
                yield from _renamed((each,), pointers)


def _renamed(faults: Iterable[Fault], pointers: Mapping[str, str]) -> Iterator[Fault]:
    for each in faults:
        held = (place for place in pointers if each.pointer == place or each.pointer.startswith(f"{place}/"))
        place = next(held, None)
        yield each if place is None else replace(each, pointer=pointers[place] + each.pointer.removeprefix(place))


def _raise(faults: Iterable[Fault], name: str) -> None:
    found = tuple(sorted(faults))
    if found:
        raise DocumentErrors(found, name)
