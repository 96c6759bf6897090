"""What routes of live boards share: requests in, text out, in a thread beside the event loop."""

from __future__ import annotations

import hashlib
import json
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

from fastapi import Header, Path

from api.bodies import json_answer, unless_known
from api.errors import RequestError
from api.services import key_of, services_of
from dispatch_engine.access.commands import require_allowed
from dispatch_engine.access.roles import Role
from dispatch_engine.board.errors import RevisionUnknownError
from dispatch_engine.catalogue.faults import fault
from dispatch_engine.errors import DispatchError
from dispatch_engine.service.history import at_revision
from dispatch_engine.service.requests import Request as BoardRequest

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from fastapi import Request, Response

    from api.services import Services
    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.board.commands import Command
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.service.live_board import LiveBoard
    from dispatch_engine.service.requests import Accepted

BoardId = Annotated[
    str, Path(min_length=1, max_length=200, pattern=r"^[^\x00-\x20/\x7f]+$", description="Id of the board.")
]
IdempotencyKey = Annotated[
    str | None,
    Header(
        alias="Idempotency-Key",
        min_length=1,
        max_length=200,
        description="A request that is sent again with its key is answered as the first time.",
    ),
]
IfMatch = Annotated[
    str | None,
    Header(
        alias="If-Match",
        max_length=40,
        description="The revision that the sender has seen, in quotes; another one refuses the request.",
    ),
]

ONLY_COMMAND = "/0"
"""Where a body that is one command stands in the list of commands that goes to the board."""

READERS = (Role.DISPATCHER, Role.PLANNER, Role.INTEGRATION)
WRITERS = (Role.DISPATCHER, Role.INTEGRATION)
SENDERS = (*WRITERS, Role.TECHNICIAN)


@dataclass(frozen=True)
class Sent:
    """A request to a board as it came: where to, the body, and the headers that say how often and on what it counts."""

    target: str
    body: bytes
    key: ApiKey
    idempotency_key: str | None
    expected_revision: int | None

    def asking(self, commands: Sequence[Command]) -> BoardRequest:
        """Return the request to the board."""
        said = f"{self.target}\n".encode() + self.body
        digest = None if self.idempotency_key is None else hashlib.sha256(said).hexdigest()
        return BoardRequest(commands, self.key.actor, self.idempotency_key, digest, self.expected_revision)


def sent(request: Request, body: bytes, idempotency_key: str | None, if_match: str | None) -> Sent:
    """Return a request to a board."""
    target = f"{request.method} {request.url.path}?{request.url.query}"
    return Sent(target, body, key_of(request), idempotency_key, revision_of(if_match))


def revision_of(if_match: str | None) -> int | None:
    """Return the revision of an If-Match header; None where there is none, or any will do.

    Raises
    ------
    RequestError
        The header holds something else.
    """
    if if_match is None or if_match.strip() == "*":
        return None
    text = if_match.strip().strip('"')
    if not text.isdecimal():
        found = fault("wrong_type", ("header", "If-Match"), text, wanted='A revision in quotes, such as "17"')
        raise RequestError("parameter_faults", faults=(found,))
    return int(text)


def board_of(services: Services, name: str) -> LiveBoard:
    """Return a board at its latest revision, whoever made that.

    Raises
    ------
    BoardNotOpenError
        There is no such board.
    """
    found = services.boards.board(name)
    found.catch_up()
    return found


def commanded(
    services: Services, name: str, asked: Sent, commands: Sequence[Command], body_at: str | None = ONLY_COMMAND
) -> tuple[bytes, int]:
    """Send commands to a board; return the answer's text and the revision.

    Parameters
    ----------
    services, name
        The board.
    asked, commands
        The request, and what it asks for.
    body_at
        See ``pointing_into_body``.

    Raises
    ------
    AccessError, CommandRefusedError, DocumentErrors, RevisionConflictError, KeyReusedError
        The board is as it was.
    """
    board = services.boards.board(name)
    with pointing_into_body(body_at):
        require_allowed(asked.key, commands, board.state)
        accepted = board.accept(asked.asking(commands))
    return accepted_text(services, name, asked.key, accepted), accepted.revision


@contextmanager
def pointing_into_body(body_at: str | None) -> Iterator[None]:
    """Have errors within the block, which point into a list of commands, point into the body of the request.

    Parameters
    ----------
    body_at
        Where the body stands in the list of commands; empty where it is the list itself, None where there is no body.
        What stands elsewhere was not in the body, such as an id that is part of the path: the error points nowhere.
    """

    def moved(pointer: str) -> str:
        if body_at is None or not (pointer == body_at or pointer.startswith(f"{body_at}/")):
            return ""
        return pointer.removeprefix(body_at)

    try:
        yield
    except DispatchError as error:
        error.repoint(moved)
        raise


def accepted_text(services: Services, name: str, key: ApiKey, accepted: Accepted) -> bytes:
    """Return what became of a request; a technician does not see what concerns others."""
    repeated = b"true" if accepted.is_repeated else b"false"
    entry = b"null"
    if accepted.entry is not None and key.role is not Role.TECHNICIAN:
        entry = services.entry_texts.text(accepted.entry)
    board = json.dumps(name).encode()
    return b'{"board":%s,"revision":%d,"repeated":%s,"entry":%s}' % (board, accepted.revision, repeated, entry)


def state_at(services: Services, name: str, revision: int | None) -> BoardState:
    """Return a board as it was at a revision.

    Raises
    ------
    BoardNotOpenError, RevisionUnknownError
        There is no such board; it never had the revision.
    """
    latest = board_of(services, name).state
    if revision is None or revision == latest.revision:
        return latest
    if revision > latest.revision:
        raise RevisionUnknownError(name, revision, latest.revision)
    found = at_revision(services.boards.log, name, revision)
    if found is None:
        raise RevisionUnknownError(name, revision, latest.revision)
    return found


async def read(request: Request, work: Callable[[Services], tuple[bytes, int | str]]) -> Response:
    """Answer with a text and its revision as entity tag, made in another thread."""
    services = services_of(request)
    text, revision = await services.aside(lambda: work(services))
    return unless_known(request, f'"{revision}"', json_answer(text))


async def write(
    request: Request, board: str, work: Callable[[Services], tuple[bytes, int]], status: int = 200
) -> Response:
    """Answer with what became of a request to a board; the work is one that can be pickled."""
    text, revision = await services_of(request).commanding(board, work)
    return json_answer(text, status, {"ETag": f'"{revision}"'})
