"""From a command to events, by the rules of its kind."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dispatch_engine.board import commands as c
from dispatch_engine.board import events as e
from dispatch_engine.board import setup_commands as s
from dispatch_engine.board.decide import (
    calls,
    clock,
    delays,
    plans,
    restocks,
    setup,
    shifts,
    stock,
    technicians,
    visits,
)
from dispatch_engine.board.decide.checking import require_document
from dispatch_engine.board.errors import BoardExistsError, BoardNotOpenError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping
    from datetime import datetime

    from dispatch_engine.board.state import BoardState

_RULES: Mapping[type[Any], Callable[[BoardState, Any, datetime], Iterable[e.Event]]] = {
    c.CreateCall: calls.create_call,
    c.ChangeCall: calls.change_call,
    c.CancelCall: calls.cancel_call,
    c.MergeCall: calls.merge_call,
    c.SetTechnician: technicians.set_technician,
    c.SetProvider: technicians.set_provider,
    c.ChangeTechnician: technicians.change_technician,
    c.RemoveTechnician: technicians.remove_technician,
    c.ChangeShift: shifts.change_shift,
    c.CancelShift: shifts.cancel_shift,
    c.SignOn: shifts.sign_on,
    c.SignOff: shifts.sign_off,
    c.ReportAbsence: shifts.report_absence,
    c.EndAbsence: shifts.end_absence,
    c.ReportPosition: delays.report_position,
    c.ReportBreak: delays.report_break,
    c.ReportRestock: restocks.report_restock,
    c.ReportDelay: delays.report_delay,
    c.Estimate: delays.estimate,
    c.ReportVisit: visits.report_visit,
    c.ReportParts: stock.report_parts,
    c.CountStock: stock.count_stock,
    s.SetLocation: setup.set_location,
    s.ChangeLocation: setup.change_location,
    s.RemoveLocation: setup.remove_location,
    s.SetContract: setup.set_contract,
    s.SetTerritory: setup.set_territory,
    s.SetPart: setup.set_part,
    s.SetMeeting: setup.set_meeting,
    s.RemoveMeeting: setup.remove_meeting,
    c.PinCall: plans.pin_call,
    c.UnpinCall: plans.unpin_call,
    c.AssignCall: plans.assign_call,
    c.SetPolicy: plans.set_policy,
    c.SetRules: plans.set_rules,
    c.PublishPlan: plans.publish_plan,
    c.RecallPlan: plans.recall_plan,
    c.PassTime: clock.pass_time,
}


def decide(state: BoardState | None, command: c.Command, now: datetime) -> tuple[e.Event, ...]:
    """Return what happens by a command; nothing, where the board is so already.

    Parameters
    ----------
    state
        The board; None: there is none yet.
    command
        What is asked for.
    now
        The present moment, with its offset.

    Raises
    ------
    CommandRefusedError, DocumentErrors
        The board cannot do that; nothing happens.
    """
    if isinstance(command, c.OpenBoard):
        if state is not None:
            raise BoardExistsError
        require_document(command.document, "/document")
        return (e.BoardOpened(document=command.document, rules=command.rules),)
    if state is None:
        raise BoardNotOpenError
    return tuple(_RULES[type(command)](state, command, now))
