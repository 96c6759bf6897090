"""The documents of live boards over HTTP; what one sees of a board is in ``dispatch_engine.board.views``."""

from __future__ import annotations

from dataclasses import asdict
from decimal import Decimal
from typing import TYPE_CHECKING, Annotated, Any

from pydantic import Field, RootModel

from dispatch_engine.board.commands import Command
from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.views.documents import CallView, StockView, TechnicianView
from dispatch_engine.board.warnings import BoardWarning
from dispatch_engine.model.base import Model
from dispatch_engine.model.fields import Count, Id
from dispatch_engine.model.problem import ProblemDocument

if TYPE_CHECKING:
    from dispatch_engine.planner.explaining import Option

Moment = Annotated[str, Field(json_schema_extra={"format": "date-time"})]
"""0: before the first one."""
AnyCommand = Annotated[Command, Field(discriminator="type")]


class CommandList(RootModel[AnyCommand | Annotated[tuple[AnyCommand, ...], Field(min_length=1)]]):
    """One command, or a list of commands that are taken together or not at all."""


class CallChanges(RootModel[dict[str, Any]]):
    """Fields of a call with their new values; null takes one back."""


class Candidate(Model):
    """What one shift could do with a call."""

    technician: Id
    shift: Id
    added: Decimal | None = None
    """By what the plan would be dearer with the call at its best place there; none where a rule fails."""
    position: Count | None = None
    """Where: so many stops are decided ahead of it."""
    is_present: bool = False
    """Whether the plan has it there now."""
    code: Id | None = None
    """The rule that fails."""
    message: str

    @classmethod
    def of(cls, option: Option) -> Candidate:
        """Return an option of the planner."""
        return cls(**asdict(option))


class CandidateList(Model):
    """Every shift, the cheapest first, then those where a rule fails."""

    items: tuple[Candidate, ...]


class WarningList(Model):
    """What on a board deserves a look."""

    items: tuple[BoardWarning, ...]


class NewBoard(Model):
    """What a board begins with."""

    document: ProblemDocument
    rules: BoardRules = BoardRules()


class EventDocument(Model):
    """Something that happened on a board."""

    type: Id
    version: Count
    data: dict[str, Any]


class EntryDocument(Model):
    """One revision of a board: everything that happened by one accepted request, kept for ever."""

    board: Id
    revision: Count
    at: Moment
    actor: str
    """Who: role and id of the key and, of a technician, which one; or `clock` or `improver`."""
    events: tuple[EventDocument, ...]
    previous_hash: str
    hash: str
    """SHA-256 over all of it and the hash of the entry before."""


class AcceptedDocument(Model):
    """What became of a request."""

    board: Id
    revision: Count
    """At which the request is in effect: durable, planned, checked and visible to all."""
    repeated: bool
    """Whether it had come before with the same Idempotency-Key; nothing was done again."""
    entry: EntryDocument | None = None
    """What was appended; null where the board was so already."""


class BoardName(Model):
    """A board that there is."""

    id: Id


class BoardPage(Model):
    """Boards in the order of their ids."""

    items: tuple[BoardName, ...]
    next: str | None = None
    """For the parameter `after` of the next page; null on the last one."""


class CallPage(Model):
    """Calls in the order of their ids."""

    items: tuple[CallView, ...]
    next: str | None = None
    """For the parameter `after` of the next page; null on the last one."""


class TechnicianPage(Model):
    """Technicians and providers in the order of their ids."""

    items: tuple[TechnicianView, ...]
    next: str | None = None
    """For the parameter `after` of the next page; null on the last one."""


class StockPage(Model):
    """Vans and stock locations, in the order of their ids."""

    items: tuple[StockView, ...]
    next: str | None = None
    """For the parameter `after` of the next page; null on the last one."""


class EntryPage(Model):
    """Entries in order."""

    items: tuple[EntryDocument, ...]
    next: int | None = None
    """For the parameter `after` of the next page; null on the last one."""
