"""Ranges: every number lies where its meaning and the arithmetic of the kernels allow it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from solver.problem import FREE, NONE, START_FIXED, TERRITORY_REQUIRED, Csr
from solver.validation.require import require

if TYPE_CHECKING:
    from solver.problem import Problem

MAX_TIME_S = 1 << 25
"""No instant and no duration is later or longer: a bit more than a year."""
MAX_PRICE_TICKS = 1 << 48
"""The highest single price, so that sums of thousands stay far below ``solver.money.FORBIDDEN``."""
MAX_RATE_TICKS = 1 << 30
"""The highest price per second or metre."""
MAX_COUNT = 1 << 20
"""The highest level, rank, number of pieces or limit of visits."""
MAX_TRAVEL = (1 << 31) - 1
MAX_BUFFER_PERMILLE = 10_000
"""Nothing is expected to take more than ten times as long again."""
MAX_SIZE = 1 << 52
"""The most that a van can hold, or holds, in any measure."""

_TIMES = (
    "shifts.start_s",
    "shifts.regular_end_s",
    "shifts.overtime_cap_s",
    "shifts.break_earliest_s",
    "shifts.break_latest_s",
    "shifts.fact_start_s",
    "shifts.fact_end_s",
    "shifts.head_buffer_s",
    "visits.service_s",
    "visits.window_earliest_s",
    "visits.window_latest_s",
    "visits.release_s",
    "sourcings.release_s",
    "sourcings.parcel_pickup_s",
    "stock.handling_s",
    "stock.line_s",
    "stock.opening_earliest_s",
    "stock.opening_latest_s",
    "stock.supply_from_s",
    "meetings.at_s",
    "meetings.handling_s",
    "reserves.from_s",
    "reserves.until_s",
    "reserves.wanted_s",
)
_TIMES_OR_NONE = (
    "shifts.workload_target_s",
    "shifts.max_driving_s",
    "shifts.max_duration_s",
    "shifts.departed_s",
    "shifts.resume_s",
    "visits.pin_start_s",
    "visits.promised_from_s",
    "visits.promised_to_s",
)
_RATES = (
    "shifts.wage_ticks_per_s",
    "shifts.overtime_ticks_per_s",
    "shifts.distance_ticks_per_m",
    "visits.downtime_ticks_per_s",
    "visits.window_ticks_per_s",
    "reserves.ticks_per_s",
)
_PRICES = (
    "shifts.fixed_ticks",
    "shifts.visit_ticks",
    "visits.preference_ticks",
    "visits.territory_ticks",
    "visits.drop_ticks",
    "visits.reassign_ticks",
    "visits.retime_ticks",
    "visits.promise_drop_ticks",
    "visits.revisit_ticks",
    "sourcings.courier_ticks",
    "sourcings.substitute_ticks",
    "sourcings.revisit_ticks",
)
_COUNTS = (
    "technicians.skill_level",
    "technicians.stock",
    "shifts.breaks_taken",
    "visits.skill_level",
    "visits.parts",
    "sourcings.parts",
    "sourcings.parcel_parts",
    "stock.tools",
    "stock.supply_pieces",
)


_FIXED = {
    path: bounds
    for paths, bounds in (
        (_TIMES, (0, MAX_TIME_S)),
        (_TIMES_OR_NONE, (NONE, MAX_TIME_S)),
        (_RATES, (0, MAX_RATE_TICKS)),
        (_PRICES, (0, MAX_PRICE_TICKS)),
        (_COUNTS, (0, MAX_COUNT)),
    )
    for path in paths
} | {
    "travel.duration_s": (0, MAX_TRAVEL),
    "travel.distance_m": (0, MAX_TRAVEL),
    "shifts.travel_permille": (1, MAX_COUNT),
    "shifts.travel_buffer_permille": (0, MAX_BUFFER_PERMILLE),
    "visits.buffer_permille": (0, MAX_BUFFER_PERMILLE),
    "shifts.max_visits": (NONE, MAX_COUNT),
    "shifts.max_distance_m": (NONE, MAX_TRAVEL),
    "shifts.break_duration_s": (1, MAX_TIME_S),
    "shifts.break_paid": (0, 1),
    "shifts.overnight_limit": (NONE, MAX_COUNT),
    "visits.territory_rule": (0, TERRITORY_REQUIRED),
    "visits.downtime_from_s": (-MAX_TIME_S, MAX_TIME_S),
    "visits.pin_level": (FREE, START_FIXED),
    "visits.pin_rank": (NONE, MAX_COUNT),
    "stock.part_size": (0, MAX_TRAVEL),
    "stock.van_room": (NONE, MAX_SIZE),
    "stock.van_held": (0, MAX_SIZE),
}
"""Bounds that hold for every problem."""

_FIRSTS = {
    "shifts.technician": (0, "technicians"),
    "shifts.profile": (0, "profiles"),
    "shifts.start_place": (0, "places"),
    "shifts.end_place": (NONE, "places"),
    "shifts.resume_place": (NONE, "places"),
    "shifts.fact_visit": (0, "visits"),
    "shifts.overnight_location": (NONE, "locations"),
    "visits.place": (0, "places"),
    "visits.territory": (NONE, "territories"),
    "visits.pin_technician": (NONE, "technicians"),
    "visits.pin_shift": (NONE, "shifts"),
    "visits.promised_technician": (NONE, "technicians"),
    "sourcings.visit": (0, "visits"),
    "sourcings.parcel_sourcing": (0, "sourcings"),
    "sourcings.parcel_location": (0, "locations"),
    "stock.place": (0, "places"),
    "stock.supply_location": (0, "locations"),
    "stock.supply_part": (0, "parts"),
    "meetings.place": (0, "places"),
}
"""Rows of other tables: the lowest number, and what is counted."""

_BY_TABLE: dict[str, list[tuple[str, int, int | str]]] = {}
for _path, (_low, _high) in (_FIXED | _FIRSTS).items():
    _BY_TABLE.setdefault(_path.partition(".")[0], []).append((_path.partition(".")[2], _low, _high))


def check_ranges(problem: Problem, known: Problem | None = None) -> None:
    """Check that every value of every array lies in its range, but of those that ``known`` has too."""
    counts = _counts(problem)
    for table, ranges in _BY_TABLE.items():
        now, before = getattr(problem, table), None if known is None else getattr(known, table)
        if now is before:
            continue
        for name, low, bound in ranges:
            array = _values(now, name)
            if before is not None and array is _values(before, name):
                continue
            high = bound if isinstance(bound, int) else counts[bound] - 1
            if array.size and not low <= array.min() <= array.max() <= high:
                is_within = (array >= low) & (array <= high)
                require(f"{table}.{name}", is_within, array, f"it lies from {low} to {high}", "the unit is another")
    require("horizon_s", 0 <= problem.horizon_s <= MAX_TIME_S, problem.horizon_s, "it is a time", "it is missing")


def _counts(problem: Problem) -> dict[str, int]:
    """Return how many rows there are that others point to."""
    n_profiles, n_places = problem.travel.duration_s.shape[:2]
    return {
        "profiles": n_profiles,
        "places": n_places,
        "technicians": len(problem.technicians),
        "territories": problem.technicians.home_territory.shape[1],
        "parts": problem.technicians.stock.shape[1],
        "shifts": problem.n_shifts,
        "visits": problem.n_visits,
        "sourcings": len(problem.sourcings),
        "locations": len(problem.stock),
    }


def _values(table: object, name: str) -> Any:
    """Return an array of a table; a list of a row as its flat values."""
    found = getattr(table, name)
    return found.values if isinstance(found, Csr) else found
