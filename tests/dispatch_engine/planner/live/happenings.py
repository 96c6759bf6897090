"""A small day to which one thing after another happens at random; every state of it is a document without faults."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from dispatch_engine.model.calls import Call
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.model.facts import Facts
from dispatch_engine.model.plan import Route
from dispatch_engine.model.problem import PreviousPlan, ProblemDocument, PromisedVisit
from dispatch_engine.model.technicians import Shift, Technician
from tests.dispatch_engine.planner.days import at, call, day, location, meeting, technician, window

SKILLS, TOOLS, PARTS = ("lift", "gas"), ("hoist",), ("belt", "seal", "relay")
KEEP = timedelta(minutes=30)

Routes = Mapping[tuple[str, str], Route]


def begun(rng: random.Random) -> ProblemDocument:
    """Return a day with a crew of three and a dozen calls."""
    crew = [
        technician(
            f"T-{k}",
            f"P{k}",
            skills=dict.fromkeys(SKILLS, 1 + rng.randrange(3)),
            tools=list(TOOLS) if k else [],
            stock={part: rng.randrange(4) for part in PARTS},
            duration_factor=rng.choice(["1", "1.2"]),
            shifts=[
                {"id": "mon", "start": at(8), "end": at(16), "overtime_cap": 7200, "breaks": breaks(rng)},
                {"id": "tue", "start": at(8, day=3), "end": at(16, day=3)},
            ][: 1 + rng.randrange(2)],
        )
        for k in range(3)
    ]
    everything = {
        "providers": [{"id": "P-1", "home": "P4", "shifts": [{"id": "mon", "start": at(8), "end": at(18)}]}],
        "contracts": [{"id": "gold", "response_within": "PT4H", "restore_within": "PT8H"}],
        "stock_locations": [location(stock={"belt": 3, "relay": 2}, tools={"hoist": 1}, **courier(rng))],
        "parts": [{"id": "seal", "substitutes": [{"part": "belt", "price": 3}]}],
        "meetings": [meeting()] if rng.random() < 0.3 else [],
        "policy": {
            "fairness": {"target": "PT5H", "steps": [{"beyond": 3600, "per_hour": 4}]},
            "spread": {"travel": {"p10": 0.8, "p90": 1.3}, "work": {"p10": 0.6, "p90": 1.6}},
            "on_time_probability": 0.9,
        },
    }
    calls = [asked(rng, f"C-{k}") for k in range(12)]
    return day(calls, crew, now=at(7), **everything)


def breaks(rng: random.Random) -> list[dict[str, Any]]:
    return [{"earliest": at(11), "latest": at(13), "duration": 1800}] if rng.random() < 0.7 else []


def courier(rng: random.Random) -> dict[str, Any]:
    return {"courier": {"price": 25, "lead_time": 3600}} if rng.random() < 0.3 else {}


def asked(rng: random.Random, name: str) -> dict[str, Any]:
    """Return a call with wishes."""
    hour = rng.randrange(8, 14)
    wishes: list[dict[str, Any]] = [
        {"windows": [window(hour, hour + 3)]},
        {"skills": {rng.choice(SKILLS): 1 + rng.randrange(3)}},
        {"tools": list(TOOLS)},
        {"parts": {rng.choice(PARTS): 1 + rng.randrange(2)}},
        {"parts_cases": [{"probability": 0.5, "parts": {rng.choice(PARTS): 1}}]},
        {"contract": "gold", "reported_at": at(7)},
        {"promise": {"technician": "T-1", "window": window(hour, hour + 2)}},
        {"durations": {"T-2": 900}},
        {"preferred_technicians": ["T-0"]},
        {"released_at": at(hour)},
        {"drop_price": 5},
        {"downtime_per_hour": 30},
    ]
    chosen = [wish for wish in wishes if rng.random() < 0.25]
    return call(name, f"P{rng.randrange(6)}", 600 * (1 + rng.randrange(6))) | {
        k: v for each in chosen for k, v in each.items()
    }


def happened(rng: random.Random, problem: ProblemDocument, routes: Routes, number: int) -> ProblemDocument:
    """Return the day after one more thing has happened; the same where that thing could not happen."""
    kinds: list[Callable[[random.Random, ProblemDocument, Routes, int], ProblemDocument]] = [
        _reported,
        _reported,
        _cancelled,
        _changed,
        _pinned,
        _time_passed,
        _time_passed,
        _reached,
        _reached,
        _counted,
        _extended,
        _promised,
    ]
    after = rng.choice([*kinds, _seldom])(rng, problem, routes, number)
    return problem if faults_of(after) else after


def _reported(rng: random.Random, problem: ProblemDocument, _: Routes, number: int) -> ProblemDocument:
    return _with_calls(problem, (*problem.calls, Call.model_validate(asked(rng, f"N-{number}"))))


def _cancelled(rng: random.Random, problem: ProblemDocument, _: Routes, __: int) -> ProblemDocument:
    gone = rng.choice(problem.calls).id
    return _with_calls(problem, tuple(each for each in problem.calls if each.id != gone))


def _changed(rng: random.Random, problem: ProblemDocument, _: Routes, __: int) -> ProblemDocument:
    row = rng.randrange(len(problem.calls))
    other = Call.model_validate(asked(rng, problem.calls[row].id))
    return _with_calls(problem, (*problem.calls[:row], other, *problem.calls[row + 1 :]))


def _pinned(rng: random.Random, problem: ProblemDocument, routes: Routes, _: int) -> ProblemDocument:
    """Pin a planned visit as it stands, or lift a pin."""
    here = {each.id for each in problem.calls}
    planned = [(route, stop) for route in routes.values() for stop in route.stops if stop.kind == "visit"]
    planned = [(route, stop) for route, stop in planned if stop.call in here]
    if not planned:
        return problem
    route, stop = rng.choice(planned)
    level = rng.choice(["technician", "order", "start", None])
    stated: dict[str, Any] = {"level": level, "technician": route.technician, "shift": route.shift}
    stated |= {"start": stop.start} if level == "start" else {}
    row = next(row for row, each in enumerate(problem.calls) if each.id == stop.call)
    was = problem.calls[row].model_dump(exclude_none=True, exclude={"pin"})
    other = Call.model_validate(was | ({} if level is None else {"pin": stated}))
    return _with_calls(problem, (*problem.calls[:row], other, *problem.calls[row + 1 :]))


def _time_passed(rng: random.Random, problem: ProblemDocument, _: Routes, __: int) -> ProblemDocument:
    assert problem.now is not None
    return problem.model_copy(update={"now": problem.now + timedelta(minutes=rng.randrange(1, 50))})


def _reached(rng: random.Random, problem: ProblemDocument, routes: Routes, _: int) -> ProblemDocument:
    """Report the next planned visit of a route as begun or completed, with the time as it is."""
    open_routes = [each for each in routes.values() if any(stop.kind == "visit" for stop in each.stops)]
    if not open_routes:
        return problem
    route = rng.choice(open_routes)
    stop = next(stop for stop in route.stops if stop.kind == "visit")
    late = timedelta(minutes=rng.randrange(-5, 40))
    start, end = stop.start + late, stop.end + late
    assert problem.now is not None
    after = problem.model_copy(update={"now": max(problem.now, start)})

    def reported(shift: Shift) -> Shift:
        departed = min(route.departure, start) if shift.facts is None else shift.facts.departed_at
        earlier = () if shift.facts is None else shift.facts.visits
        status = rng.choice(["on_site", "completed"])
        visit = {"call": stop.call, "status": status, "started_at": start, "completed_at": end}
        resume = None
        if rng.random() < 0.3:
            resume = {"place": f"P{rng.randrange(6)}", "at": end + timedelta(minutes=10)}
        visits = [*(each.model_dump() for each in earlier), visit]
        facts = {"departed_at": departed, "visits": visits, "resume": resume, "breaks_taken": 0}
        return shift.model_copy(update={"facts": Facts.model_validate(facts)})

    return _with_shift(after, route.technician, route.shift, reported)


def _counted(rng: random.Random, problem: ProblemDocument, _: Routes, __: int) -> ProblemDocument:
    row = rng.randrange(len(problem.technicians))
    return _with_technician(problem, row, {"stock": {part: rng.randrange(4) for part in PARTS}})


def _extended(rng: random.Random, problem: ProblemDocument, _: Routes, __: int) -> ProblemDocument:
    who = rng.choice(problem.technicians)
    end = datetime.fromisoformat(at(rng.randrange(13, 17)))
    return _with_shift(problem, who.id, "mon", lambda shift: shift.model_copy(update={"end": end}))


def _promised(rng: random.Random, problem: ProblemDocument, routes: Routes, _: int) -> ProblemDocument:
    """Promise everything as it is planned, or nothing any more."""
    visits = tuple(
        PromisedVisit(call=stop.call, technician=route.technician, start=stop.start)
        for route in routes.values()
        for stop in route.stops
        if stop.kind == "visit" and stop.call is not None
    )
    return problem.model_copy(update={"previous_plan": PreviousPlan(visits=visits) if rng.random() < 0.8 else None})


def _seldom(rng: random.Random, problem: ProblemDocument, _: Routes, number: int) -> ProblemDocument:
    """Change what counts for everything."""
    crew = problem.technicians
    newcomer = Technician.model_validate(technician(f"T-new-{number}", "P3", skills={"lift": 3}))
    dearer = problem.policy.model_copy(update={"reassigned": problem.policy.reassigned + 1})
    rare = call(f"R-{number}", "P2", skills={f"rare-{number}": 1}, parts={f"rare-{number}": 1})
    changes: list[dict[str, Any]] = [
        {"technicians": (*crew, newcomer)},
        {"technicians": crew[:-1]} if len(crew) > 3 else {},
        {"policy": dearer},
        {"calls": (*problem.calls, Call.model_validate(rare))},
        {"technicians": (crew[0].model_copy(update={"skills": {"lift": 1 + rng.randrange(3)}}), *crew[1:])},
    ]
    return problem.model_copy(update=rng.choice(changes))


def _with_calls(problem: ProblemDocument, calls: tuple[Call, ...]) -> ProblemDocument:
    return problem.model_copy(update={"calls": calls})


def _with_technician(problem: ProblemDocument, row: int, update: dict[str, Any]) -> ProblemDocument:
    crew = problem.technicians
    return problem.model_copy(
        update={"technicians": (*crew[:row], crew[row].model_copy(update=update), *crew[row + 1 :])}
    )


def _with_shift(
    problem: ProblemDocument, technician_id: str, shift_id: str, change: Callable[[Shift], Shift]
) -> ProblemDocument:
    row = next((row for row, each in enumerate(problem.technicians) if each.id == technician_id), None)
    if row is None:
        return problem
    shifts = tuple(change(each) if each.id == shift_id else each for each in problem.technicians[row].shifts)
    return _with_technician(problem, row, {"shifts": shifts})
