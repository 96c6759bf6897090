"""The webhooks of a board: who is told of its revisions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from fastapi import APIRouter, Path, Query, Request, Response

from api.bodies import json_answer, json_body
from api.contract import Body, route
from api.live import BoardId
from api.paging import page_of
from api.queries import EntryQuery, PageQuery
from api.services import Services, key_of, services_of
from api.webhook_schemas import (
    CreatedWebhook,
    DeadLetterDocument,
    DeadLetterPage,
    DeliveryDocument,
    NewWebhook,
    WebhookDocument,
    WebhookPage,
)
from dispatch_engine.access.roles import Role
from dispatch_engine.formats.plain import parse_plain

if TYPE_CHECKING:
    from collections.abc import Callable

    from pydantic import BaseModel

HookId = Annotated[
    str, Path(min_length=1, max_length=40, pattern=r"^[0-9A-Za-z_-]+$", description="Id of the webhook.")
]
Revision = Annotated[int, Path(ge=1, le=2**53, description="A revision of the board.")]
NEW = Body(NewWebhook, "Where to send what.", {"url": "https://hooks.example/dispatch"})
TRIED = Body(DeliveryDocument, "What became of the attempt.")

router = APIRouter(prefix="/v1/boards/{board}/webhooks", tags=["webhooks"])


@router.get("", **route(Role.INTEGRATION, answers={200: Body(WebhookPage, "Webhooks by id.")}))
async def list_webhooks(request: Request, board: BoardId, query: Annotated[PageQuery, Query()]) -> Response:
    """List the webhooks of a board, with how far each is and what went wrong at last. Secrets are not shown."""
    return await _answer(request, board, lambda services: _listed(services, board, query))


@router.post(
    "", **route(Role.INTEGRATION, reads=NEW, answers={201: Body(CreatedWebhook, "The webhook is told.")}, code=201)
)
async def create_webhook(request: Request, board: BoardId) -> Response:
    """Have every revision of a board sent to an address, signed, in order, at least once; docs/api.md says how."""
    data, actor = await json_body(request), key_of(request).actor
    return await _answer(request, board, lambda services: _created(services, board, data, actor), 201)


@router.get("/{webhook}", **route(Role.INTEGRATION, answers={200: Body(WebhookDocument, "The webhook.")}))
async def get_webhook(request: Request, board: BoardId, webhook: HookId) -> Response:
    """Return a webhook without its secret."""
    return await _answer(request, board, lambda services: WebhookDocument.of(services.webhooks.state(board, webhook)))


@router.delete(
    "/{webhook}", **route(Role.INTEGRATION, answers={204: "It is gone, and so are its dead letters."}, code=204)
)
async def delete_webhook(request: Request, board: BoardId, webhook: HookId) -> Response:
    """Delete a webhook; an attempt that is under way still ends."""
    services = services_of(request)
    await services.aside(lambda: _removed(services, board, webhook))
    return Response(status_code=204)


@router.post("/{webhook}/switch-on", **route(Role.INTEGRATION, answers={200: Body(WebhookDocument, "It is on.")}))
async def switch_webhook_on(request: Request, board: BoardId, webhook: HookId) -> Response:
    """Tell a webhook again at once, from where it was: nothing that happened meanwhile is missing."""
    return await _answer(
        request, board, lambda services: WebhookDocument.of(services.webhooks.switch_on(board, webhook))
    )


@router.post("/{webhook}/test", **route(Role.INTEGRATION, answers={200: TRIED}))
async def test_webhook(request: Request, board: BoardId, webhook: HookId) -> Response:
    """Send a message of the type `webhook.test` at once, and tell what became of it."""
    return await _answer(request, board, lambda services: DeliveryDocument.of(services.webhooks.test(board, webhook)))


@router.get(
    "/{webhook}/dead-letters",
    **route(Role.INTEGRATION, answers={200: Body(DeadLetterPage, "Dead letters by revision.")}),
)
async def list_dead_letters(
    request: Request, board: BoardId, webhook: HookId, query: Annotated[EntryQuery, Query()]
) -> Response:
    """List the revisions that could not be delivered and are not attempted any more."""
    return await _answer(request, board, lambda services: _dead(services, board, webhook, query))


@router.post("/{webhook}/dead-letters/{revision}/resend", **route(Role.INTEGRATION, answers={200: TRIED}))
async def resend_dead_letter(request: Request, board: BoardId, webhook: HookId, revision: Revision) -> Response:
    """Attempt a dead letter once more, at once; once delivered it is off the list."""
    return await _answer(
        request, board, lambda services: DeliveryDocument.of(services.webhooks.resend(board, webhook, revision))
    )


async def _answer(request: Request, board: str, work: Callable[[Services], BaseModel], status: int = 200) -> Response:
    services = services_of(request)

    def done() -> bytes:
        services.boards.board(board)
        return work(services).model_dump_json().encode()

    return json_answer(await services.aside(done), status)


def _listed(services: Services, board: str, query: PageQuery) -> WebhookPage:
    state_by_id = {state.hook.id: state for state in services.webhooks.states(board)}
    page, following = page_of(state_by_id, query)
    return WebhookPage(items=tuple(WebhookDocument.of(state_by_id[name]) for name in page), next=following)


def _created(services: Services, board: str, data: bytes, actor: str) -> CreatedWebhook:
    asked = parse_plain(NewWebhook, data, "the webhook")
    hook = services.webhooks.create(board, asked.url, actor, asked.event_types, asked.after)
    shown = WebhookDocument.of(services.webhooks.state(board, hook.id))
    return CreatedWebhook(**shown.model_dump(), secret=hook.secret)


def _removed(services: Services, board: str, webhook: str) -> None:
    services.boards.board(board)
    services.webhooks.store.remove(board, webhook)


def _dead(services: Services, board: str, webhook: str, query: EntryQuery) -> DeadLetterPage:
    rest = [each for each in services.webhooks.dead_letters(board, webhook) if each.revision > query.after]
    page = rest[: query.limit]
    following = page[-1].revision if len(rest) > query.limit else None
    return DeadLetterPage(items=tuple(DeadLetterDocument.of(each) for each in page), next=following)
