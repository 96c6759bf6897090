"""What is asked for: a site, a kind of work, a report or an appointment. Calls are made of them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.generator.arrivals import REPEAT_SHARE, repeat_time, report_time
from dispatch_engine.generator.company import CONTRACTS
from dispatch_engine.generator.draw import Draw, quotas
from dispatch_engine.generator.kinds import PLANNED_SHARE, TRADES, Kind, kinds_of
from dispatch_engine.generator.sites import Site, new_site

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.generator.streets import Streets

FIRST_DEADLINE = 8.5
"""Hour of the first day before which no response is due: what was due earlier has been served."""

LATER_CONTRACTS = ("silver", "basic")
"""Breakdowns of these may wait for a later day of a document of several days."""


@dataclass(frozen=True)
class Job:
    """A piece of work at a site.

    Parameters
    ----------
    site
        Where.
    kind
        What.
    reported_at
        When the customer called; None for an appointment.
    day
        Day of the document, from 0, on which it can be done at the earliest.
    """

    site: Site
    kind: Kind
    reported_at: datetime | None
    day: int


def jobs(settings: Settings, streets: Streets) -> list[Job]:
    """Return as many jobs as calls are wanted: breakdowns in the order of their reports, then appointments."""
    sites, times = Draw(settings.seed, "sites"), Draw(settings.seed, "times")
    planned = round(settings.calls * PLANNED_SHARE)
    broken = _breakdowns(settings, (sites, times), streets, settings.calls - planned)
    first_number = len({job.site.id for job in broken}) + 1
    trades = enumerate(quotas(planned, TRADES), first_number)
    booked = [_appointment(settings, times, new_site(sites, streets, number, trade)) for number, trade in trades]
    return [*sorted(broken, key=_reported_at), *booked]


def _reported_at(job: Job) -> datetime:
    if job.reported_at is None:
        raise ValueError(f"the job at {job.site.id} is an appointment; only breakdowns have a report")
    return job.reported_at


def _breakdowns(settings: Settings, draws: tuple[Draw, Draw], streets: Streets, count: int) -> list[Job]:
    sites, times = draws
    found: list[Job] = []
    names = 0
    for trade in sites.shuffled(quotas(count, TRADES)):
        earlier = [job for job in found if job.site.trade == trade]
        if earlier and times.chance(REPEAT_SHARE):
            found.append(_repeat(settings, times, times.one_of(earlier)))
        else:
            names += 1
            found.append(_breakdown(settings, times, new_site(sites, streets, names, trade)))
    return found


def _breakdown(settings: Settings, draw: Draw, site: Site) -> Job:
    contract = CONTRACTS[site.contract]
    earliest = settings.at(0, FIRST_DEADLINE) - (contract.response_within or timedelta(days=1))
    day = draw.count(0, settings.days - 1) if site.contract in LATER_CONTRACTS else 0
    kind = draw.weighted(kinds_of(site.trade, planned=False))
    return Job(site, kind, report_time(draw, earliest, settings.now), day)


def _repeat(settings: Settings, draw: Draw, earlier: Job) -> Job:
    """Return another machine of the same kind at the same site."""
    return Job(earlier.site, earlier.kind, repeat_time(draw, _reported_at(earlier), settings.now), earlier.day)


def _appointment(settings: Settings, draw: Draw, site: Site) -> Job:
    kind = draw.weighted(kinds_of(site.trade, planned=True))
    return Job(site, kind, None, draw.count(0, settings.days - 1))
