"""What the routes work with: made once for an application, handed to each request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar, cast

if TYPE_CHECKING:
    from starlette.requests import Request

    from api.doorkeeper import Doorkeeper
    from api.metrics import Metrics
    from api.settings import Settings
    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.jobs.jobs import Jobs
    from dispatch_engine.planner.limits import PlanLimits
    from dispatch_engine.travel.permitted import PermittedSources

T = TypeVar("T")


@dataclass(frozen=True)
class Services:
    """The parts of an application that is running.

    Attributes
    ----------
    settings
        How it is set up.
    doorkeeper
        Knows the keys.
    jobs
        Searches for whole documents.
    io
        Threads for what takes a while without being a search.
    sources
        Travel times.
    limits
        How much one plan may take.
    metrics
        Figures.
    readiness
        Says of each thing that the server needs whether it is there.
    stopping
        Set once the server is about to stop.
    """

    settings: Settings
    doorkeeper: Doorkeeper
    jobs: Jobs
    io: Executor
    sources: PermittedSources
    limits: PlanLimits
    metrics: Metrics
    readiness: Callable[[], dict[str, bool]]
    stopping: asyncio.Event = field(default_factory=asyncio.Event)

    async def aside(self, work: Callable[[], T]) -> T:
        """Do what takes a while in another thread, so that other requests go on meanwhile."""
        return await asyncio.get_running_loop().run_in_executor(self.io, work)


def services_of(request: Request) -> Services:
    """Return the parts of the application that a request came to."""
    return cast("Services", request.app.state.services)


def key_of(request: Request) -> ApiKey:
    """Return the key with which a request was let in."""
    return cast("ApiKey", request.state.key)
