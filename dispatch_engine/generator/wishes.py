"""What customers wish or were promised: technicians they want or refuse, windows they were told. Illustrative."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.model.calls import Promise
from dispatch_engine.model.times import Window

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.generator.draw import Draw
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.technicians import Technician

REQUIRED, PREFERRED, EXCLUDED = 0.03, 0.12, 0.05
"""Shares of calls with a technician who is required, preferred, excluded."""

PROMISED = 0.3
"""Share of calls about which the customer was told a window."""

SLOTS = ((8.0, 10.0), (10.0, 12.0), (13.0, 15.0), (15.0, 17.0))
"""Hours of the windows that are told."""


@dataclass(frozen=True)
class Wishes:
    """Technicians by id."""

    required: tuple[str, ...] = ()
    preferred: tuple[str, ...] = ()
    excluded: tuple[str, ...] = ()


def wishes(draw: Draw, call: Call, crew: Sequence[Technician]) -> Wishes:
    """Return whom the customer wants or refuses, among those who could do the work."""
    able = [technician.id for technician in crew if is_able(technician, call)]
    lot = draw.unit()
    if not able or lot >= REQUIRED + PREFERRED + EXCLUDED:
        return Wishes()
    one = (draw.one_of(able),)
    if lot < REQUIRED:
        return Wishes(required=one)
    return Wishes(preferred=one) if lot < REQUIRED + PREFERRED else Wishes(excluded=one)


def is_able(technician: Technician, call: Call) -> bool:
    """Whether the technician works at all, has the skills and tools, and the parts in the van."""
    skilled = all(technician.skills.get(skill, 0) >= level for skill, level in call.skills.items())
    stocked = all(technician.stock.get(part, 0) >= pieces for part, pieces in call.parts.items())
    return bool(technician.shifts) and skilled and stocked and set(call.tools) <= set(technician.tools)


def told_window(draw: Draw, settings: Settings, call: Call, day: int) -> Promise | None:
    """Return the window that the customer was told, if any: one that lies within the hours of access."""
    if not draw.chance(PROMISED):
        return None
    slots = [Window(start=settings.at(day, start), end=settings.at(day, end)) for start, end in SLOTS]
    within = [slot for slot in slots if not call.windows or any(_holds(window, slot) for window in call.windows)]
    return Promise(window=draw.one_of(within)) if within else None


def _holds(outer: Window, inner: Window) -> bool:
    return outer.start <= inner.start and inner.end <= outer.end
