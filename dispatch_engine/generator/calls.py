"""Calls: what a job takes, and what its customer was promised."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dispatch_engine.generator.arrivals import NO_ALTERNATE_SHARE
from dispatch_engine.generator.company import CONTRACTS
from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.kinds import LEVEL_BEYOND, PART_BEYOND, TRADES
from dispatch_engine.generator.wishes import told_window, wishes
from dispatch_engine.model.calls import Call
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.generator.jobs import Job
    from dispatch_engine.generator.kinds import Kind
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.model.technicians import Technician

MIN_MIN, MAX_MIN, STEP_MIN = 20, 240, 5
"""Shortest and longest work on site, and the step to which it is rounded, minutes."""

HALF_DAYS = ((8.0, 12.0), (13.0, 17.0))
"""Windows of appointments, hours."""

OPENING = 8.0
"""Hour from which the customer misses the machine; also when a later day's work may begin."""

LATER_RESPONSE, LATER_RESTORE = 16.0, 20.0
"""Hours agreed anew for breakdowns that wait for a later day."""


def calls_of(settings: Settings, jobs: Sequence[Job], crew: Sequence[Technician]) -> tuple[Call, ...]:
    """Return the calls C001, C002 and so on; the last few are beyond skill or stock where the settings ask for it."""
    needs, hopes = Draw(settings.seed, "calls"), Draw(settings.seed, "wishes")
    calls = [_call(settings, needs, number, job) for number, job in enumerate(jobs, 1)]
    calls = [_with_wishes(settings, hopes, call, job, crew) for call, job in zip(calls, jobs, strict=True)]
    return tuple(_beyond(settings, calls))


def _call(settings: Settings, draw: Draw, number: int, job: Job) -> Call:
    kind = job.kind
    main = {kind.trade: kind.skills[kind.trade] + draw.chance(kind.higher_level)}
    parts = tuple(part for part, probability in kind.parts.items() if draw.chance(probability))
    return Call(
        id=f"C{number:03}",
        name=f"{job.site.id} {kind.name}",
        place=job.site.place,
        duration=_duration(draw, kind, settings.work_factor),
        kind=kind.name,
        priority=_priority(draw, job),
        skills={**kind.skills, **main},
        tools=kind.tools,
        parts=dict.fromkeys(parts, 1),
        **(_appointment(settings, draw, job) if kind.is_planned else _report(settings, job)),
    )


def _duration(draw: Draw, kind: Kind, work_factor: float) -> timedelta:
    minutes = draw.lognormal(kind.median_min, kind.spread) * work_factor
    steps = round(min(max(minutes, MIN_MIN), MAX_MIN) / STEP_MIN)
    return timedelta(minutes=steps * STEP_MIN)


def _priority(draw: Draw, job: Job) -> int:
    """Return the kind's priority, raised for gold and for the only lift of a house, lowered for basic."""
    if job.kind.is_planned:
        return job.kind.priority
    shift = {"gold": -1, "basic": 1}.get(job.site.contract, 0)
    only_lift = job.kind.trade == "lift" and draw.chance(NO_ALTERNATE_SHARE)
    return min(max(job.kind.priority + shift - only_lift, 1), 5)


def _report(settings: Settings, job: Job) -> dict[str, Any]:
    fields: dict[str, Any] = {
        "contract": job.site.contract,
        "reported_at": job.reported_at,
        "down_since": settings.at(job.day, OPENING),
    }
    windows = job.site.windows(settings, job.day)
    later = _agreed_anew(settings, job) if job.day else {}
    return fields | ({"windows": windows} if windows else {}) | later


def _agreed_anew(settings: Settings, job: Job) -> dict[str, Any]:
    """Return release and deadlines of a breakdown that waits for a later day, as for a part on order."""
    agreed = {
        "released_at": settings.at(job.day, OPENING),
        "response_deadline": settings.at(job.day, LATER_RESPONSE),
    }
    restored = CONTRACTS[job.site.contract].restore_within is not None
    return agreed | ({"restore_deadline": settings.at(job.day, LATER_RESTORE)} if restored else {})


def _appointment(settings: Settings, draw: Draw, job: Job) -> dict[str, Any]:
    start, end = draw.one_of(HALF_DAYS)
    return {"windows": (Window(start=settings.at(job.day, start), end=settings.at(job.day, end)),)}


def _with_wishes(settings: Settings, draw: Draw, call: Call, job: Job, crew: Sequence[Technician]) -> Call:
    hopes, promise = wishes(draw, call, crew), told_window(draw, settings, call, job.day)
    wanted: dict[str, Any] = {
        "required_technicians": hopes.required,
        "preferred_technicians": hopes.preferred,
        "excluded_technicians": hopes.excluded,
        "promise": None if job.kind.is_planned else promise,
    }
    return call.model_copy(update={name: value for name, value in wanted.items() if value})


def _beyond(settings: Settings, calls: Sequence[Call]) -> list[Call]:
    """Return the calls with some that nobody can serve: so that a plan has reasons to show."""
    result = list(calls)
    main = next(iter(TRADES))
    mine = [i for i, call in enumerate(result) if main in call.skills and not call.required_technicians]
    for i in mine[: settings.beyond_skill]:
        result[i] = result[i].model_copy(update={"skills": {**result[i].skills, main: LEVEL_BEYOND}})
    for i in mine[settings.beyond_skill :][: settings.beyond_stock]:
        result[i] = result[i].model_copy(update={"parts": {PART_BEYOND: 1}})
    return result
