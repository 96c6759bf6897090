"""What holds between the fields of a problem document holds for what a command brings in, too."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.run import faults_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Provider, Technician


def require_call(state: BoardState, call: Call, pointer: str) -> None:
    """Check a call with the technicians, contracts and territories of the board.

    Raises
    ------
    DocumentErrors
        With all its faults; their pointers are those of the command, the call being at ``pointer``.
    """
    update = {
        "technicians": tuple(state.technicians.values()),
        "providers": tuple(state.providers.values()),
        "calls": (call,),
    }
    _require(state.setup.model_copy(update=update), {"/calls/0": pointer}, f"call {call.id}")


def require_technician(state: BoardState, technician: Technician, pointer: str) -> None:
    """Check a technician with the board's setup; faults as for a call."""
    _require(
        state.setup.model_copy(update={"technicians": (technician,)}),
        {"/technicians/0": pointer},
        f"technician {technician.id}",
    )


def require_provider(state: BoardState, provider: Provider, pointer: str) -> None:
    """Check a provider with the board's setup; faults as for a call."""
    _require(
        state.setup.model_copy(update={"providers": (provider,)}),
        {"/providers/0": pointer},
        f"provider {provider.id}",
    )


def require_shift(state: BoardState, capacity: Capacity, pointer: str) -> None:
    """Check the only shift of a technician or provider with the board's setup; faults as for a call."""
    kind = "technicians" if capacity.id in state.technicians else "providers"
    _require(
        state.setup.model_copy(update={kind: (capacity,)}),
        {f"/{kind}/0/shifts/0": pointer},
        f"shift {capacity.shifts[0].id}",
    )


def require_policy(setup: ProblemDocument, pointer: str) -> None:
    """Check a setup with a new policy; faults as for a call."""
    _require(setup, {"/policy": pointer}, "the policy")


def _require(document: ProblemDocument, pointers: Mapping[str, str], name: str) -> None:
    """Raise the faults at what is brought in; what the board had before is not the sender's to mend."""
    found = []
    for fault in faults_of(document):
        for place, pointer in pointers.items():
            if fault.pointer == place or fault.pointer.startswith(f"{place}/"):
                found.append(replace(fault, pointer=pointer + fault.pointer.removeprefix(place)))
    if found:
        raise DocumentErrors(tuple(sorted(found)), name)
