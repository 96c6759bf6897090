"""The problem as the solver sees it: integers and arrays, no clock, no names.

The meaning of every field is stated in ``docs/model.md``. Units: seconds since the problem's start, metres,
ticks (``solver.money``). Missing times and indices are ``NONE`` (-1). ``Csr`` arrays hold a list for each row.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from solver.reserves import Reserves
    from solver.supply import Meetings, Sourcings, Stock

Ints: TypeAlias = NDArray[np.int64]
Bools: TypeAlias = NDArray[np.bool_]
Rows: TypeAlias = "Ints | list[int] | slice"

NONE = -1
UNREACHABLE = 10_000_000
"""Travel of this many seconds or more means that there is no way."""

FREE, TECHNICIAN_FIXED, ORDER_FIXED, START_FIXED = range(4)
TERRITORY_IGNORED, TERRITORY_PREFERRED, TERRITORY_REQUIRED = range(3)


@dataclass(frozen=True)
class Csr:
    """A list of values for each row: row i is ``values[start[i]:start[i + 1]]``.

    ``start`` has shape (rows + 1,), ``values`` has shape (entries,).
    """

    start: Ints
    values: Ints

    @classmethod
    def of(cls, rows: Iterable[Sequence[int]]) -> Csr:
        """Build from one sequence a row."""
        lists = [list(row) for row in rows]
        start = np.zeros(len(lists) + 1, np.int64)
        start[1:] = np.cumsum([len(row) for row in lists], dtype=np.int64)
        return cls(start, np.array([value for row in lists for value in row], np.int64))

    def row(self, index: int) -> list[int]:
        """Return row ``index`` as plain integers."""
        values: list[int] = self.values[self.start[index] : self.start[index + 1]].tolist()
        return values

    @cached_property
    def owner(self) -> Ints:
        """The row to which each value belongs, shape (entries,)."""
        return np.repeat(np.arange(len(self)), np.diff(self.start))

    def __len__(self) -> int:
        """Return the number of rows."""
        return len(self.start) - 1


@dataclass(frozen=True)
class Steps:
    """A piecewise linear function for each row: ``sum(rate * max(0, x - after))`` over the row's steps.

    ``after`` in seconds, ``rate`` in ticks per second; the two share their row starts.
    """

    after: Csr
    rate: Csr

    @classmethod
    def of(cls, rows: Iterable[Sequence[tuple[int, int]]]) -> Steps:
        """Build from one sequence of (after, rate) pairs a row."""
        pairs = [list(row) for row in rows]
        return cls(Csr.of([a for a, _ in row] for row in pairs), Csr.of([r for _, r in row] for row in pairs))

    def row(self, index: int) -> list[tuple[int, int]]:
        """Return the (after, rate) pairs of row ``index``."""
        return list(zip(self.after.row(index), self.rate.row(index), strict=True))


@dataclass(frozen=True)
class Travel:
    """Travel between places, asymmetric. Both arrays have shape (n_profiles, n_places, n_places)."""

    duration_s: NDArray[np.int32]
    distance_m: NDArray[np.int32]

    @classmethod
    def of(cls, side_by_side: NDArray[np.int32]) -> Travel:
        """Return travel that is views of both in one array, as ``side_by_side`` has them."""
        travel = cls(side_by_side[..., 0], side_by_side[..., 1])
        vars(travel)["side_by_side"] = side_by_side
        return travel

    @cached_property
    def side_by_side(self) -> NDArray[np.int32]:
        """Both in one array, (n_profiles, n_places, n_places, 2), seconds first."""
        return np.ascontiguousarray(np.stack([self.duration_s, self.distance_m], axis=3))


@dataclass(frozen=True)
class Technicians:
    """Who can be sent; one row a technician (an external provider's team counts as one).

    ``skill_level`` (n_technicians, n_skills), 0 = does not have it; ``has_tool`` (n_technicians, n_tools);
    ``home_territory`` (n_technicians, n_territories); ``stock`` (n_technicians, n_parts) pieces in the van.
    """

    skill_level: Ints
    has_tool: Bools
    home_territory: Bools
    stock: Ints

    def __len__(self) -> int:
        """Return the number of technicians."""
        return len(self.skill_level)


@dataclass(frozen=True)
class Shifts:
    """The resource of a route; one row a shift. Shapes (n_shifts,) unless said otherwise.

    ``end_place`` is NONE where the end is open. ``regular_end_s`` is when overtime begins, ``overtime_cap_s`` how long
    it may last. The limits ``max_visits``, ``max_driving_s``, ``max_distance_m`` and
    ``max_duration_s``, from the departure to the end, are NONE where there is none.
    ``workload_target_s`` is NONE where fairness does not count. Breaks are rows of Csr in order of time:
    ``break_earliest_s``, ``break_latest_s`` (of the start), ``break_duration_s``, ``break_paid`` (0 or 1).
    Facts: ``fact_visit``, ``fact_start_s``, ``fact_end_s`` in order; ``departed_s`` is the recorded departure (NONE:
    not yet departed); ``resume_place`` and ``resume_s`` where and when the rest of the route begins, NONE: after the
    last fact. ``travel_buffer_permille``: of a drive, what is to be kept in hand for its taking longer than expected,
    in thousandths; ``head_buffer_s``: the same of what is under way where the rest of the route begins.
    ``overnight_location``: from where the van is loaded in the night before, NONE = not at all;
    ``overnight_limit`` (n_shifts, n_parts): up to how many pieces, NONE = any number.
    """

    technician: Ints
    profile: Ints
    travel_permille: Ints
    start_place: Ints
    end_place: Ints
    start_s: Ints
    regular_end_s: Ints
    overtime_cap_s: Ints
    paid_from_departure: Bools
    wage_ticks_per_s: Ints
    overtime_ticks_per_s: Ints
    distance_ticks_per_m: Ints
    fixed_ticks: Ints
    visit_ticks: Ints
    max_visits: Ints
    max_driving_s: Ints
    max_distance_m: Ints
    max_duration_s: Ints
    workload_target_s: Ints
    break_earliest_s: Csr
    break_latest_s: Csr
    break_duration_s: Csr
    break_paid: Csr
    fact_visit: Csr
    fact_start_s: Csr
    fact_end_s: Csr
    departed_s: Ints
    resume_place: Ints
    resume_s: Ints
    breaks_taken: Ints
    travel_buffer_permille: Ints
    head_buffer_s: Ints
    overnight_location: Ints
    overnight_limit: Ints

    def __len__(self) -> int:
        """Return the number of shifts."""
        return len(self.technician)


@dataclass(frozen=True)
class Visits:
    """What is to be done; one row a visit. Shapes (n_visits,) unless said otherwise.

    ``service_s`` (n_visits, n_technicians). ``buffer_permille``: of the work, what is to be kept in hand for its
    taking longer than expected, in thousandths; ``window_ticks_per_s``: price of each second by which its start with
    the buffer lies behind the last window. ``window_earliest_s``, ``window_latest_s``: the windows of the start, in
    order and disjoint, none = any time. ``release_s`` is 0 where there is none. ``skill_level`` (n_visits, n_skills),
    0 = not needed; ``needs_tool`` (n_visits, n_tools); ``parts`` (n_visits, n_parts) used from the van, as stated,
    and ``revisit_ticks`` the expected price of a second visit then; other ways are rows of ``Problem.sourcings``.
    ``required``, ``preferred``, ``excluded`` (n_visits, n_technicians). ``territory`` is NONE outside of all;
    ``territory_rule`` is one of TERRITORY_*. ``downtime_from_s`` with its rate, 0 = none. ``pin_level`` is FREE to
    START_FIXED with ``pin_technician``, ``pin_shift``, ``pin_rank``, ``pin_start_s`` (NONE where not given).
    ``promised_technician`` NONE = none; ``promised_from_s``, ``promised_to_s`` inclusive, ``promised_from_s`` NONE =
    none.
    Visits that are facts of a shift are done: they are never planned and never unplanned.
    """

    place: Ints
    service_s: Ints
    buffer_permille: Ints
    window_earliest_s: Csr
    window_latest_s: Csr
    window_ticks_per_s: Ints
    release_s: Ints
    skill_level: Ints
    needs_tool: Bools
    parts: Ints
    revisit_ticks: Ints
    required: Bools
    preferred: Bools
    excluded: Bools
    preference_ticks: Ints
    territory: Ints
    territory_rule: Ints
    territory_ticks: Ints
    response: Steps
    restore: Steps
    downtime_from_s: Ints
    downtime_ticks_per_s: Ints
    drop_ticks: Ints
    pin_level: Ints
    pin_technician: Ints
    pin_shift: Ints
    pin_rank: Ints
    pin_start_s: Ints
    promised_technician: Ints
    reassign_ticks: Ints
    promised_from_s: Ints
    promised_to_s: Ints
    retime_ticks: Ints
    promise_drop_ticks: Ints

    def __len__(self) -> int:
        """Return the number of visits."""
        return len(self.place)


@dataclass(frozen=True)
class Problem:
    """A whole planning problem.

    ``fairness`` is a ``Steps`` of one row: rates on the deviation of a shift's workload from its target.
    ``horizon_s`` is the end of the planning horizon, the time by which unplanned visits are judged late.
    """

    travel: Travel
    technicians: Technicians
    shifts: Shifts
    visits: Visits
    fairness: Steps
    horizon_s: int
    sourcings: Sourcings
    stock: Stock
    meetings: Meetings
    reserves: Reserves

    @cached_property
    def n_visits(self) -> int:
        """Number of visits, facts included."""
        return len(self.visits)

    @cached_property
    def n_shifts(self) -> int:
        """Number of shifts."""
        return len(self.shifts)

    @cached_property
    def fact_visits(self) -> frozenset[int]:
        """The visits that are facts."""
        return frozenset(self.shifts.fact_visit.values.tolist())
