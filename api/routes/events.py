"""What happens on a board: commands in, entries of the log out."""

from __future__ import annotations

from functools import partial
from itertools import islice
from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from api.board_schemas import CommandList, EntryPage
from api.bodies import json_body
from api.contract import Body, route
from api.live import (
    ONLY_COMMAND,
    READERS,
    SENDERS,
    BoardId,
    IdempotencyKey,
    IfMatch,
    Sent,
    board_of,
    commanded,
    read,
    sent,
    write,
)
from api.queries import EntryQuery
from api.routes.boards import ACCEPTED
from api.services import Services
from dispatch_engine.board.reading import parse_commands
from dispatch_engine.planner.limits import require_at_most

COMMANDS = Body(
    CommandList,
    "One command, or a list of commands that are taken together or not at all.",
    {"type": "report_visit", "call": "C-1", "technician": "T-1", "status": "en_route", "sequence": 17},
)

router = APIRouter(prefix="/v1/boards/{board}/events", tags=["boards"])


@router.post("", **route(*SENDERS, reads=COMMANDS, answers={200: ACCEPTED}))
async def post_events(
    request: Request, board: BoardId, idempotency_key: IdempotencyKey = None, if_match: IfMatch = None
) -> Response:
    """Tell the board what happened or what is wanted.

    When this answers, it is durable, and the plan that follows from it is made, checked and visible. A technician's
    key sends reports of the own visits, van and day.
    """
    asked = sent(request, await json_body(request), idempotency_key, if_match)
    return await write(request, board, partial(_taken, board=board, asked=asked))


@router.get("", **route(*READERS, answers={200: Body(EntryPage, "Entries in order."), 304: "It is as known."}))
async def list_events(request: Request, board: BoardId, query: Annotated[EntryQuery, Query()]) -> Response:
    """Return what happened on a board and by whom: the audit trail, oldest first."""
    return await read(request, lambda services: _listed(services, board, query))


def _taken(services: Services, board: str, asked: Sent) -> tuple[bytes, int]:
    body = parse_commands(asked.body)
    require_at_most(services.settings.max_batch, "commands", len(body.commands))
    return commanded(services, board, asked, body.commands, "" if body.is_list else ONLY_COMMAND)


def _listed(services: Services, board: str, query: EntryQuery) -> tuple[bytes, int]:
    latest = board_of(services, board).state.revision
    upto = min(latest, query.after + query.limit)
    entries = list(islice(services.boards.log.read(board, query.after, upto), query.limit))
    texts = b",".join(services.entry_texts.text(entry) for entry in entries)
    following = str(upto).encode() if upto < latest else b"null"
    return b'{"items":[%s],"next":%s}' % (texts, following), latest
