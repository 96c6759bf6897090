"""The application: its parts put together, its layers, its routes, its beginning and end."""

from __future__ import annotations

import asyncio
from contextlib import asynccontextmanager
from dataclasses import replace
from functools import cache, partial
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api.body_limit import BodyLimit
from api.bootstrap import assemble, search_executor
from api.boundary import Boundary
from api.openapi import describe
from api.planners.planners import Planners
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
from dispatch_engine.service.caretakers import caretakers
from dispatch_engine.webhooks.backoff import Backoff
from dispatch_engine.webhooks.deliverer import Deliverer

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable, Sequence
    from concurrent.futures import Executor
    from datetime import datetime

    from api.planners.process import Setup
    from api.services import Services
    from api.settings import Settings
    from api.stores import Stores
    from dispatch_engine.event_log.entries import Entry
    from dispatch_engine.service.background import Background
    from dispatch_engine.service.boards import Boards

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
    stores: Stores,
    searches: Executor | None = None,
    clock: Callable[[], datetime] = now_at,
    first: Callable[[Boards], None] | None = None,
    planners: Setup | None = None,
) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings
        How it is set up.
    stores
        What it keeps.
    searches
        Where searches for whole documents run: threads, or what does the work of jobs elsewhere, such as
        ``dispatch_engine.jobs.processes``. None makes what the settings say; another is for the caller to shut down.
    clock
        The present moment of boards.
    first
        What is done with the boards as soon as plans can be made, where they are planned in this process.
    planners
        What processes that plan the boards need to know; None: boards are planned in this one.
    """
    executor = searches or search_executor(settings)
    services = assemble(settings, stores, executor, clock)
    if planners is not None:
        services = replace(services, planners=Planners(planners, partial(_tell_followers, services.boards)))

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        services.preparation.begin(services.io, _beginning(services, first))
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


def _beginning(services: Services, first: Callable[[Boards], None] | None) -> Callable[[], object] | None:
    """Return what is done, in another thread, once the solver is compiled."""
    if services.planners is not None:
        return partial(asyncio.get_running_loop().call_soon_threadsafe, services.planners.begin)
    return None if first is None else partial(first, services.boards)


def _tell_followers(boards: Boards, name: str, entries: Sequence[Entry]) -> None:
    """Tell all who follow a board in this process of entries that its planner has appended."""
    board = boards.known(name)
    if board is not None:
        board.feed.publish(entries)


@asynccontextmanager
async def _background(services: Services) -> AsyncIterator[None]:
    """Look after boards, unless planners do, and tell webhooks while the server runs; then end all work, jobs last."""
    hooks, settings = services.webhooks, services.settings
    backoff = Backoff(
        settings.webhook_first_wait_seconds,
        settings.webhook_longest_wait_seconds,
        settings.webhook_attempts,
        settings.webhook_off_seconds,
    )
    deliverer = Deliverer(hooks.store, hooks.log, hooks.sender, backoff)
    background: tuple[Background, ...] = (deliverer,)
    if services.planners is None:
        background += caretakers(services.boards, settings.clock_seconds)
    for each in background:
        each.start()
    try:
        yield
    finally:
        services.streams.stop()
        for each in background:
            await services.aside(each.stop)
        if services.planners is not None:
            await services.planners.close(settings.grace_seconds)
        await services.aside(lambda: services.jobs.close(services.settings.grace_seconds))
        for threads in (services.io, services.commanders):
            threads.shutdown(wait=False)
