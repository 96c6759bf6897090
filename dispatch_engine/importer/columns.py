"""What may stand in the tables: the one list that importing, templates and help are made from."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from dispatch_engine.importer.cells import (
    read_counts,
    read_flag,
    read_minutes,
    read_names,
    read_number,
    read_text,
    read_whole,
)
from dispatch_engine.importer.moments import Context, read_day, read_moment

Target = tuple[str | int, ...]


@dataclass(frozen=True)
class Column:
    """A column of a table.

    Parameters
    ----------
    name
        Its heading; capitals, blanks and underscores make no difference.
    read
        Reads a cell, raises `CellError`.
    target
        Where the value goes, within the call, the technician, the location or the shift; empty where it goes nowhere
        by itself.
    help
        For people.
    example
        For the template.
    is_needed
        Whether the column must be there and no cell may be empty.
    stand_in
        Takes the place of a needed value that is faulty, while the rest is checked.
    of_row
        Describes the shift or the opening hours of the row, not the technician or location, which has several rows.
    """

    name: str
    read: Callable[[object, Context], Any]
    target: Target
    help: str
    example: str | int | float = ""
    is_needed: bool = False
    stand_in: Any = None
    of_row: bool = False


def _of_row(
    name: str,
    read: Callable[[object, Context], Any],
    target: Target,
    about: str,
    example: str | int,
    is_needed: bool = False,
) -> Column:
    return Column(name, read, target, about, example, is_needed, of_row=True)


ID_STAND_IN = "?"
DATE = "date"
PROVIDER = "provider"
TECHNICIAN = "technician"
PART = "part"
QUANTITY = "quantity"
LOCATION = "location"

_LAT_HELP = "Degrees north, WGS 84; south is negative."
_LON_HELP = "Degrees east, WGS 84; west is negative."

TECHNICIANS = (
    Column(TECHNICIAN, read_text, ("id",), "Id. One row a shift; the rest is needed once.", "T01", True, ID_STAND_IN),
    Column("name", read_text, ("name",), "What people call the technician.", "Van 1"),
    Column(PROVIDER, read_flag, (), "yes: an external company. Default: no.", "no"),
    Column("lat", read_number, ("home", "lat"), f"Home, where shifts start and end. {_LAT_HELP}", -29.9045, True, 0.0),
    Column("lon", read_number, ("home", "lon"), f"Home. {_LON_HELP}", -71.2489, True, 0.0),
    Column("skills", read_counts, ("skills",), "Skills with levels; without a level: 1.", "lift:2; boiler:1"),
    Column("tools", read_names, ("tools",), "Tools.", "hoist; gauge_set"),
    Column("duration_factor", read_number, ("duration_factor",), "1.2 takes a fifth longer than normal.", 1),
    Column("travel_factor", read_number, ("travel_factor",), "1.2 drives a fifth longer than normal.", 1),
    Column("price_per_hour", read_number, ("prices", "per_hour"), "Price of a paid hour.", 38),
    Column("price_per_km", read_number, ("prices", "per_km"), "Price of a kilometre.", 0.42),
    Column(
        "overtime_surcharge_per_hour", read_number, ("prices", "overtime_surcharge_per_hour"),
        "Price of an hour of overtime on top of the paid hour.", 19,
    ),
    Column("callout", read_number, ("prices", "callout"), "Price of each shift that is used.", 0),
    Column("price_per_visit", read_number, ("prices", "per_visit"), "Price of each visit.", 0),
    Column("replenished_at", read_text, ("replenished_at",), "Location from which the van is loaded overnight.", "D01"),
    _of_row(DATE, read_day, (), "Day of the shift. Default: that of the import.", "2026-03-10"),
    _of_row("shift_start", read_moment, ("start",), "Start: a time, or a date with a time.", "08:00", True),
    _of_row("shift_end", read_moment, ("end",), "End of regular time.", "17:00", True),
    _of_row("overtime_min", read_minutes, ("overtime_cap",), "Most overtime: minutes, or 1:30. Default: none.", 60),
    _of_row("break_earliest", read_moment, ("breaks", 0, "earliest"), "Earliest start of the break.", "12:00"),
    _of_row("break_latest", read_moment, ("breaks", 0, "latest"), "Latest start of the break.", "14:00"),
    _of_row("break_min", read_minutes, ("breaks", 0, "duration"), "Length of the break: minutes, or 0:45.", 45),
    _of_row("break_paid", read_flag, ("breaks", 0, "paid"), "Whether the break is paid. Default: no.", "no"),
    _of_row("max_visits", read_whole, ("max_visits",), "Most visits on the shift.", 9),
    _of_row("max_driving_min", read_minutes, ("max_driving",), "Most driving: minutes, or 4:00.", "4:00"),
    _of_row("max_distance_km", read_number, ("max_distance_km",), "Most kilometres on the shift.", 200),
    _of_row("max_duration_min", read_minutes, ("max_duration",), "Longest from departure to end: minutes.", 540),
)  # fmt: skip

CALLS = (
    Column("call", read_text, ("id",), "Id.", "C001", True, ID_STAND_IN),
    Column("name", read_text, ("name",), "What people call it: the site, the machine.", "Lift 2"),
    Column("lat", read_number, ("place", "lat"), _LAT_HELP, -29.9533, True, 0.0),
    Column("lon", read_number, ("place", "lon"), _LON_HELP, -71.3391, True, 0.0),
    Column("duration_min", read_minutes, ("duration",), "Work on site: minutes, or 1:15.", 60, True, 60),
    Column("kind", read_text, ("kind",), "Kind of work.", "lift_stopped"),
    Column("priority", read_whole, ("priority",), "1 (most urgent) to 5. Default: 3.", 2),
    Column("skills", read_counts, ("skills",), "Skills with the least level; without a level: 1.", "lift:2"),
    Column("tools", read_names, ("tools",), "Tools needed.", "hoist"),
    Column("parts", read_counts, ("parts",), "Parts used, with pieces; without a number: 1.", "LFT-REL-4:1"),
    Column(DATE, read_day, (), "Day of times without one. Default: that of the import.", "2026-03-10"),
    Column("window_start", read_moment, ("windows", 0, "start"), "Work begins no earlier.", "08:00"),
    Column("window_end", read_moment, ("windows", 0, "end"), "Work begins no later.", "12:00"),
    Column("window2_start", read_moment, ("windows", 1, "start"), "Second window.", ""),
    Column("window2_end", read_moment, ("windows", 1, "end"), "Second window.", ""),
    Column("reported_at", read_moment, ("reported_at",), "When the customer called.", "2026-03-09 16:20"),
    Column("released_at", read_moment, ("released_at",), "Work may not begin earlier.", ""),
    Column("response_deadline", read_moment, ("response_deadline",), "Start of work agreed; later costs.", "12:00"),
    Column("restore_deadline", read_moment, ("restore_deadline",), "Completion agreed; later costs.", ""),
    Column("downtime_per_hour", read_number, ("downtime_per_hour",), "Price of each hour until completion.", ""),
    Column("required_technicians", read_names, ("required_technicians",), "Only these may be sent.", ""),
    Column("preferred_technicians", read_names, ("preferred_technicians",), "These rather than others.", "T01"),
    Column("excluded_technicians", read_names, ("excluded_technicians",), "These are never sent.", ""),
    Column("promised_start", read_moment, ("promise", "window", "start"), "Start of the window that was told.", ""),
    Column("promised_end", read_moment, ("promise", "window", "end"), "End of that window.", ""),
    Column("drop_price", read_number, ("drop_price",), "Price of not serving the call. Default: by priority.", ""),
)  # fmt: skip

LOCATIONS = (
    Column(LOCATION, read_text, ("id",), "Id. One row an opening; the rest is needed once.", "D01", True, ID_STAND_IN),
    Column("name", read_text, ("name",), "What people call it.", "Depot"),
    Column("lat", read_number, ("place", "lat"), _LAT_HELP, -29.9101, True, 0.0),
    Column("lon", read_number, ("place", "lon"), _LON_HELP, -71.2573, True, 0.0),
    Column("kind", read_text, ("kind",), "depot, locker, central or provider. Default: depot.", "depot"),
    Column("handling_min", read_minutes, ("handling",), "Time of each stop there: minutes, or 0:10.", 10),
    Column("handling_per_line_min", read_minutes, ("handling_per_line",), "And for each different part.", "0,5"),
    Column("tools", read_counts, ("tools",), "Tools that are lent, with pieces.", "crane:1"),
    Column("courier_min", read_minutes, ("courier", "lead_time"), "Courier: from here to a customer.", 60),
    Column("courier_price", read_number, ("courier", "price"), "Price of one ride of the courier.", 35),
    Column("open_to", read_names, ("open_to",), "Who may restock here. Default: technicians, no providers.", ""),
    _of_row(DATE, read_day, (), "Day of the opening hours. Default: that of the import.", "2026-03-10"),
    _of_row("opens", read_moment, ("start",), "Opening: a time, or a date with a time.", "07:00", True),
    _of_row("closes", read_moment, ("end",), "Closing.", "18:00", True),
)  # fmt: skip

STOCK = (
    Column(TECHNICIAN, read_text, (), "Whose van.", "T01", True, ID_STAND_IN),
    Column(PART, read_text, (), "Part number.", "LFT-REL-4", True, ID_STAND_IN),
    Column(QUANTITY, read_whole, (), "Pieces in the van.", 2, True, 0),
)

LOADOUTS = (
    Column(TECHNICIAN, read_text, (), "Whose van.", "T01", True, ID_STAND_IN),
    Column(PART, read_text, (), "Part number.", "LFT-REL-4", True, ID_STAND_IN),
    Column(QUANTITY, read_whole, (), "Pieces that the van should hold in the morning.", 3, True, 0),
)

LOCATION_STOCK = (
    Column(LOCATION, read_text, (), "Which location.", "D01", True, ID_STAND_IN),
    Column(PART, read_text, (), "Part number.", "LFT-REL-4", True, ID_STAND_IN),
    Column(QUANTITY, read_whole, (), "Pieces at the location.", 20, True, 0),
)

COLUMNS_BY_TABLE = {
    "technicians": TECHNICIANS,
    "calls": CALLS,
    "stock": STOCK,
    "locations": LOCATIONS,
    "location_stock": LOCATION_STOCK,
    "loadouts": LOADOUTS,
}
NEEDED_TABLES = ("technicians", "calls")
"""Without stock the vans are empty, without locations there is nowhere to restock."""
