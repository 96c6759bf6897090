"""Pick lists and recommended loadouts as rows: the columns that CSV, Markdown and the table in the terminal share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from dispatch_engine.exports.rows import Row
    from dispatch_engine.restock.documents import (
        LoadoutAdvice,
        LoadoutAdviceOfVan,
        LoadoutLine,
        LocationPicks,
        PickLine,
        PickList,
        Shortage,
        VanPicks,
        WaitingCall,
    )

ALMOST_ALL = 0.9995
"""Shares above this would be rounded to a certainty that they are not."""

UNKNOWN_LEAD_TIME = "lead time not known"

PICK_COLUMNS = {
    "location": "id of the stock location",
    "technician": "id of the technician or provider whose van it is",
    "technician_name": "what people call them",
    "shift": "id of the shift before which the van is loaded; empty where there is none the next day",
    "ready_at": "when it has to be loaded, ISO 8601 with offset",
    "part": "part number",
    "part_name": "what people call it",
    "holds": "pieces in the van in the evening",
    "target": "pieces that should be in it in the morning",
    "load": "pieces to load",
    "no_room": "pieces for which the van has no room",
    "lacking": "pieces that the location does not have by then",
    "calls": "calls of the next day for which some of them are meant, such as `C-1; C-2`",
    "next_delivery": "first delivery that covers what is lacking, ISO 8601 with offset",
    "order_by": "when it has to be ordered to be there in time",
    "already_late": "whether that is past; empty where the lead time is not known",
}
"""Meaning of each column of the pick list as CSV, in order. One row for each part of each van."""

LOADOUT_COLUMNS = {
    "technician": "id of the technician or provider whose van it is",
    "technician_name": "what people call them",
    "part": "part number",
    "part_name": "what people call it",
    "present": "pieces in the loadout now",
    "recommended": "pieces recommended",
    "change": "the difference",
    "wanted": "pieces that the target asks for, were there room",
    "target": "wanted probability that the pieces suffice in a review period",
    "service": "probability that the recommended pieces suffice",
    "present_service": "probability that the present ones do",
    "mean": "expected use in a review period, in pieces",
    "distribution": "empirical, negative_binomial or poisson; empty where the history does not name the part",
    "basis": "own, territory or fleet: whose history it follows from",
    "joint_service": "of the van: probability that all parts suffice, if used independently of each other",
}
"""Meaning of each column of recommended loadouts as CSV, in order. One row for each part of each van."""


@dataclass(frozen=True)
class Sheet:
    """A titled table for people: headings, rows of text, and which columns hold numbers."""

    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    numbers: frozenset[str] = frozenset()


def pick_rows(picks: PickList) -> Iterator[Row]:
    """Yield the rows of a pick list, location by location and van by van."""
    zone = ZoneInfo(picks.time_zone)
    for location in picks.locations:
        shortages = {(each.technician, each.needed_at, each.part): each for each in location.shortages}
        for van in location.vans:
            for line in van.lines:
                shortage = shortages.get((van.technician, van.ready_at, line.part))
                yield _van_values(location, van, zone) | _line_values(line) | _shortage_values(shortage, zone)


def loadout_rows(advice: LoadoutAdvice) -> Iterator[Row]:
    """Yield the rows of recommended loadouts, van by van."""
    for van in advice.vans:
        for line in van.lines:
            yield {
                "technician": van.technician,
                "technician_name": van.name,
                **_loadout_values(line),
                "basis": van.basis,
                "joint_service": van.joint_service,
            }


def pick_sheets(picks: PickList) -> Iterator[Sheet]:
    """Yield what people read of a pick list: for each location what to pick, then what is lacking."""
    zone = ZoneInfo(picks.time_zone)
    for location in picks.locations:
        called = _called(location.location, location.name)
        yield _pick_sheet(f"{called}, night of {picks.night}", location, zone)
        if location.shortages:
            yield _shortage_sheet(f"{called} lacks", location.shortages, zone)
    if picks.waiting:
        yield _waiting_sheet(picks.waiting, zone)


def loadout_sheets(advice: LoadoutAdvice) -> Iterator[Sheet]:
    """Yield what people read of recommended loadouts: the vans, then the parts of each."""
    yield _vans_sheet(advice)
    for van in advice.vans:
        yield _van_sheet(van)


def _van_values(location: LocationPicks, van: VanPicks, zone: ZoneInfo) -> Row:
    return {
        "location": location.location,
        "technician": van.technician,
        "technician_name": van.name,
        "shift": van.shift,
        "ready_at": _iso(van.ready_at, zone),
    }


def _line_values(line: PickLine) -> Row:
    return {
        "part": line.part,
        "part_name": line.name,
        "holds": line.holds,
        "target": line.target,
        "load": line.load,
        "no_room": line.no_room,
        "lacking": line.lacking,
        "calls": "; ".join(line.calls) or None,
    }


def _shortage_values(shortage: Shortage | None, zone: ZoneInfo) -> Row:
    return {
        "next_delivery": _iso(shortage.next_delivery, zone) if shortage else None,
        "order_by": _iso(shortage.order_by, zone) if shortage else None,
        "already_late": shortage.already_late if shortage else None,
    }


def _loadout_values(line: LoadoutLine) -> Row:
    return {
        "part": line.part,
        "part_name": line.name,
        "present": line.present,
        "recommended": line.recommended,
        "change": line.recommended - line.present,
        "wanted": line.wanted,
        "target": line.target,
        "service": line.service,
        "present_service": line.present_service,
        "mean": line.mean,
        "distribution": line.distribution,
    }


def _pick_sheet(title: str, location: LocationPicks, zone: ZoneInfo) -> Sheet:
    headings = ("van", "ready", "part", "name", "holds", "target", "load", "calls", "missing")
    rows = tuple(
        (
            _called(van.technician, van.name),
            _short(van.ready_at, zone),
            line.part,
            line.name or "",
            str(line.holds),
            str(line.target),
            str(line.load),
            ", ".join(line.calls),
            _missing(line),
        )
        for van in location.vans
        for line in van.lines
    )
    return Sheet(title, headings, rows, frozenset(("holds", "target", "load")))


def _missing(line: PickLine) -> str:
    said = ((line.lacking, "not in stock"), (line.no_room, "no room"))
    return ", ".join(f"{pieces} {why}" for pieces, why in said if pieces)


def _shortage_sheet(title: str, shortages: tuple[Shortage, ...], zone: ZoneInfo) -> Sheet:
    headings = ("part", "name", "pieces", "van", "calls", "needed", "next delivery", "order by")
    rows = tuple(
        (
            each.part,
            each.name or "",
            str(each.pieces),
            each.technician,
            ", ".join(each.calls) or "loadout",
            _short(each.needed_at, zone),
            _short(each.next_delivery, zone) if each.next_delivery else "none",
            _order(each, zone),
        )
        for each in shortages
    )
    return Sheet(title, headings, rows, frozenset(("pieces",)))


def _waiting_sheet(waiting: tuple[WaitingCall, ...], zone: ZoneInfo) -> Sheet:
    headings = ("call", "priority", "part", "name", "pieces", "ordered now, there")
    rows = tuple(
        (
            each.call,
            str(each.priority),
            each.part,
            each.name or "",
            str(each.pieces),
            _short(each.there_at, zone) if each.there_at else UNKNOWN_LEAD_TIME,
        )
        for each in waiting
    )
    return Sheet("Left out for want of a part", headings, rows, frozenset(("priority", "pieces")))


def _order(shortage: Shortage, zone: ZoneInfo) -> str:
    if shortage.order_by is None:
        return UNKNOWN_LEAD_TIME
    return _short(shortage.order_by, zone) + (" (already late)" if shortage.already_late else "")


def _vans_sheet(advice: LoadoutAdvice) -> Sheet:
    history = advice.history
    title = f"Loadouts from {history.days} days of use, {history.first_day} to {history.last_day}"
    headings = ("van", "basis", "periods", "pieces", "all suffice", "filled", "would have covered", "room")
    rows = tuple(
        (
            _called(van.technician, van.name),
            van.basis,
            str(van.periods),
            f"{_pieces(van, 'present')} → {_pieces(van, 'recommended')}",
            f"{_percent(van.present_joint_service)} → {_percent(van.joint_service)}",
            f"{_percent(van.present_fill_rate)} → {_percent(van.fill_rate)}",
            _percent(van.covered_before),
            _room(van),
        )
        for van in advice.vans
    )
    numbers = frozenset(("periods", "pieces", "all suffice", "filled", "would have covered"))
    return Sheet(title, headings, rows, numbers)


def _pieces(van: LoadoutAdviceOfVan, field: str) -> int:
    return sum(getattr(line, field) for line in van.lines)


def _room(van: LoadoutAdviceOfVan) -> str:
    used = ", ".join(f"{measure} {_percent(share)}" for measure, share in van.room_used.items())
    return f"{used} (binds)" if van.room_binds else used


def _van_sheet(van: LoadoutAdviceOfVan) -> Sheet:
    headings = ("part", "name", "use", "now", "load", "change", "suffices", "target", "from")
    rows = tuple(
        (
            line.part,
            line.name or "",
            f"{line.mean:.2f}" if line.mean is not None else "",
            str(line.present),
            str(line.recommended),
            f"{line.recommended - line.present:+d}" if line.recommended != line.present else "",
            _percent(line.service),
            _percent(line.target) + (f" ({line.wanted} pieces)" if line.wanted != line.recommended else ""),
            (line.distribution or "not in the history").replace("_", " "),
        )
        for line in van.lines
    )
    numbers = frozenset(("use", "now", "load", "change", "suffices", "target"))
    return Sheet(_called(van.technician, van.name), headings, rows, numbers)


def _called(name: str, text: str | None) -> str:
    return f"{name} {text}" if text else name


def _percent(share: float | None) -> str:
    if share is None:
        return ""
    return f"{100 * share:.1f} %" if not ALMOST_ALL < share < 1 else "> 99.9 %"


def _short(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%a %d %b %H:%M}"


def _iso(at: datetime | None, zone: ZoneInfo) -> str | None:
    return at.astimezone(zone).isoformat() if at is not None else None
