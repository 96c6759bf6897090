"""A day to play: the board as it begins, the calls that will come, and by which chances the rest is drawn."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

from dispatch_engine.model.effective import horizon_of, shifts_of
from dispatch_engine.simulation.chances import Chances
from dispatch_engine.simulation.draws import Draws

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument


@dataclass(frozen=True)
class Day:
    """What happens on a day whoever decides.

    Attributes
    ----------
    name
        Tells it from other days, and decides on its draws together with the seed.
    document
        The board when the day begins; its calls are known then.
    arrivals
        The calls that are reported later, each with its ``reported_at``, in order of time.
    seed
        Of all draws.
    chances
        From which it is drawn.
    """

    name: str
    document: ProblemDocument
    arrivals: tuple[Call, ...]
    seed: int = 0
    chances: Chances = field(default_factory=Chances)

    @property
    def begins_at(self) -> datetime:
        """When the board is opened."""
        return horizon_of(self.document).start

    @property
    def ends_at(self) -> datetime:
        """When the last shift is over, overtime included; what is open then counts as unserved."""
        ends = [shift.end + shift.overtime_cap for _, shift in shifts_of(self.document)]
        return max(ends, default=self.begins_at)

    @property
    def calls(self) -> tuple[Call, ...]:
        """All calls, those that are known at the beginning first."""
        return (*self.document.calls, *self.arrivals)

    @cached_property
    def draws(self) -> Draws:
        """What chance says."""
        return Draws(self.seed, self.name)

    def cancellations(self) -> Iterator[tuple[datetime, str]]:
        """Yield when customers take calls back, if nobody is under way by then."""
        for call in self.calls:
            if self.draws.chance(self.chances.cancelled, "cancelled", call.id):
                yield (call.reported_at or self.begins_at) + self.chances.cancelled_after, call.id

    def illnesses(self) -> Iterator[tuple[datetime, str]]:
        """Yield when which technicians fall ill."""
        for capacity, shift in shifts_of(self.document):
            about = ("absent", capacity.id, shift.id)
            if self.draws.chance(self.chances.absent, *about):
                part = self.draws.unit(*about, "when")
                yield (shift.start + (shift.end - shift.start) * part).replace(microsecond=0), capacity.id
