"""Small valid problems for tests, written by hand in a few lines.

Everything has a default: one technician with one shift of ten hours, places on a straight road 600 s apart (6,000 m),
visit k at place k + 1, service of 600 s, one tick for a paid second, one for a metre, and a drop price far above both.

    make_problem([Visit(windows=[(0, 900)]), Visit(skills={0: 2})], [Technician(skills={0: 1})])
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from solver.problem import (
    FREE,
    NONE,
    TERRITORY_IGNORED,
    Bools,
    Csr,
    Ints,
    Problem,
    Shifts,
    Steps,
    Technicians,
    Travel,
    Visits,
)
from solver.reserves import Reserves
from solver.supply import MEASURES, Meetings, Sourcings, Stock

METRES_PER_S = 10
DROP_TICKS = 100_000_000
PairsOf = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Technician:
    """``skills`` and ``stock`` map an index to a level or to pieces, ``room`` a measure to what the van can hold."""

    skills: Mapping[int, int] = field(default_factory=dict)
    tools: Collection[int] = ()
    territories: Collection[int] = ()
    stock: Mapping[int, int] = field(default_factory=dict)
    room: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True)
class Location:
    """A stock location; ``supplies`` are (part, from_s, pieces), ``closed_to`` those whom it does not serve."""

    place: int = 0
    handling_s: int = 0
    line_s: int = 0
    openings: PairsOf = ()
    tools: Mapping[int, int] = field(default_factory=dict)
    supplies: Sequence[tuple[int, int, int]] = ()
    closed_to: Collection[int] = ()


@dataclass(frozen=True)
class Parcel:
    """Parts sent by courier from a location."""

    location: int
    parts: Mapping[int, int]
    pickup_s: int = 0


@dataclass(frozen=True)
class Sourcing:
    """Another way for a visit to get its parts; fields as in ``solver.supply.Sourcings``."""

    parts: Mapping[int, int] = field(default_factory=dict)
    parcels: Sequence[Parcel] = ()
    release_s: int = 0
    courier_ticks: int = 0
    substitute_ticks: int = 0
    revisit_ticks: int = 0


@dataclass(frozen=True)
class Meeting:
    """A meeting of two vans; ``technicians`` None: all may take part."""

    place: int = 0
    at_s: int = 0
    handling_s: int = 0
    technicians: Collection[int] | None = None


@dataclass(frozen=True)
class Break:
    """A break: window of its start (inclusive), duration, paid or not."""

    earliest_s: int
    latest_s: int
    duration_s: int = 1800
    paid: bool = False


@dataclass(frozen=True)
class Fact:
    """A visit that has happened."""

    visit: int
    start_s: int
    end_s: int


@dataclass(frozen=True)
class Shift:
    """A shift; fields as in ``solver.problem.Shifts``."""

    technician: int = 0
    profile: int = 0
    travel_permille: int = 1000
    start_place: int = 0
    end_place: int = 0
    start_s: int = 0
    regular_end_s: int = 36_000
    overtime_cap_s: int = 0
    paid_from_departure: bool = False
    wage_ticks_per_s: int = 1
    overtime_ticks_per_s: int = 0
    distance_ticks_per_m: int = 1
    fixed_ticks: int = 0
    visit_ticks: int = 0
    max_visits: int = NONE
    max_driving_s: int = NONE
    max_duration_s: int = NONE
    max_distance_m: int = NONE
    workload_target_s: int = NONE
    breaks: Sequence[Break] = ()
    facts: Sequence[Fact] = ()
    departed_s: int = NONE
    resume_place: int = NONE
    resume_s: int = NONE
    breaks_taken: int = 0
    travel_buffer_permille: int = 0
    head_buffer_s: int = 0
    overnight_location: int = NONE
    overnight_limit: Mapping[int, int] | None = None


@dataclass(frozen=True)
class Visit:
    """A visit; fields as in ``solver.problem.Visits``.

    ``place`` None is the visit's index + 1. ``service_s`` is one duration for all technicians or one for each.
    ``promised`` is the interval promised; ``response`` and ``restore`` are (after, rate) pairs.
    """

    place: int | None = None
    service_s: int | Sequence[int] = 600
    buffer_permille: int = 0
    windows: PairsOf = ()
    window_ticks_per_s: int = 0
    release_s: int = 0
    skills: Mapping[int, int] = field(default_factory=dict)
    tools: Collection[int] = ()
    parts: Mapping[int, int] = field(default_factory=dict)
    revisit_ticks: int = 0
    sourcings: Sequence[Sourcing] = ()
    required: Collection[int] = ()
    preferred: Collection[int] = ()
    excluded: Collection[int] = ()
    preference_ticks: int = 0
    territory: int = NONE
    territory_rule: int = TERRITORY_IGNORED
    territory_ticks: int = 0
    response: PairsOf = ()
    restore: PairsOf = ()
    downtime_from_s: int = 0
    downtime_ticks_per_s: int = 0
    drop_ticks: int = DROP_TICKS
    pin_level: int = FREE
    pin_technician: int = NONE
    pin_shift: int = NONE
    pin_rank: int = NONE
    pin_start_s: int = NONE
    promised_technician: int = NONE
    reassign_ticks: int = 0
    promised: tuple[int, int] = (NONE, NONE)
    retime_ticks: int = 0
    promise_drop_ticks: int = 0


@dataclass(frozen=True)
class Reserve:
    """Free time that is wanted; ``technicians`` None: that of all counts."""

    from_s: int = 0
    until_s: int = 36_000
    wanted_s: int = 3600
    ticks_per_s: int = 1
    technicians: Collection[int] | None = None


def make_problem(
    visits: Sequence[Visit] = (),
    technicians: Sequence[Technician] | None = None,
    shifts: Sequence[Shift] = (Shift(),),
    *,
    line_s: Sequence[int] | None = None,
    backward_s: int = 0,
    travel_s: Mapping[tuple[int, int], int] | None = None,
    travel: Travel | None = None,
    fairness: PairsOf = (),
    horizon_s: int = 86_400,
    locations: Sequence[Location] = (),
    meetings: Sequence[Meeting] = (),
    part_sizes: Mapping[int, Sequence[int]] | None = None,
    reserves: Sequence[Reserve] = (),
) -> Problem:
    """Build a problem.

    ``line_s`` gives the places' positions on a straight road in seconds; going back takes ``backward_s`` longer.
    ``travel_s`` replaces single legs (i, j), their distance too (10 m for each second). ``travel`` replaces all.
    ``technicians`` None is as many without qualities as the shifts need.
    """
    crew = [Technician()] * (1 + max((s.technician for s in shifts), default=0)) if technicians is None else technicians
    spots = [index + 1 if visit.place is None else visit.place for index, visit in enumerate(visits)]
    if travel is None:
        ends = [place for s in shifts for place in (s.start_place, s.end_place, s.resume_place)]
        ends += [location.place for location in locations] + [meeting.place for meeting in meetings]
        line = line_s if line_s is not None else [600 * k for k in range(1 + max([0, *spots, *ends]))]
        travel = line_travel(line, backward_s, travel_s or {})
    n_parts, n_tools = _parts_width(crew, visits, locations, part_sizes or {}), _tools_width(crew, visits, locations)
    return Problem(
        travel=travel,
        technicians=_technicians(crew, visits, n_parts, n_tools),
        shifts=_shifts(shifts, n_parts),
        visits=_visits(visits, crew, spots, n_parts, n_tools),
        fairness=Steps.of([fairness]),
        horizon_s=horizon_s,
        sourcings=_sourcings(visits, n_parts),
        stock=_stock(locations, crew, part_sizes or {}, n_parts, n_tools),
        meetings=_meetings(meetings, len(crew)),
        reserves=_reserves(reserves, len(crew)),
    )


def line_travel(line_s: Sequence[int], backward_s: int, legs_s: Mapping[tuple[int, int], int]) -> Travel:
    """Travel along a straight road, with single legs replaced."""
    position = np.asarray(line_s)
    ahead = position[None, :] - position[:, None]
    duration_s = np.where(ahead < 0, backward_s - ahead, ahead)
    for (i, j), leg_s in legs_s.items():
        duration_s[i, j] = leg_s
    return Travel(duration_s[None].astype(np.int32), (METRES_PER_S * duration_s)[None].astype(np.int32))


def _technicians(crew: Sequence[Technician], visits: Sequence[Visit], n_parts: int, n_tools: int) -> Technicians:
    everyone: list[Technician | Visit] = [*crew, *visits]
    territories = [t.territories for t in crew] + [(v.territory,) for v in visits]
    return Technicians(
        skill_level=_table([t.skills for t in crew], _width(x.skills for x in everyone)),
        has_tool=_flags([t.tools for t in crew], n_tools),
        home_territory=_flags([t.territories for t in crew], _width(territories)),
        stock=_table([t.stock for t in crew], n_parts),
    )


def _parts_width(
    crew: Sequence[Technician], visits: Sequence[Visit], locations: Sequence[Location], sizes: Collection[int]
) -> int:
    sourcings = [sourcing for visit in visits for sourcing in visit.sourcings]
    rows: list[Collection[int]] = [*(t.stock for t in crew), *(v.parts for v in visits), *(x.parts for x in sourcings)]
    rows += [parcel.parts for sourcing in sourcings for parcel in sourcing.parcels]
    rows += [{part for part, _, _ in location.supplies} for location in locations]
    return _width([*rows, sizes])


def _tools_width(crew: Sequence[Technician], visits: Sequence[Visit], locations: Sequence[Location]) -> int:
    everyone: list[Technician | Visit | Location] = [*crew, *visits, *locations]
    return _width(x.tools for x in everyone)


def _shifts(shifts: Sequence[Shift], n_parts: int) -> Shifts:
    return Shifts(
        technician=_ints(s.technician for s in shifts),
        profile=_ints(s.profile for s in shifts),
        travel_permille=_ints(s.travel_permille for s in shifts),
        start_place=_ints(s.start_place for s in shifts),
        end_place=_ints(s.end_place for s in shifts),
        start_s=_ints(s.start_s for s in shifts),
        regular_end_s=_ints(s.regular_end_s for s in shifts),
        overtime_cap_s=_ints(s.overtime_cap_s for s in shifts),
        paid_from_departure=np.array([s.paid_from_departure for s in shifts], np.bool_),
        wage_ticks_per_s=_ints(s.wage_ticks_per_s for s in shifts),
        overtime_ticks_per_s=_ints(s.overtime_ticks_per_s for s in shifts),
        distance_ticks_per_m=_ints(s.distance_ticks_per_m for s in shifts),
        fixed_ticks=_ints(s.fixed_ticks for s in shifts),
        visit_ticks=_ints(s.visit_ticks for s in shifts),
        max_visits=_ints(s.max_visits for s in shifts),
        max_driving_s=_ints(s.max_driving_s for s in shifts),
        max_duration_s=_ints(s.max_duration_s for s in shifts),
        max_distance_m=_ints(s.max_distance_m for s in shifts),
        workload_target_s=_ints(s.workload_target_s for s in shifts),
        break_earliest_s=Csr.of([b.earliest_s for b in s.breaks] for s in shifts),
        break_latest_s=Csr.of([b.latest_s for b in s.breaks] for s in shifts),
        break_duration_s=Csr.of([b.duration_s for b in s.breaks] for s in shifts),
        break_paid=Csr.of([int(b.paid) for b in s.breaks] for s in shifts),
        fact_visit=Csr.of([f.visit for f in s.facts] for s in shifts),
        fact_start_s=Csr.of([f.start_s for f in s.facts] for s in shifts),
        fact_end_s=Csr.of([f.end_s for f in s.facts] for s in shifts),
        departed_s=_ints(s.departed_s for s in shifts),
        resume_place=_ints(s.resume_place for s in shifts),
        resume_s=_ints(s.resume_s for s in shifts),
        breaks_taken=_ints(s.breaks_taken for s in shifts),
        travel_buffer_permille=_ints(s.travel_buffer_permille for s in shifts),
        head_buffer_s=_ints(s.head_buffer_s for s in shifts),
        overnight_location=_ints(s.overnight_location for s in shifts),
        overnight_limit=_overnight_limit(shifts, n_parts),
    )


def _overnight_limit(shifts: Sequence[Shift], n_parts: int) -> Ints:
    """No mapping means no limit; in a mapping, a part that is not named is not loaded."""
    limit = np.full((len(shifts), n_parts), NONE, np.int64)
    for row, shift in zip(limit, shifts, strict=True):
        if shift.overnight_limit is not None:
            row[:] = [shift.overnight_limit.get(part, 0) for part in range(n_parts)]
    return limit


def _sourcings(visits: Sequence[Visit], n_parts: int) -> Sourcings:
    rows = [(v, sourcing) for v, visit in enumerate(visits) for sourcing in visit.sourcings]
    parcels = [(row, parcel) for row, (_, sourcing) in enumerate(rows) for parcel in sourcing.parcels]
    return Sourcings(
        visit=_ints(v for v, _ in rows),
        parts=_table([sourcing.parts for _, sourcing in rows], n_parts),
        courier_ticks=_ints(sourcing.courier_ticks for _, sourcing in rows),
        substitute_ticks=_ints(sourcing.substitute_ticks for _, sourcing in rows),
        revisit_ticks=_ints(sourcing.revisit_ticks for _, sourcing in rows),
        release_s=_ints(sourcing.release_s for _, sourcing in rows),
        parcel_sourcing=_ints(row for row, _ in parcels),
        parcel_location=_ints(parcel.location for _, parcel in parcels),
        parcel_pickup_s=_ints(parcel.pickup_s for _, parcel in parcels),
        parcel_parts=_table([parcel.parts for _, parcel in parcels], n_parts),
    )


def _stock(
    locations: Sequence[Location],
    crew: Sequence[Technician],
    part_sizes: Mapping[int, Sequence[int]],
    n_parts: int,
    n_tools: int,
) -> Stock:
    supplies = [(row, *supply) for row, location in enumerate(locations) for supply in location.supplies]
    size = np.zeros((n_parts, MEASURES), np.int64)
    for part, measures in part_sizes.items():
        size[part, : len(measures)] = measures
    room = np.full((len(crew), MEASURES), NONE, np.int64)
    for line, technician in zip(room, crew, strict=True):
        for measure, limit in technician.room.items():
            line[measure] = limit
    return Stock(
        place=_ints(location.place for location in locations),
        handling_s=_ints(location.handling_s for location in locations),
        line_s=_ints(location.line_s for location in locations),
        opening_earliest_s=Csr.of([first for first, _ in location.openings] for location in locations),
        opening_latest_s=Csr.of([last for _, last in location.openings] for location in locations),
        tools=_table([location.tools for location in locations], n_tools),
        may_restock=np.array([[t not in x.closed_to for x in locations] for t in range(len(crew))], np.bool_).reshape(
            len(crew), len(locations)
        ),
        supply_location=_ints(row for row, _, _, _ in supplies),
        supply_part=_ints(part for _, part, _, _ in supplies),
        supply_from_s=_ints(from_s for _, _, from_s, _ in supplies),
        supply_pieces=_ints(pieces for _, _, _, pieces in supplies),
        part_size=size,
        van_room=room,
        van_held=_table([t.stock for t in crew], n_parts) @ size,
    )


def _reserves(reserves: Sequence[Reserve], n_technicians: int) -> Reserves:
    return Reserves(
        from_s=_ints(reserve.from_s for reserve in reserves),
        until_s=_ints(reserve.until_s for reserve in reserves),
        wanted_s=_ints(reserve.wanted_s for reserve in reserves),
        ticks_per_s=_ints(reserve.ticks_per_s for reserve in reserves),
        counts=_flags(
            [range(n_technicians) if r.technicians is None else r.technicians for r in reserves], n_technicians
        ),
    )


def _meetings(meetings: Sequence[Meeting], n_technicians: int) -> Meetings:
    may_meet = [[m.technicians is None or t in m.technicians for m in meetings] for t in range(n_technicians)]
    return Meetings(
        place=_ints(meeting.place for meeting in meetings),
        at_s=_ints(meeting.at_s for meeting in meetings),
        handling_s=_ints(meeting.handling_s for meeting in meetings),
        may_meet=np.array(may_meet, np.bool_).reshape(n_technicians, len(meetings)),
    )


def _visits(
    visits: Sequence[Visit], crew: Sequence[Technician], spots: Sequence[int], n_parts: int, n_tools: int
) -> Visits:
    n_technicians = len(crew)
    everyone: list[Technician | Visit] = [*crew, *visits]
    return Visits(
        place=_ints(spots),
        service_s=_service(visits, n_technicians),
        buffer_permille=_ints(v.buffer_permille for v in visits),
        window_earliest_s=Csr.of([first for first, _ in v.windows] for v in visits),
        window_latest_s=Csr.of([last for _, last in v.windows] for v in visits),
        window_ticks_per_s=_ints(v.window_ticks_per_s for v in visits),
        release_s=_ints(v.release_s for v in visits),
        skill_level=_table([v.skills for v in visits], _width(x.skills for x in everyone)),
        needs_tool=_flags([v.tools for v in visits], n_tools),
        parts=_table([v.parts for v in visits], n_parts),
        revisit_ticks=_ints(v.revisit_ticks for v in visits),
        required=_flags([v.required for v in visits], n_technicians),
        preferred=_flags([v.preferred for v in visits], n_technicians),
        excluded=_flags([v.excluded for v in visits], n_technicians),
        preference_ticks=_ints(v.preference_ticks for v in visits),
        territory=_ints(v.territory for v in visits),
        territory_rule=_ints(v.territory_rule for v in visits),
        territory_ticks=_ints(v.territory_ticks for v in visits),
        response=Steps.of(v.response for v in visits),
        restore=Steps.of(v.restore for v in visits),
        downtime_from_s=_ints(v.downtime_from_s for v in visits),
        downtime_ticks_per_s=_ints(v.downtime_ticks_per_s for v in visits),
        drop_ticks=_ints(v.drop_ticks for v in visits),
        pin_level=_ints(v.pin_level for v in visits),
        pin_technician=_ints(v.pin_technician for v in visits),
        pin_shift=_ints(v.pin_shift for v in visits),
        pin_rank=_ints(v.pin_rank for v in visits),
        pin_start_s=_ints(v.pin_start_s for v in visits),
        promised_technician=_ints(v.promised_technician for v in visits),
        reassign_ticks=_ints(v.reassign_ticks for v in visits),
        promised_from_s=_ints(v.promised[0] for v in visits),
        promised_to_s=_ints(v.promised[1] for v in visits),
        retime_ticks=_ints(v.retime_ticks for v in visits),
        promise_drop_ticks=_ints(v.promise_drop_ticks for v in visits),
    )


def _service(visits: Sequence[Visit], n_technicians: int) -> Ints:
    table = np.zeros((len(visits), n_technicians), np.int64)
    for row, visit in zip(table, visits, strict=True):
        row[:] = visit.service_s
    return table


def _ints(values: Iterable[int]) -> Ints:
    return np.array(list(values), np.int64)


def _width(rows: Iterable[Collection[int]]) -> int:
    return 1 + max((index for row in rows for index in row), default=NONE)


def _table(rows: Sequence[Mapping[int, int]], width: int) -> Ints:
    table = np.zeros((len(rows), width), np.int64)
    for line, row in zip(table, rows, strict=True):
        for index, value in row.items():
            line[index] = value
    return table


def _flags(rows: Sequence[Collection[int]], width: int) -> Bools:
    table = np.zeros((len(rows), width), np.bool_)
    for line, row in zip(table, rows, strict=True):
        line[list(row)] = True
    return table
