"""Contracts: what is promised to customers."""

from __future__ import annotations

from typing import ClassVar, Literal

from dispatch_engine.model.contracts import Contract
from dispatch_engine.model.fields import Id
from dispatch_engine.whatif.changes.things import AddThing, ChangeThing, RemoveThing

KIND = "contracts"


class AddContract(AddThing):
    """A contract more, for calls that name it."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "contract"
    type: Literal["add_contract"]
    contract: Contract


class RemoveContract(RemoveThing):
    """A contract that no call names any more."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "contract"
    type: Literal["remove_contract"]
    contract: Id


class ChangeContract(ChangeThing):
    """Other terms of a contract: it holds for its calls at once."""

    KIND: ClassVar[str] = KIND
    FIELD: ClassVar[str] = "contract"
    type: Literal["change_contract"]
    contract: Id
