"""Calls as visits: what each needs, when, by whom, and what it costs to leave it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.model.effective import drop_price_of, duration_permille_of, priority_of
from dispatch_engine.planner.buffers import window_ticks_per_s, work_buffer_permille
from dispatch_engine.planner.columns import ints, membership, table
from dispatch_engine.planner.commitments import pins_of, promises_of
from dispatch_engine.planner.index import numbered
from dispatch_engine.planner.lateness import lateness_of
from dispatch_engine.planner.money import ticks
from dispatch_engine.planner.territories import territory_columns
from dispatch_engine.planner.timeline import whole_s
from solver.problem import Csr, Visits

if TYPE_CHECKING:
    from dispatch_engine.planner.frame import Frame
    from solver.problem import Ints


def visits_of(frame: Frame) -> Visits:
    """Return one visit for each call, in the order of the document."""
    calls, index, policy = frame.problem.calls, frame.index, frame.problem.policy
    windows = [frame.timeline.windows(call.windows) for call in calls]
    bonus = [policy.preferred_bonus if call.preferred_bonus is None else call.preferred_bonus for call in calls]
    return Visits(
        place=visit_places(frame),
        service_s=_service_s(frame),
        buffer_permille=ints(work_buffer_permille(call, policy) for call in calls),
        window_earliest_s=Csr.of([first for first, _ in row] for row in windows),
        window_latest_s=Csr.of([last for _, last in row] for row in windows),
        window_ticks_per_s=ints(window_ticks_per_s(call, policy) for call in calls),
        release_s=ints(0 if call.released_at is None else frame.timeline.clipped(call.released_at) for call in calls),
        skill_level=table([call.skills for call in calls], index.skill),
        needs_tool=membership([call.tools for call in calls], index.tool),
        parts=table([ways[0].used for ways in frame.ways.by_call], index.part),
        revisit_ticks=ints(ways[0].revisit_ticks for ways in frame.ways.by_call),
        required=membership([call.required_technicians for call in calls], index.technician),
        preferred=membership([call.preferred_technicians for call in calls], index.technician),
        excluded=membership([call.excluded_technicians for call in calls], index.technician),
        preference_ticks=ints(map(ticks, bonus)),
        drop_ticks=_drop_ticks(frame),
        **territory_columns(frame)._asdict(),
        **lateness_of(frame)._asdict(),
        **pins_of(frame)._asdict(),
        **promises_of(frame)._asdict(),
    )


def visit_places(frame: Frame) -> Ints:
    """Return the place of each visit."""
    return ints(frame.places.number(call.place) for call in frame.problem.calls)


def _service_s(frame: Frame) -> Ints:
    """Return the work on site, (n_visits, n_technicians): as ``duration_of`` says, all calls of a kind at once."""
    crew, calls, column = frame.problem.capacities, frame.problem.calls, frame.index.technician
    kinds = numbered(call.kind for call in calls)
    permille = np.array([[duration_permille_of(kind, each) for each in crew] for kind in kinds], np.int64)
    normal_s = ints(whole_s(call.duration) for call in calls)
    of_kind = permille.reshape(len(kinds), len(crew))[ints(kinds[call.kind] for call in calls)]
    seconds: Ints = (normal_s[:, None] * of_kind + 500) // 1000
    for row, call in enumerate(calls):
        for technician, own in call.durations.items():
            if technician in column:
                seconds[row, column[technician]] = whole_s(own)
    return seconds


def _drop_ticks(frame: Frame) -> Ints:
    policy = frame.problem.policy
    rows = zip(frame.problem.calls, frame.contracts, strict=True)
    return ints(ticks(drop_price_of(call, priority_of(call, contract), policy)) for call, contract in rows)
