"""What a live board is asked for so that a scenario comes true on it.

Each change is made to a copy of what the board knows, and what differs afterwards becomes commands. So the rules of
changes stand in one place, and the board's own rules decide whether it takes them. Some changes cannot come true by
anybody's word: demand, travel and closed areas; they are faults.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dispatch_engine.board import commands as c
from dispatch_engine.board import setup_commands as s
from dispatch_engine.catalogue.faults import pointer_of, scenario_fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.whatif.changes.absence import AbsentTechnician
from dispatch_engine.whatif.changes.demand import ResampleDemand, ScaleDemand
from dispatch_engine.whatif.changes.shifts import ChangeShift
from dispatch_engine.whatif.changes.stock import ChangeStock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.changes.change import Change
    from dispatch_engine.whatif.scenario import ScenarioDocument

Setter = Callable[[Any], "Command"]
Remover = Callable[[str], "Command"]

SETTERS: dict[str, Setter] = {
    "technicians": lambda each: c.SetTechnician(type="set_technician", technician=each),
    "providers": lambda each: c.SetProvider(type="set_provider", provider=each),
    "calls": lambda each: c.CreateCall(type="create_call", call=each),
    "contracts": lambda each: s.SetContract(type="set_contract", contract=each),
    "territories": lambda each: s.SetTerritory(type="set_territory", territory=each),
    "stock_locations": lambda each: s.SetLocation(type="set_location", location=each),
    "parts": lambda each: s.SetPart(type="set_part", part=each),
    "meetings": lambda each: s.SetMeeting(type="set_meeting", meeting=each),
}
"""How a thing of each list is added to a board, or takes the place of the one of its id."""

REMOVERS: dict[str, Remover] = {
    "technicians": lambda name: c.RemoveTechnician(type="remove_technician", technician=name),
    "providers": lambda name: c.RemoveTechnician(type="remove_technician", technician=name),
    "calls": lambda name: c.CancelCall(type="cancel_call", call=name),
    "stock_locations": lambda name: s.RemoveLocation(type="remove_location", location=name),
    "meetings": lambda name: s.RemoveMeeting(type="remove_meeting", meeting=name),
}
"""How a thing is removed; what is not here, a board keeps."""

OF_PEOPLE = ("calls", "stock_locations", "meetings")
MENTIONS = {"technicians": OF_PEOPLE, "providers": OF_PEOPLE}
"""What changes by itself on a board when somebody is removed."""


def commands_of(state: BoardState, scenarios: Sequence[ScenarioDocument]) -> tuple[Command, ...]:
    """Return the commands that make scenarios come true, one based on the other, in order.

    Raises
    ------
    DocumentErrors
        With every change of the last scenario that cannot be made, or that no command brings about; of the scenarios
        that it is based on, those of the first that has any.
    """
    known, commands = known_of(state), list[c.Command]()
    for scenario in scenarios:
        faults: list[Fault] = []
        for number, change in enumerate(scenario.changes):
            try:
                after = change.applied(known)
                commands += _commands(known, after, change)
            except DocumentErrors as error:
                place = pointer_of(("changes", number))
                faults += (replace(each, pointer=place + each.pointer) for each in error.faults)
            else:
                known = after
        if faults:
            raise DocumentErrors(tuple(faults), f"scenario {scenario.id}")
    return tuple(commands)


def known_of(state: BoardState) -> ProblemDocument:
    """Return a board as the document of what it was told, without what has happened on it."""
    return state.setup.model_copy(
        update={
            "now": state.plans_from,
            "technicians": tuple(state.technicians.values()),
            "providers": tuple(state.providers.values()),
            "calls": tuple(state.calls.values()),
        }
    )


def _commands(before: ProblemDocument, after: ProblemDocument, change: Change) -> Iterator[Command]:
    match change:
        case AbsentTechnician():
            named = change.model_dump(exclude={"type"}, exclude_none=True)
            yield c.ReportAbsence(type="report_absence", **named)
        case ScaleDemand() | ResampleDemand():
            raise _unfit(change)
        case ChangeShift():
            (shift,) = (
                each
                for capacity in after.capacities
                if capacity.id == change.technician
                for each in capacity.shifts
                if each.id == change.shift
            )
            yield c.ChangeShift(type="change_shift", technician=change.technician, shift=shift)
        case ChangeStock():
            yield from _counts(before, after, change)
        case _:
            yield from _differences(before, after, change)


def _counts(before: ProblemDocument, after: ProblemDocument, change: ChangeStock) -> Iterator[Command]:
    """Yield what vans and locations are found to hold, of the parts that change."""
    for old, new in zip(before.capacities, after.capacities, strict=True):
        if new != old:
            pieces = {part: new.stock[part] for part in change.add}
            yield c.CountStock(type="count_stock", technician=new.id, stock=pieces)
    for place, now in zip(before.stock_locations, after.stock_locations, strict=True):
        if now != place:
            pieces = {part: now.stock[part] for part in change.add}
            yield c.CountStock(type="count_stock", location=now.id, stock=pieces)


def _differences(before: ProblemDocument, after: ProblemDocument, change: Change) -> Iterator[Command]:
    """Yield a command for each thing that is new, gone or other; removing somebody changes mentions by itself."""
    if after.travel != before.travel or after.places != before.places:
        raise _unfit(change)
    gone = {kind: [name for name in _by_id(before, kind) if name not in _by_id(after, kind)] for kind in SETTERS}
    itself = {mentioned for kind, names in gone.items() if names for mentioned in MENTIONS.get(kind, ())}
    for kind, names in gone.items():
        if names and kind not in REMOVERS:
            raise _unfit(change)
        yield from (REMOVERS[kind](name) for name in names)
    for kind in [kind for kind in SETTERS if kind not in itself]:
        known = _by_id(before, kind)
        changed = {name: each for name, each in _by_id(after, kind).items() if known.get(name) != each}
        yield from (_set(kind, known.get(name), each) for name, each in changed.items())
    if after.policy != before.policy:
        yield c.SetPolicy(type="set_policy", policy=after.policy)


def _set(kind: str, before: Any, after: Any) -> Command:
    """Return the command that brings a thing to what it is; of a call that is there, the fields that differ."""
    if kind != "calls" or before is None:
        return SETTERS[kind](after)
    old, new = (each.model_dump(mode="json", exclude_unset=True, exclude_none=True) for each in (before, after))
    changes = {field: new.get(field) for field in old | new if old.get(field) != new.get(field)}
    return c.ChangeCall(type="change_call", call=after.id, changes=changes)


def _by_id(problem: ProblemDocument, kind: str) -> dict[str, Any]:
    return {each.id: each for each in getattr(problem, kind)}


def _unfit(change: Change) -> DocumentErrors:
    return DocumentErrors((scenario_fault("change_unfit_for_board", ("type",), change.type),), "the change")
