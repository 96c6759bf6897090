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


def check_ranges(problem: Problem, known: Problem | None = None) -> None:
    """Check that every value of every array lies in its range, but of those that ``known`` has too."""
    n_profiles, n_places = problem.travel.duration_s.shape[:2]
    n_technicians, n_shifts = len(problem.technicians), problem.n_shifts
    n_territories, n_parts = problem.technicians.home_territory.shape[1], problem.technicians.stock.shape[1]
    ranges = dict.fromkeys(_TIMES, (0, MAX_TIME_S)) | dict.fromkeys(_TIMES_OR_NONE, (NONE, MAX_TIME_S))
    ranges |= dict.fromkeys(_RATES, (0, MAX_RATE_TICKS)) | dict.fromkeys(_PRICES, (0, MAX_PRICE_TICKS))
    ranges |= dict.fromkeys(_COUNTS, (0, MAX_COUNT))
    ranges |= {
        "travel.duration_s": (0, MAX_TRAVEL),
        "travel.distance_m": (0, MAX_TRAVEL),
        "shifts.technician": (0, n_technicians - 1),
        "shifts.profile": (0, n_profiles - 1),
        "shifts.travel_permille": (1, MAX_COUNT),
        "shifts.travel_buffer_permille": (0, MAX_BUFFER_PERMILLE),
        "visits.buffer_permille": (0, MAX_BUFFER_PERMILLE),
        "shifts.start_place": (0, n_places - 1),
        "shifts.end_place": (NONE, n_places - 1),
        "shifts.resume_place": (NONE, n_places - 1),
        "shifts.max_visits": (NONE, MAX_COUNT),
        "shifts.max_distance_m": (NONE, MAX_TRAVEL),
        "shifts.break_duration_s": (1, MAX_TIME_S),
        "shifts.break_paid": (0, 1),
        "shifts.fact_visit": (0, problem.n_visits - 1),
        "visits.place": (0, n_places - 1),
        "visits.territory": (NONE, n_territories - 1),
        "visits.territory_rule": (0, TERRITORY_REQUIRED),
        "visits.downtime_from_s": (-MAX_TIME_S, MAX_TIME_S),
        "visits.pin_level": (FREE, START_FIXED),
        "visits.pin_technician": (NONE, n_technicians - 1),
        "visits.pin_shift": (NONE, n_shifts - 1),
        "visits.pin_rank": (NONE, MAX_COUNT),
        "visits.promised_technician": (NONE, n_technicians - 1),
        "shifts.overnight_location": (NONE, len(problem.stock) - 1),
        "shifts.overnight_limit": (NONE, MAX_COUNT),
        "sourcings.visit": (0, problem.n_visits - 1),
        "sourcings.parcel_sourcing": (0, len(problem.sourcings) - 1),
        "sourcings.parcel_location": (0, len(problem.stock) - 1),
        "stock.place": (0, n_places - 1),
        "stock.supply_location": (0, len(problem.stock) - 1),
        "stock.supply_part": (0, n_parts - 1),
        "stock.part_size": (0, MAX_TRAVEL),
        "stock.van_room": (NONE, MAX_SIZE),
        "stock.van_held": (0, MAX_SIZE),
        "meetings.place": (0, n_places - 1),
    }
    same = {name for name, table in vars(problem).items() if known is not None and table is getattr(known, name)}
    for path, (low, high) in ranges.items():
        if path.partition(".")[0] in same:
            continue
        array = _get(problem, path)
        if known is not None and array is _get(known, path):
            continue
        if array.size and not low <= array.min() <= array.max() <= high:
            is_within = (array >= low) & (array <= high)
            require(path, is_within, array, f"it lies from {low} to {high}", "the unit is another")
    require("horizon_s", 0 <= problem.horizon_s <= MAX_TIME_S, problem.horizon_s, "it is a time", "it is missing")


def _get(problem: Problem, path: str) -> Any:
    """Return an array by its path, such as ``visits.place``; a list of a row as its flat values."""
    table, name = path.split(".")
    found = getattr(getattr(problem, table), name)
    return found.values if isinstance(found, Csr) else found
