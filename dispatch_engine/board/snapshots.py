"""A board as bytes and back: what replays begin with, and by which two boards are compared to the byte."""

from __future__ import annotations

import json
from datetime import datetime
from typing import TYPE_CHECKING, Final

from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.state import Basis, BoardState, RouteKey, RunningRoutes, TechnicianState, VisitState
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call
from dispatch_engine.model.fields import Count, Id, Quantity
from dispatch_engine.model.plan import Cost, Route, UnplannedCall
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Provider, Technician

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

STATE_VERSION: Final = 4
"""Changes whenever the same events would fold to another state: snapshots of another version are not used."""


_text = json.JSONEncoder(sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False).encode


class BasisImage(Model):
    """What the plan was made of, as far as it differs from the plan."""

    now: str
    routes: tuple[Route, ...]
    absent: tuple[tuple[Id, Id], ...]
    """Technician and shift of routes of the plan that were not there before."""


class BoardImage(Model):
    """All of a board's state."""

    revision: Count
    now: str
    setup: ProblemDocument
    rules: BoardRules
    technicians: tuple[Technician, ...]
    providers: tuple[Provider, ...]
    crew: dict[Id, TechnicianState]
    calls: tuple[Call, ...]
    visits: dict[Id, VisitState]
    plan_revision: Count
    routes: tuple[Route, ...]
    unplanned: tuple[UnplannedCall, ...]
    cost: Cost
    basis: BasisImage | None = None
    overdrawn: dict[Id, dict[Id, Quantity]]


def bytes_of(state: BoardState) -> bytes:
    """Return the state as JSON with sorted keys: equal boards are equal bytes."""
    return StateWriter().bytes_of(state)


class StateWriter:
    """Writes one state of a board after the other; what is the same object as the last time is not written anew.

    A state is written piece by piece, so that other threads get their turn meanwhile.
    """

    def __init__(self) -> None:
        self._known: dict[int, tuple[Model, str]] = {}
        """By identity, the parts of the state that was written last; to hold them keeps their identity theirs."""
        self._written: dict[int, tuple[Model, str]] = {}

    def bytes_of(self, state: BoardState) -> bytes:
        """Return the state as ``bytes_of`` does."""
        self._written = {}
        text = _object(self._members(state))
        self._known, self._written = self._written, {}
        return text.encode()

    def _members(self, state: BoardState) -> dict[str, str]:
        plan = state.plan
        return {
            "revision": _text(state.revision),
            "now": _text(state.now.isoformat()),
            "setup": self._said(state.setup),
            "rules": self._said(state.rules),
            "technicians": self._list(state.technicians.values()),
            "providers": self._list(state.providers.values()),
            "crew": _object({name: self._said(each) for name, each in state.crew.items()}),
            "calls": self._list(state.calls.values()),
            "visits": _object({name: self._said(each) for name, each in state.visits.items()}),
            "plan_revision": _text(plan.revision),
            "routes": self._list(plan.routes.values()),
            "unplanned": self._list(plan.unplanned.values()),
            "cost": self._said(plan.cost),
            "basis": _text(None) if plan.basis is None else self._basis(plan, plan.basis),
            "overdrawn": _text({name: dict(parts) for name, parts in state.overdrawn.items()}),
        }

    def _basis(self, plan: RunningRoutes, basis: Basis) -> str:
        assert basis.now is not None  # an entry is recorded before anybody keeps a snapshot
        other = [route for key, route in basis.routes.items() if plan.routes.get(key) != route]
        absent = sorted(key for key in plan.routes if key not in basis.routes)
        return _object({"now": _text(basis.now.isoformat()), "routes": self._list(other), "absent": _text(absent)})

    def _said(self, value: Model) -> str:
        known = self._known.get(id(value))
        text = _text(value.model_dump(mode="json", exclude_none=True)) if known is None else known[1]
        self._written[id(value)] = value, text
        return text

    def _list(self, values: Iterable[Model]) -> str:
        return f"[{','.join(map(self._said, values))}]"


def _object(members: Mapping[str, str]) -> str:
    return f"{{{','.join(f'{_text(name)}:{members[name]}' for name in sorted(members))}}}"


def _basis(image: BoardImage, routes: Mapping[RouteKey, Route]) -> Basis | None:
    if image.basis is None:
        return None
    absent = {RouteKey(*key) for key in image.basis.absent}
    kept = {key: route for key, route in routes.items() if key not in absent}
    before = {RouteKey(route.technician, route.shift): route for route in image.basis.routes}
    return Basis(kept | before, datetime.fromisoformat(image.basis.now))


def state_of(data: bytes) -> BoardState:
    """Return the state that ``bytes_of`` wrote; what has no order of its own is in the order of calls and people."""
    image = BoardImage.model_validate_json(data)
    routes = {RouteKey(route.technician, route.shift): route for route in image.routes}
    return BoardState(
        revision=image.revision,
        now=datetime.fromisoformat(image.now),
        setup=image.setup,
        rules=image.rules,
        technicians={each.id: each for each in image.technicians},
        providers={each.id: each for each in image.providers},
        crew={each.id: image.crew[each.id] for each in (*image.technicians, *image.providers)},
        calls={call.id: call for call in image.calls},
        visits={call.id: image.visits[call.id] for call in image.calls},
        plan=RunningRoutes(
            revision=image.plan_revision,
            routes=routes,
            unplanned={each.call: each for each in image.unplanned},
            cost=image.cost,
            basis=_basis(image, routes),
        ),
        overdrawn=image.overdrawn,
    )
