"""Follow a board as it changes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Header, Query, Request, Response
from starlette.responses import StreamingResponse

from api.contract import Body, route
from api.live import READERS, BoardId, board_of
from api.queries import StreamQuery
from api.services import key_of, services_of
from dispatch_engine.access.roles import Role
from dispatch_engine.board.errors import RevisionUnknownError

if TYPE_CHECKING:
    from api.services import Services
    from dispatch_engine.service.live_board import LiveBoard

EVENTS = Body(None, "Server-sent events.", 'id: 17\nevent: entry\ndata: {"board":"north", …}\n\n', "text/event-stream")

router = APIRouter(prefix="/v1/boards/{board}", tags=["boards"])


@router.get("/stream", **route(*READERS, Role.TECHNICIAN, answers={200: EVENTS}))
async def stream(
    request: Request,
    board: BoardId,
    query: Annotated[StreamQuery, Query()],
    last_event_id: Annotated[
        int | None,
        Header(ge=0, le=2**53, alias="Last-Event-ID", description="The last revision that the client has seen."),
    ] = None,
) -> Response:
    """Follow a board: an event `entry` for every revision after the one that the client has seen, in order, no gap.

    Read the plan first, and begin the stream with its revision as `after`; a client that comes back says
    `Last-Event-ID`, as browsers do by themselves. Without either it begins now. A first event `board` says from
    where on. With a technician's key only what concerns that technician comes.
    """
    services = services_of(request)
    services.streams.require_room()
    seen = query.after if last_event_id is None else last_event_id
    found, after = await services.aside(lambda: _begin(services, board, seen))
    following = services.streams.follow(found, after, key_of(request).technician)
    return StreamingResponse(following, media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})


def _begin(services: Services, name: str, seen: int | None) -> tuple[LiveBoard, int]:
    """Return the board and the revision after which the stream begins."""
    board = board_of(services, name)
    latest = board.state.revision
    if seen is not None and seen > latest:
        raise RevisionUnknownError(name, seen, latest)
    return board, latest if seen is None else seen
