"""The technicians and providers of a board, and the day of one."""

from __future__ import annotations

from functools import partial
from typing import Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.board_schemas import TechnicianPage
from api.bodies import json_body
from api.contract import Body, route
from api.errors import RequestError
from api.live import READERS, WRITERS, BoardId, IdempotencyKey, IfMatch, Sent, board_of, commanded, read, sent, write
from api.paging import page_of, page_text
from api.queries import DifferenceQuery, PageQuery
from api.routes.board_plans import difference_asked
from api.routes.boards import ACCEPTED
from api.services import Services, key_of
from dispatch_engine.access.errors import NotOwnError
from dispatch_engine.access.roles import Role
from dispatch_engine.board.commands import SetTechnician
from dispatch_engine.board.differences import PlanDifference, own_part
from dispatch_engine.board.errors import TechnicianNotThereError
from dispatch_engine.board.state import BoardState
from dispatch_engine.board.views.documents import TechnicianDay, TechnicianView
from dispatch_engine.board.views.view import technician_day, technician_view
from dispatch_engine.catalogue.faults import fault
from dispatch_engine.formats.plain import parse_plain
from dispatch_engine.model.fields import ID_PATTERN
from dispatch_engine.model.technicians import Technician

TechnicianId = Annotated[
    str, Path(min_length=1, max_length=200, pattern=ID_PATTERN, description="Id of the technician or provider.")
]

router = APIRouter(prefix="/v1/boards/{board}/technicians", tags=["boards"])


@router.get("", **route(*READERS, answers={200: Body(TechnicianPage, "By id."), 304: "They are as known."}))
async def list_technicians(request: Request, board: BoardId, query: Annotated[PageQuery, Query()]) -> Response:
    """List technicians and providers: skills, shifts, van, absences, positions."""
    return await read(request, lambda services: _listed(services, board, query))


@router.get(
    "/{technician}",
    **route(*READERS, Role.TECHNICIAN, answers={200: Body(TechnicianView, "The technician."), 304: "As known."}),
)
async def get_technician(request: Request, board: BoardId, technician: TechnicianId) -> Response:
    """Return a technician or provider; with a technician's key the own one."""
    _require_self(request, technician)
    return await read(request, lambda services: _one(services, board, technician))


@router.put("/{technician}", **route(*WRITERS, reads=Body(Technician, "The technician."), answers={200: ACCEPTED}))
async def set_technician(
    request: Request,
    board: BoardId,
    technician: TechnicianId,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Response:
    """Add a technician, or state all facts about one anew."""
    asked = sent(request, await json_body(request), idempotency_key, if_match)
    return await write(request, board, partial(_set, board=board, technician=technician, asked=asked))


@router.get(
    "/{technician}/day",
    **route(*READERS, Role.TECHNICIAN, answers={200: Body(TechnicianDay, "The day."), 304: "It is as known."}),
)
async def get_day(request: Request, board: BoardId, technician: TechnicianId) -> Response:
    """Return the routes of a technician and the calls on them: what the phone shows."""
    _require_self(request, technician)
    return await read(request, lambda services: _day(services, board, technician))


@router.get(
    "/{technician}/day/diff",
    **route(*READERS, Role.TECHNICIAN, answers={200: Body(PlanDifference, "What changed."), 304: "It is as known."}),
)
async def get_day_difference(
    request: Request, board: BoardId, technician: TechnicianId, query: Annotated[DifferenceQuery, Query()]
) -> Response:
    """Return what changed for a technician from one revision to another, why, and which own customers are to be called.

    `gain` is that of the whole plan.
    """
    _require_self(request, technician)
    return await read(request, lambda services: _day_compared(services, board, technician, query))


def _require_self(request: Request, technician: str) -> None:
    key = key_of(request)
    if key.role is Role.TECHNICIAN and key.technician != technician:
        raise NotOwnError("technician", technician)


def _listed(services: Services, board: str, query: PageQuery) -> tuple[bytes, int]:
    state = board_of(services, board).state
    page, following = page_of(state.capacities, query)
    found = TechnicianPage(items=tuple(technician_view(state, name) for name in page), next=following)
    return page_text(found), state.revision


def _one(services: Services, board: str, technician: str) -> tuple[bytes, int]:
    state = _with(services, board, technician)
    return technician_view(state, technician).model_dump_json(exclude_none=True).encode(), state.revision


def _set(services: Services, board: str, technician: str, asked: Sent) -> tuple[bytes, int]:
    stated = parse_plain(Technician, asked.body, "the technician")
    if stated.id != technician:
        wanted = f"The id is that of the path, {technician}"
        raise RequestError("parameter_faults", faults=(fault("wrong_type", ("id",), stated.id, wanted=wanted),))
    command = SetTechnician(type="set_technician", technician=stated)
    return commanded(services, board, asked, [command], "/0/technician")


def _day(services: Services, board: str, technician: str) -> tuple[bytes, int]:
    state = _with(services, board, technician)
    return technician_day(board, state, technician).model_dump_json(exclude_none=True).encode(), state.revision


def _day_compared(services: Services, board: str, technician: str, query: DifferenceQuery) -> tuple[bytes, str]:
    _with(services, board, technician)
    found = own_part(difference_asked(services, board, query), technician)
    return found.model_dump_json(exclude_none=True).encode(), f"{found.from_revision}-{found.to_revision}"


def _with(services: Services, board: str, technician: str) -> BoardState:
    """Return a board that has the technician."""
    state = board_of(services, board).state
    if state.capacity(technician) is None:
        raise TechnicianNotThereError(technician, state.capacities, "")
    return state
