"""The shapes of what one sees of a board."""

from __future__ import annotations

from typing import Literal

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.state import TechnicianState, VisitState
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call
from dispatch_engine.model.fields import Id, Instant, Pieces
from dispatch_engine.model.plan import Cost, Kpis, Route, UnplannedCall
from dispatch_engine.model.technicians import Provider, Technician

ShownStatus = Literal[
    "new", "planned", "dispatched", "accepted", "en_route", "on_site", "completed", "unable", "awaiting_parts",
    "cancelled",
]  # fmt: skip


class BoardView(Model):
    """A board at a glance."""

    id: Id
    revision: int
    now: Instant
    """When its latest revision was made."""
    time_zone: str
    currency: str
    technicians: int
    providers: int
    calls_by_status: dict[ShownStatus, int]
    plan_revision: int
    cost: Cost
    rules: BoardRules


class PlannedVisit(Model):
    """Where the plan has a call."""

    technician: Id
    shift: Id
    arrival: Instant
    start: Instant
    end: Instant


class CallView(Model):
    """A call, how far its visit has come, and where the plan has it."""

    id: Id
    status: ShownStatus
    call: Call
    visit: VisitState
    planned: PlannedVisit | None = None


class TechnicianView(Model):
    """A technician or provider, and what is known of them besides visits."""

    id: Id
    kind: Literal["technician", "provider"]
    capacity: Technician | Provider
    state: TechnicianState


class StockView(Model):
    """What a van or a stock location holds."""

    id: Id
    kind: Literal["van", "location"]
    stock: dict[Id, Pieces]


class BoardPlan(Model):
    """The plan of a board as of a revision."""

    board: Id
    revision: int
    now: Instant
    plan_revision: int
    """The revision that changed the plan last."""
    routes: tuple[Route, ...]
    unplanned: tuple[UnplannedCall, ...]
    cost: Cost
    kpis: Kpis


class TechnicianDay(Model):
    """What one technician has to know: the own routes, and the calls on them."""

    board: Id
    revision: int
    technician: Id
    routes: tuple[Route, ...]
    calls: tuple[CallView, ...]
