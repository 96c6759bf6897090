"""The application: its parts put together, its layers, its routes, its beginning and end."""

from __future__ import annotations

from contextlib import asynccontextmanager
from functools import cache, partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api.body_limit import BodyLimit
from api.bootstrap import assemble, search_executor
from api.boundary import Boundary
from api.openapi import describe
from api.refusals import refuse_well
from api.routes import (
    board_plans,
    boards,
    calls,
    checks,
    description,
    events,
    health,
    jobs,
    plans,
    scenarios,
    stock,
    stream,
    technicians,
    travel,
    webhooks,
)
from dispatch_engine import __version__
from dispatch_engine.clock import now_at
from dispatch_engine.service.improver import Improver
from dispatch_engine.service.keeper import Keeper
from dispatch_engine.service.ticker import Ticker
from dispatch_engine.webhooks.backoff import Backoff
from dispatch_engine.webhooks.deliverer import Deliverer
from dispatch_engine.webhooks.store import MemoryWebhookStore
from dispatch_engine.whatif.store import MemoryScenarioStore

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Executor
    from datetime import datetime

    from api.services import Services
    from api.settings import Settings
    from dispatch_engine.access.store import KeyStore
    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.service.background import Background
    from dispatch_engine.service.boards import Boards
    from dispatch_engine.webhooks.store import WebhookStore
    from dispatch_engine.whatif.store import ScenarioStore

MODULES = (
    health,
    description,
    plans,
    jobs,
    checks,
    travel,
    boards,
    events,
    calls,
    technicians,
    stock,
    board_plans,
    stream,
    webhooks,
    scenarios,
)
SMALLEST_COMPRESSED = 1_024
COMPRESSION = 5
"""Higher levels take much longer and save little on JSON."""


def create_app(
    settings: Settings,
    keys: KeyStore,
    log: EventLog,
    searches: Executor | None = None,
    clock: Callable[[], datetime] = now_at,
    first: Callable[[Boards], None] | None = None,
    hooks: WebhookStore | None = None,
    scenarios_kept: ScenarioStore | None = None,
) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings
        How it is set up.
    keys
        Who may use it.
    log
        Where boards are kept.
    searches
        Where searches for whole documents run: threads, or what does the work of jobs elsewhere, such as
        ``dispatch_engine.jobs.processes``. None makes what the settings say; another is for the caller to shut down.
    clock
        The present moment of boards.
    first
        What is done with the boards as soon as plans can be made.
    hooks
        Where webhooks are kept; None: in memory.
    scenarios_kept
        Where scenarios are kept; None: in memory.
    """
    executor = searches or search_executor(settings)
    services = assemble(
        settings,
        keys,
        log,
        executor,
        clock,
        hooks or MemoryWebhookStore(),
        scenarios_kept or MemoryScenarioStore(),
    )

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.preparation.begin(services.io, None if first is None else partial(first, services.boards))
        try:
            async with _background(services):
                yield
        finally:
            if searches is None:
                executor.shutdown(wait=False, cancel_futures=True)

    app = FastAPI(
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        lifespan=lifespan,
        generate_unique_id_function=lambda route: route.name,
    )
    app.state.services = services
    for module in MODULES:
        app.include_router(module.router)
    refuse_well(app)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION)
    app.add_middleware(Boundary, metrics=services.metrics)
    app.openapi = cache(lambda: describe(app))  # type: ignore[method-assign] # how FastAPI lets one replace it
    return app


@asynccontextmanager
async def _background(services: Services) -> AsyncIterator[None]:
    """Improve plans, let time pass and keep snapshots while the server runs; then end all work, that of jobs last."""
    improver, ticker = Improver(services.boards), Ticker(services.boards, services.settings.clock_seconds)
    hooks, settings = services.webhooks, services.settings
    backoff = Backoff(
        settings.webhook_first_wait_seconds,
        settings.webhook_longest_wait_seconds,
        settings.webhook_attempts,
        settings.webhook_off_seconds,
    )
    deliverer = Deliverer(hooks.store, hooks.log, hooks.sender, backoff)
    background: tuple[Background, ...] = (ticker, improver, Keeper(services.boards), deliverer)
    for each in background:
        each.start()
    try:
        yield
    finally:
        services.streams.stop()
        for each in background:
            await services.aside(each.stop)
        await services.aside(lambda: services.jobs.close(services.settings.grace_seconds))
        for threads in (services.io, services.commanders):
            threads.shutdown(wait=False)
