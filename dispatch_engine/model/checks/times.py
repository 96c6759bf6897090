"""Windows, shifts, breaks and the planning period are in order of time."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from dispatch_engine.catalogue.faults import Path, fault
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.paths import capacity_paths, shift_paths

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.model.times import Window

MAX_HORIZON = timedelta(days=180)


def check_time_zone(problem: ProblemDocument) -> Iterator[Fault]:
    """Find a time zone that the time zone data base does not have."""
    try:
        ZoneInfo(problem.time_zone)
    except (OSError, ValueError, KeyError):  # unknown (a KeyError), a folder of zones, or no name at all
        yield fault("time_zone_unknown", ("time_zone",), problem.time_zone)


def check_windows(problem: ProblemDocument) -> Iterator[Fault]:
    """Find windows that end before they start, and windows of one call or stock location that overlap."""
    for path, window in _windows(problem):
        if window.end < window.start:
            yield fault("window_order", path, window)
    for i, call in enumerate(problem.calls):
        yield from _overlapping_windows(("calls", i, "windows"), call.windows)
    for i, location in enumerate(problem.stock_locations):
        yield from _overlapping_windows(("stock_locations", i, "opening"), location.opening)


def _windows(problem: ProblemDocument) -> Iterator[tuple[Path, Window]]:
    if problem.horizon is not None:
        yield ("horizon",), problem.horizon
    for i, call in enumerate(problem.calls):
        yield from ((("calls", i, "windows", j), window) for j, window in enumerate(call.windows))
        if call.promise is not None and call.promise.window is not None:
            yield ("calls", i, "promise", "window"), call.promise.window
    for i, location in enumerate(problem.stock_locations):
        yield from ((("stock_locations", i, "opening", j), window) for j, window in enumerate(location.opening))


def _overlapping_windows(path: Path, windows: Sequence[Window]) -> Iterator[Fault]:
    order = sorted(range(len(windows)), key=lambda i: windows[i].start)
    for before, after in pairwise(order):
        if windows[after].start <= windows[before].end:
            yield fault("windows_overlap", (*path, after), windows[after], other=before)


def check_shifts(problem: ProblemDocument) -> Iterator[Fault]:
    """Find shifts that end before they start, overlap, or lie outside of the planning period."""
    horizon = horizon_of(problem)
    for path, _, shift in shift_paths(problem):
        if shift.end <= shift.start:
            yield fault("shift_order", path, shift)
        elif shift.start < horizon.start or shift.end > horizon.end:
            start, end = horizon.start.isoformat(), horizon.end.isoformat()
            yield fault("shift_outside_horizon", path, shift, start=start, end=end)
    for path, capacity in capacity_paths(problem):
        yield from _overlapping_shifts((*path, "shifts"), capacity)


def _overlapping_shifts(path: Path, capacity: Capacity) -> Iterator[Fault]:
    order = sorted(range(len(capacity.shifts)), key=lambda i: capacity.shifts[i].start)
    for before, after in pairwise(order):
        earlier, later = capacity.shifts[before], capacity.shifts[after]
        if later.start < earlier.end and earlier.end > earlier.start:
            yield fault("shifts_overlap", (*path, after), later, other=earlier.id)


def check_horizon(problem: ProblemDocument) -> Iterator[Fault]:
    """Find a planning period that is too long, or over before it is planned."""
    horizon = horizon_of(problem)
    last = max([horizon.end, *(shift.end + shift.overtime_cap for _, _, shift in shift_paths(problem))])
    if last - horizon.start > MAX_HORIZON:
        path: Path = ("horizon",) if problem.horizon else ("technicians",)
        yield fault("horizon_too_long", path, horizon, limit=MAX_HORIZON.days)
    if problem.now is not None and problem.now > horizon.end and any(shift_paths(problem)):
        yield fault("now_outside_horizon", ("now",), problem.now, end=horizon.end.isoformat())


def check_breaks(problem: ProblemDocument) -> Iterator[Fault]:
    """Find breaks that cannot be meant: backwards, outside of the shift, out of order."""
    for path, _, shift in shift_paths(problem):
        for i in range(len(shift.breaks)):
            yield from _break_faults((*path, "breaks", i), shift, i)


def _break_faults(path: Path, shift: Shift, index: int) -> Iterator[Fault]:
    rest = shift.breaks[index]
    before = shift.breaks[index - 1] if index else None
    end = shift.end + shift.overtime_cap
    if rest.latest < rest.earliest:
        yield fault("break_order", path, rest)
    elif rest.earliest < shift.start or rest.latest > end:
        yield fault("break_outside_shift", path, rest, start=shift.start.isoformat(), end=end.isoformat())
    if before is not None and (rest.earliest < before.earliest or rest.latest < before.latest):
        yield fault("breaks_unordered", path, rest)
