"""The application: its parts put together, its layers, its routes, its beginning and end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from fastapi import FastAPI
from starlette.middleware.gzip import GZipMiddleware

from api.body_limit import BodyLimit
from api.boundary import Boundary
from api.doorkeeper import Doorkeeper
from api.metrics import Metrics
from api.openapi import describe
from api.preparation import Preparation
from api.refusals import refuse_well
from api.routes import checks, description, health, jobs, plans, travel
from api.services import Services
from dispatch_engine import __version__
from dispatch_engine.access.rates import Rates
from dispatch_engine.clock import Stopwatch
from dispatch_engine.jobs.jobs import JobLimits, Jobs
from dispatch_engine.planner.limits import PlanLimits
from dispatch_engine.travel.permitted import PermittedSources, TravelPermit

if TYPE_CHECKING:
    from collections.abc import AsyncIterator, Callable
    from concurrent.futures import Executor

    from api.settings import Settings
    from dispatch_engine.access.store import KeyStore

ROUTERS = (health.router, description.router, plans.router, jobs.router, checks.router, travel.router)
SMALLEST_COMPRESSED = 1_024
COMPRESSION = 5
"""Higher levels take much longer and save little on JSON."""


def create_app(settings: Settings, keys: KeyStore, searches: Executor | None = None) -> FastAPI:
    """Return the application.

    Parameters
    ----------
    settings
        How it is set up.
    keys
        Who may use it.
    searches
        Where searches for whole documents run, in threads of this process; None makes as many as the settings say.
    """
    executor, preparation = searches or ThreadPoolExecutor(settings.workers, "search"), Preparation()
    services = _services(settings, keys, executor, lambda: {"solver": preparation.is_done})

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        preparation.begin(executor)
        yield
        await services.aside(lambda: services.jobs.close(settings.grace_seconds))
        services.io.shutdown(wait=False)
        if searches is None:
            executor.shutdown(wait=False, cancel_futures=True)

    app = FastAPI(version=__version__, docs_url=None, redoc_url=None, openapi_url=None, lifespan=lifespan)
    app.state.services = services
    for router in ROUTERS:
        app.include_router(router)
    refuse_well(app)
    app.add_middleware(BodyLimit, max_bytes=settings.max_body_bytes)
    app.add_middleware(GZipMiddleware, minimum_size=SMALLEST_COMPRESSED, compresslevel=COMPRESSION)
    app.add_middleware(Boundary, metrics=services.metrics)
    app.openapi = cache(lambda: describe(app))  # type: ignore[method-assign] # how FastAPI lets one replace it
    return app


def _services(
    settings: Settings, keys: KeyStore, searches: Executor, readiness: Callable[[], dict[str, bool]]
) -> Services:
    watch, metrics = Stopwatch(), Metrics()
    io = ThreadPoolExecutor(settings.io_threads, "io")
    rates = Rates(settings.rate_per_second, settings.rate_burst, lambda: watch.elapsed_s)
    limits = JobLimits(settings.max_jobs, settings.kept_jobs, settings.kept_jobs_seconds)
    made = Jobs(searches, limits, lambda: watch.elapsed_s)
    metrics.watch("dispatch_jobs_unfinished", "Plans that wait or are being made", made.unfinished)
    permit = TravelPermit(Path(settings.networks) if settings.networks else None, frozenset(settings.osrm_urls))
    return Services(
        settings=settings,
        doorkeeper=Doorkeeper(keys, rates, io, settings.key_cache_seconds),
        jobs=made,
        io=io,
        sources=PermittedSources(permit),
        limits=PlanLimits(settings.max_places, settings.max_seconds, settings.max_threads),
        metrics=metrics,
        readiness=readiness,
    )

