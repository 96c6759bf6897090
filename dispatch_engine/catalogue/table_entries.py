"""Faults of tables that are imported, and of the mapping file that names their columns."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry, TableText

SAMPLE_TABLES = {
    "technicians": "technician,lat,lon,date,shift_start,shift_end\nT-1,52.52,13.40,2026-03-02,08:00,16:00\n",
    "calls": "call,lat,lon,duration_min\nC-1,52.53,13.42,45\n",
}
"""What the samples change, in the time zone Europe/Berlin."""

_HEAD = "call,lat,lon,duration_min"
_CALL = "C-1,52.53,13.42,45"
_CALLS = SAMPLE_TABLES["calls"]
_PEOPLE = SAMPLE_TABLES["technicians"]


def _calls(column: str, broken: str, mended: str) -> TableText:
    """Return a sample with one more column in the table of calls."""
    return TableText("calls", f"{_HEAD},{column}\n{_CALL},{broken}\n", f"{_HEAD},{column}\n{_CALL},{mended}\n")


TABLE_ENTRIES = (
    Entry(
        "table_missing",
        "A table that is not there",
        "There is a sheet or file of this name.",
        "{suggestion}",
        TableText("calls", None, _CALLS),
    ),
    Entry(
        "table_empty",
        "A table without rows",
        "The table has a row of headings and at least one row below it.",
        "Maybe the rows are on another sheet, or the wrong file was named.",
        TableText("calls", f"{_HEAD}\n", _CALLS),
    ),
    Entry(
        "table_twice",
        "Two tables of one name",
        "There is one table {name}; the first is {other}.",
        "Maybe name only one of the files.",
        TableText("Calls", _CALLS, None),
    ),
    Entry(
        "column_missing",
        "A needed column that is not there",
        "The table has this column.",
        "Maybe its heading is spelt otherwise; a mapping file renames columns, and a template has them all.",
        TableText("calls", "call,lat,lon\nC-1,52.53,13.42\n", _CALLS),
    ),
    Entry(
        "column_unknown",
        "A column that means nothing",
        "Each column has a heading that is known.",
        "{suggestion}",
        TableText("calls", f"{_HEAD},skils\n{_CALL},lift:2\n", f"{_HEAD},skills\n{_CALL},lift:2\n"),
    ),
    Entry(
        "column_twice",
        "Two columns of one heading",
        "Each heading stands once.",
        "Maybe one of the two belongs to another column.",
        TableText("calls", f"{_HEAD},call\n{_CALL},C-2\n", _CALLS),
    ),
    Entry(
        "cell_empty",
        "A needed cell that is empty",
        "In this column no cell is empty.",
        "Maybe the row is a leftover: clear it, or complete it.",
        TableText("calls", f"{_HEAD}\nC-1,52.53,13.42,\n", _CALLS),
    ),
    Entry(
        "cell_formula",
        "A formula without a result",
        "A cell holds a value, or a formula with its result; this one has {result}.",
        "Maybe open it in the spreadsheet program, mend the formula, and save it again.",
        _calls("priority", "#REF!", "2"),
    ),
    Entry(
        "cell_number",
        "Text where a number belongs",
        "The cell holds a number, with a decimal point or comma and no thousands separators.",
        "Maybe a unit or a currency sign stands beside it; write only the number.",
        _calls("drop_price", "1.200 €", "1200"),
    ),
    Entry(
        "cell_whole_number",
        "A fraction where a whole number belongs",
        "The cell holds a whole number.",
        "Maybe a comma is meant to separate thousands; leave it out.",
        _calls("priority", "2.5", "2"),
    ),
    Entry(
        "cell_minutes",
        "Not a length of time",
        "The cell holds minutes, such as 75, or hours and minutes, such as 1:15.",
        "Maybe a unit stands beside it; write only the number of minutes.",
        TableText("calls", f"{_HEAD}\nC-1,52.53,13.42,1 hour\n", _CALLS),
    ),
    Entry(
        "cell_date",
        "Not a date",
        "The cell holds a date, such as 2026-03-10 or, with the day first, 10.03.2026.",
        "Maybe write it with the year first; a date with slashes is another day elsewhere.",
        _calls("date", "03/10/2026", "2026-03-10"),
    ),
    Entry(
        "cell_time",
        "Not a time",
        "The cell holds a time, such as 08:30, or a date with a time, such as 2026-03-10 08:30.",
        "Maybe write hours and minutes with a colon, in 24 hours; or format the cell as a time.",
        _calls("reported_at", "8 a.m.", "2026-03-02 08:00"),
    ),
    Entry(
        "cell_day_missing",
        "A time without a day",
        "A time of day needs a day: in the cell, in the column date, or given to the import.",
        "Maybe add the column date, or say --date 2026-03-10.",
        _calls("reported_at", "08:30", "2026-03-02 08:30"),
    ),
    Entry(
        "cell_clock_change",
        "A time that a change of clocks skips or repeats",
        "In {zone} this time does not exist, or exists twice, on this day.",
        "Maybe write it with its offset, such as 2026-03-29T03:30:00+02:00.",
        _calls("reported_at", "2026-03-29 02:30", "2026-03-29T03:30:00+02:00"),
    ),
    Entry(
        "cell_list",
        "Not a list of names with numbers",
        "The cell holds names with whole numbers, separated by semicolons, such as lift:2; boiler:1, each name once.",
        "Maybe a colon or semicolon is missing in {piece!r}.",
        _calls("skills", "lift:two", "lift:2"),
    ),
    Entry(
        "cell_yes_no",
        "Neither yes nor no",
        "The cell holds yes or no.",
        "Maybe leave it empty for no.",
        TableText(
            "technicians",
            _PEOPLE.replace("shift_end", "shift_end,provider").replace("16:00", "16:00,maybe"),
            _PEOPLE.replace("shift_end", "shift_end,provider").replace("16:00", "16:00,no"),
        ),
    ),
    Entry(
        "row_twice",
        "An id in two rows",
        "Each call has an id of its own; this one stands first in row {first}.",
        "Maybe a row was copied.",
        TableText("calls", f"{_HEAD}\n{_CALL}\n{_CALL}\n", _CALLS),
    ),
    Entry(
        "row_conflict",
        "Two rows that say different things of one technician or location",
        "What describes a technician or location, not one shift or opening, is the same in all its rows; row {first} "
        "says {other}.",
        "Maybe fill it in once and leave it empty in the other rows.",
        TableText(
            "technicians",
            f"{_PEOPLE}T-1,52.60,13.40,2026-03-03,08:00,16:00\n",
            f"{_PEOPLE}T-1,,,2026-03-03,08:00,16:00\n",
        ),
    ),
    Entry(
        "stock_twice",
        "A part twice in one van or location",
        "Each part of a van or stock location stands once; {owner} has it in row {first} already.",
        "Maybe add the two quantities up.",
        TableText(
            "stock",
            "technician,part,quantity\nT-1,KIT-7,1\nT-1,KIT-7,2\n",
            "technician,part,quantity\nT-1,KIT-7,3\n",
        ),
    ),
    Entry(
        "mapping_shape",
        "A mapping file that is built otherwise",
        "This is {wanted}.",
        "Maybe see the example in the help of the import.",
        TableText(mapping={"tables": {"calls": ["jobs"]}}, mended_mapping={"tables": {"calls": "calls"}}),
    ),
    Entry(
        "mapping_unknown",
        "A name in the mapping file that means nothing",
        "The name is one of the {things}.",
        "{suggestion}",
        TableText(
            mapping={"columns": {"calls": {"duration": "Minutes"}}},
            mended_mapping={"columns": {"calls": {"duration_min": "duration_min"}}},
        ),
    ),
)
