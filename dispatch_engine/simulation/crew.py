"""The technicians of a simulated day: where they are, and whether they can be sent."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import end_place_of, start_place_of
from dispatch_engine.simulation.policies.policy import Free

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.places import Place
    from dispatch_engine.model.technicians import Capacity, Shift
    from dispatch_engine.simulation.record import Record
    from dispatch_engine.simulation.ways import Ways


@dataclass
class AtWork:
    """A technician or provider in the course of the day.

    Attributes
    ----------
    shift
        The one that is worked; None before the first.
    place
        Where the technician is, or drives to.
    free_at
        When the last work ended; None before the first of the shift.
    """

    capacity: Capacity
    shift: Shift | None = None
    place: Place | None = None
    free_at: datetime | None = None
    is_busy: bool = False
    is_off: bool = False
    falls_ill: bool = False
    breaks_taken: int = 0
    sequence: int = 0
    late_for: set[str] = field(default_factory=set)
    """Calls for which the technician set out late already."""

    def begin(self, shift: Shift) -> None:
        """Be at the place where a shift begins."""
        self.shift, self.place = shift, start_place_of(self.capacity, shift)
        self.free_at, self.breaks_taken = None, 0

    def free(self, now: datetime) -> Free | None:
        """Return the technician as one who can be sent; None: busy, ill or not on a shift."""
        shift = self.shift
        if self.is_busy or self.is_off or shift is None or self.place is None:
            return None
        if not shift.start <= now < shift.end + shift.overtime_cap:
            return None
        return Free(self.capacity, shift, self.place, self.breaks_taken)

    def next_number(self) -> int:
        """Return the number of the phone's next report."""
        self.sequence += 1
        return self.sequence

    def go_home(self, ways: Ways, record: Record) -> None:
        """Note the way home and the overtime, where anything was done on the shift."""
        if self.shift is None or self.free_at is None or self.place is None:
            return
        home, back = end_place_of(self.capacity, self.shift), timedelta(0)
        if home is not None:
            leg = ways.leg(self.capacity, self.place, home)
            back = leg.travel
            record.driving += back
            record.distance_m += leg.metres
        record.overtime += max(timedelta(0), self.free_at + back - self.shift.end)
        self.free_at = None
