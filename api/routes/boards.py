"""Live boards: open one, list them, see one at a glance."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Query, Request, Response

from api.board_schemas import AcceptedDocument, BoardName, BoardPage, NewBoard, WarningList
from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.live import (
    ONLY_COMMAND,
    READERS,
    BoardId,
    IdempotencyKey,
    Sent,
    accepted_text,
    board_of,
    pointing_into_body,
    read,
    sent,
    write,
)
from api.paging import page_of
from api.queries import PageQuery
from api.schemas import sample_problem
from api.services import Services, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.rules import BoardRules
from dispatch_engine.board.views.documents import BoardView
from dispatch_engine.board.views.view import board_view
from dispatch_engine.board.warnings import warnings_of
from dispatch_engine.errors import placed
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.formats.members import parse_members
from dispatch_engine.formats.plain import parse_plain
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.limits import require_size

if TYPE_CHECKING:
    from dispatch_engine.board.state import BoardState

ACCEPTED = Body(AcceptedDocument, "It is in effect: durable, planned and checked.")
OPENING = Body(NewBoard, "The problem document that the board begins with.", {"document": sample_problem()})

router = APIRouter(prefix="/v1/boards", tags=["boards"])


@router.get("", **route(*READERS, answers={200: Body(BoardPage, "Boards in the order of their ids.")}))
async def list_boards(request: Request, query: Annotated[PageQuery, Query()]) -> Response:
    """List the boards."""
    services = services_of(request)
    page, following = page_of(await services.aside(services.boards.names), query)
    found = BoardPage(items=tuple(BoardName(id=name) for name in page), next=following)
    return json_answer(found.model_dump_json().encode())


@router.put("/{board}", **route(Role.DISPATCHER, reads=OPENING, answers={201: ACCEPTED}, code=201))
async def open_board(request: Request, board: BoardId, idempotency_key: IdempotencyKey = None) -> Response:
    """Open a board with a problem document. From then on it is changed by events, and its plan follows at once."""
    asked = sent(request, await json_body(request), idempotency_key, None)
    return await write(request, board, partial(_opened, name=board, asked=asked), 201)


@router.get("/{board}", **route(*READERS, answers={200: Body(BoardView, "The board."), 304: "It is as known."}))
async def get_board(request: Request, board: BoardId) -> Response:
    """See a board at a glance: revision, calls by status, cost."""
    return await read(request, lambda services: _seen(board, board_of(services, board).state))


@router.get(
    "/{board}/warnings",
    **route(*READERS, answers={200: Body(WarningList, "Warnings, by call, then stock."), 304: "They are as known."}),
)
async def list_warnings(request: Request, board: BoardId) -> Response:
    """List what deserves a look: late starts, visits that overrun, reports that contradict rules, stock below zero."""
    return await read(request, lambda services: _warned(board_of(services, board).state))


def _warned(state: BoardState) -> tuple[bytes, int]:
    return WarningList(items=warnings_of(state)).model_dump_json(exclude_none=True).encode(), state.revision


def _opened(services: Services, name: str, asked: Sent) -> tuple[bytes, int]:
    given = parse_members(asked.body, {"document": parse_problem}, "the request", {"rules": _parse_rules})
    document: ProblemDocument = given["document"]
    require_size(document, services.limits)
    with placed("/document"):
        services.sources.open(document.travel)
    rules: BoardRules = given.get("rules", BoardRules())
    command = OpenBoard(type="open_board", document=document, rules=rules)
    with pointing_into_body(ONLY_COMMAND):
        accepted = services.boards.open(name, asked.asking([command]))
    return accepted_text(services, name, asked.key, accepted), accepted.revision


def _parse_rules(data: bytes, name: str) -> BoardRules:
    return parse_plain(BoardRules, data, name)


def _seen(name: str, state: BoardState) -> tuple[bytes, int]:
    return board_view(name, state).model_dump_json(exclude_none=True).encode(), state.revision
