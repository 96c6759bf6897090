"""What the routes work with: made once for an application, handed to each request."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import Executor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, cast

from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from starlette.requests import Request

    from api.board_texts import EntryTexts
    from api.doorkeeper import Doorkeeper
    from api.metrics import Metrics
    from api.planners.planners import Planners
    from api.preparation import Preparation
    from api.settings import Settings
    from api.streams import Aside, Streams
    from dispatch_engine.access.keys import ApiKey
    from dispatch_engine.jobs.jobs import Jobs
    from dispatch_engine.planner.limits import PlanLimits
    from dispatch_engine.service.boards import Boards
    from dispatch_engine.travel.permitted import PermittedSources
    from dispatch_engine.webhooks.registry import Webhooks
    from dispatch_engine.whatif.kept import Scenarios

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
    commanders
        Threads that bring requests to boards: they wait for their turn, so that nothing else has to wait behind them.
    sources
        Travel times.
    limits
        How much one plan may take.
    metrics
        Figures.
    boards
        The live boards.
    entry_texts
        Writes entries of boards.
    streams
        Those who follow boards.
    preparation
        Loads the solver.
    webhooks
        Who is told of boards.
    scenarios
        What if: copies of boards with changes.
    planners
        The processes in which boards are planned; None: boards are planned in this one.
    """

    settings: Settings
    doorkeeper: Doorkeeper
    jobs: Jobs
    io: Executor
    commanders: Executor
    sources: PermittedSources
    limits: PlanLimits
    metrics: Metrics
    boards: Boards
    entry_texts: EntryTexts
    streams: Streams
    preparation: Preparation
    webhooks: Webhooks
    scenarios: Scenarios
    planners: Planners | None = None

    def readiness(self) -> dict[str, bool]:
        """Say of each thing that the server needs whether it is there."""
        are_ready = self.planners is None or self.planners.are_ready
        return {"database": self._has_database(), "solver": self.preparation.is_done and are_ready}

    def _has_database(self) -> bool:
        try:
            self.boards.names()
        except (DispatchError, OSError):
            return False
        return True

    async def aside(self, work: Callable[[], T]) -> T:
        """Do what takes a while in another thread, so that other requests go on meanwhile."""
        return await aside_on(self.io)(work)

    async def commanding(self, board: str, work: Callable[[Services], T]) -> T:
        """Have a board do something, where it is planned: in another thread or process.

        Parameters
        ----------
        board
            Its name.
        work
            Gets the services of that place; can be pickled, with what it returns.
        """
        if self.planners is not None:
            return await self.planners.do(board, work)
        return await aside_on(self.commanders)(lambda: work(self))


def aside_on(executor: Executor) -> Aside:
    """Return what does work in the threads of an executor."""

    async def aside(work: Callable[[], T]) -> T:
        return await asyncio.get_running_loop().run_in_executor(executor, work)

    return aside


def services_of(request: Request) -> Services:
    """Return the parts of the application that a request came to."""
    return cast("Services", request.app.state.services)


def key_of(request: Request) -> ApiKey:
    """Return the key with which a request was let in."""
    return cast("ApiKey", request.state.key)
