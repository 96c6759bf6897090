"""The calls of a board."""

from __future__ import annotations

from functools import partial
from typing import Annotated, Any

from fastapi import APIRouter, Path, Query, Request, Response

from api.board_schemas import CallChanges, CallPage, Candidate, CandidateList
from api.bodies import json_answer, json_body, unless_known
from api.contract import Body, route
from api.live import READERS, WRITERS, BoardId, IdempotencyKey, IfMatch, Sent, board_of, commanded, read, sent, write
from api.paging import page_of, page_text
from api.queries import CallQuery
from api.routes.boards import ACCEPTED
from api.services import Services, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.board.commands import CancelCall, ChangeCall, CreateCall
from dispatch_engine.board.errors import CallNotThereError
from dispatch_engine.board.views.documents import CallView
from dispatch_engine.board.views.view import call_views, is_own, statuses_of
from dispatch_engine.formats.members import object_of
from dispatch_engine.formats.plain import parse_plain
from dispatch_engine.model.calls import Call
from dispatch_engine.model.fields import ID_PATTERN

CallId = Annotated[str, Path(min_length=1, max_length=200, pattern=ID_PATTERN, description="Id of the call.")]
CALL = Body(
    Call,
    "The call.",
    {"id": "C-9", "place": {"lat": 52.51, "lon": 13.40}, "duration": "PT45M", "skills": {"lift": 1}},
)

router = APIRouter(prefix="/v1/boards/{board}/calls", tags=["boards"])


@router.get("", **route(*READERS, answers={200: Body(CallPage, "Calls by id."), 304: "They are as known."}))
async def list_calls(request: Request, board: BoardId, query: Annotated[CallQuery, Query()]) -> Response:
    """List the calls of a board: what each needs, how far its visit is, where the plan has it."""
    return await read(request, lambda services: _listed(services, board, query))


@router.post("", **route(*WRITERS, reads=CALL, answers={201: ACCEPTED}, code=201))
async def create_call(
    request: Request, board: BoardId, idempotency_key: IdempotencyKey = None, if_match: IfMatch = None
) -> Response:
    """Report a breakdown or ask for service; the call is planned when this answers, or has its reasons why not."""
    asked = sent(request, await json_body(request), idempotency_key, if_match)
    return await write(request, board, partial(_created, board=board, asked=asked), 201)


@router.get(
    "/{call}",
    **route(*READERS, Role.TECHNICIAN, answers={200: Body(CallView, "The call."), 304: "It is as known."}),
)
async def get_call(request: Request, board: BoardId, call: CallId) -> Response:
    """Return a call; with a technician's key one of the own visits."""
    technician = request.state.key.technician
    return await read(request, lambda services: _one(services, board, call, technician))


@router.patch(
    "/{call}",
    **route(*WRITERS, reads=Body(CallChanges, "The fields to replace.", {"priority": 1}), answers={200: ACCEPTED}),
)
async def change_call(
    request: Request, board: BoardId, call: CallId, idempotency_key: IdempotencyKey = None, if_match: IfMatch = None
) -> Response:
    """Replace fields of a call; null takes one back."""
    asked = sent(request, await json_body(request), idempotency_key, if_match)
    return await write(request, board, partial(_changed, board=board, call=call, asked=asked))


@router.delete("/{call}", **route(*WRITERS, answers={200: ACCEPTED}))
async def cancel_call(
    request: Request,
    board: BoardId,
    call: CallId,
    reason: Annotated[str | None, Query(max_length=2_000, description="Why it is not wanted any more.")] = None,
    idempotency_key: IdempotencyKey = None,
    if_match: IfMatch = None,
) -> Response:
    """Cancel a call: the customer does not need the visit any more."""
    asked = sent(request, b"", idempotency_key, if_match)
    command = CancelCall(type="cancel_call", call=call, reason=reason)
    return await write(request, board, partial(commanded, name=board, asked=asked, commands=[command], body_at=None))


@router.get(
    "/{call}/candidates",
    **route(
        *READERS, answers={200: Body(CandidateList, "Technicians, the cheapest first."), 304: "They are as known."}
    ),
)
async def list_candidates(request: Request, board: BoardId, call: CallId) -> Response:
    """Rank who could take a call: what each shift would add to the cost of the plan, or the rule that fails there."""
    text, revision = await services_of(request).commanding(board, partial(_candidates, board=board, call=call))
    return unless_known(request, f'"{revision}"', json_answer(text))


def _candidates(services: Services, board: str, call: str) -> tuple[bytes, int]:
    live = board_of(services, board)
    revision = live.state.revision
    found = CandidateList(items=tuple(Candidate.of(option) for option in live.candidates(call)))
    return found.model_dump_json(exclude_none=True).encode(), revision


def _created(services: Services, board: str, asked: Sent) -> tuple[bytes, int]:
    command = CreateCall(type="create_call", call=parse_plain(Call, asked.body, "the call"))
    return commanded(services, board, asked, [command], "/0/call")


def _changed(services: Services, board: str, call: str, asked: Sent) -> tuple[bytes, int]:
    changes: dict[str, Any] = object_of(asked.body, "the request")
    command = ChangeCall(type="change_call", call=call, changes=changes)
    return commanded(services, board, asked, [command], "/0/changes")


def _listed(services: Services, board: str, query: CallQuery) -> tuple[bytes, int]:
    state = board_of(services, board).state
    statuses = statuses_of(state)
    wanted = [
        call
        for call, status in statuses.items()
        if query.status in (None, status) and (query.technician is None or is_own(state, call, query.technician))
    ]
    page, following = page_of(wanted, query)
    found = CallPage(items=call_views(state, page), next=following)
    return page_text(found), state.revision


def _one(services: Services, board: str, call: str, technician: str | None) -> tuple[bytes, int]:
    """Return a call; those of others are not there for a technician."""
    state = board_of(services, board).state
    if call not in state.calls or (technician is not None and not is_own(state, call, technician)):
        raise CallNotThereError(call, () if technician else state.calls, "")
    (view,) = call_views(state, [call])
    return view.model_dump_json(exclude_none=True).encode(), state.revision
