"""Putting the parts of a server together: the one place that knows all of them."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from api.board_texts import EntryTexts
from api.doorkeeper import Doorkeeper
from api.metrics import Metrics
from api.preparation import Preparation
from api.services import Services, aside_on
from api.streams import Streams
from api.webhook_figures import webhook_figures
from dispatch_engine.access.rates import Rates
from dispatch_engine.clock import Stopwatch
from dispatch_engine.jobs.jobs import JobLimits, Jobs
from dispatch_engine.jobs.processes import Processes
from dispatch_engine.planner.limits import PlanLimits
from dispatch_engine.planner.live import LivePlanner
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.stateless import get_ready
from dispatch_engine.service.boards import Boards
from dispatch_engine.travel.permitted import PermittedSources, TravelPermit
from dispatch_engine.webhooks.registry import Webhooks
from dispatch_engine.webhooks.sending import Sender
from dispatch_engine.whatif.kept import Scenarios

if TYPE_CHECKING:
    from collections.abc import Callable, Container
    from concurrent.futures import Executor
    from datetime import datetime

    from api.settings import Settings
    from api.stores import Stores
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.service.live_board import LiveBoard


def assemble(
    settings: Settings,
    stores: Stores,
    searches: Executor,
    clock: Callable[[], datetime],
    share: Container[str] | None = None,
    taken_up: Callable[[LiveBoard], None] | None = None,
) -> Services:
    """Return the parts of an application that work together.

    Parameters
    ----------
    settings
        How it is set up.
    stores
        What it keeps.
    searches
        Where searches for whole documents run.
    clock
        The present moment of boards.
    share, taken_up
        See ``Boards``.
    """
    watch = Stopwatch()
    io = ThreadPoolExecutor(settings.io_threads, "io")
    sources, texts = PermittedSources(_permit(settings)), EntryTexts()
    rates = Rates(settings.rate_per_second, settings.rate_burst, lambda: watch.elapsed_s)
    job_limits = JobLimits(settings.max_jobs, settings.kept_jobs, settings.kept_jobs_seconds)
    services = Services(
        settings=settings,
        doorkeeper=Doorkeeper(stores.keys, rates, io, settings.key_cache_seconds),
        jobs=Jobs(searches, job_limits, lambda: watch.elapsed_s),
        io=io,
        commanders=ThreadPoolExecutor(settings.command_threads, "commander"),
        sources=sources,
        limits=PlanLimits(settings.max_places, settings.max_seconds, settings.max_threads),
        metrics=Metrics(),
        boards=Boards(stores.log, clock, _planners(sources, settings), share, taken_up),
        entry_texts=texts,
        streams=Streams(
            stores.log,
            texts,
            aside_on(io),
            most=settings.max_streams,
            follow_s=settings.follow_seconds,
            heartbeat_s=settings.heartbeat_seconds,
        ),
        preparation=Preparation(),
        webhooks=Webhooks(stores.webhooks, stores.log, _sender(settings), settings.max_webhooks),
        scenarios=Scenarios(stores.scenarios, settings.max_scenarios),
    )
    _watch(services)
    return services


def search_executor(settings: Settings) -> Executor:
    """Return where searches for whole documents run."""
    if settings.searches == "processes":
        return Processes(settings.workers, get_ready)
    return ThreadPoolExecutor(settings.workers, "search")


def _permit(settings: Settings) -> TravelPermit:
    return TravelPermit(Path(settings.networks) if settings.networks else None, frozenset(settings.osrm_urls))


def _sender(settings: Settings) -> Sender:
    return Sender(settings.webhook_hosts, settings.webhook_seconds)


def _planners(sources: PermittedSources, settings: Settings) -> Callable[[BoardState], LivePlanner]:
    """Return what makes the planner of a board, with travel times and threads that the server allows."""

    def planner_of(state: BoardState) -> LivePlanner:
        options = effective_options(PlanOptions(), state.setup.policy)
        allowed = replace(options, threads=min(options.threads, settings.max_threads))
        return LivePlanner(sources.open(state.setup.travel), allowed)

    return planner_of


def _watch(services: Services) -> None:
    """Add the figures that are asked for when they are read."""
    watch = services.metrics.watch
    watch("dispatch_jobs_unfinished", "Plans that wait or are being made", services.jobs.unfinished)
    watch("dispatch_streams_open", "Streams of boards that are open", lambda: services.streams.open)
    services.metrics.watch_many(lambda: webhook_figures(services.webhooks))
    watch("dispatch_boards_loaded", "Boards in use in this process", lambda: len(services.boards.loaded()))
