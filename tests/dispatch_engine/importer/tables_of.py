"""Small tables for tests, as text."""

from datetime import date
from pathlib import Path

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.csv_files import csv_table
from dispatch_engine.importer.importer import ImportOptions, import_tables
from dispatch_engine.model.problem import ProblemDocument

TECHNICIANS = "technician,lat,lon,shift_start,shift_end\nT-1,52.52,13.40,08:00,16:00\n"
CALLS = "call,lat,lon,duration_min\nC-1,52.53,13.42,45\n"
BERLIN = ImportOptions("Europe/Berlin", day=date(2026, 3, 2))


def imported(
    calls: str = CALLS,
    technicians: str = TECHNICIANS,
    stock: str | None = None,
    options: ImportOptions = BERLIN,
    **more: str,
) -> ProblemDocument:
    """Return the document of tables given as CSV."""
    files = {"technicians": technicians, "calls": calls} | ({} if stock is None else {"stock": stock}) | more
    raws = [csv_table(Path(f"{name}.csv"), text.encode(), "utf-8") for name, text in files.items()]
    return import_tables(raws, options).problem


def said_of(
    calls: str = CALLS,
    technicians: str = TECHNICIANS,
    stock: str | None = None,
    options: ImportOptions = BERLIN,
    **more: str,
) -> list[tuple[str, str]]:
    """Return place and code of every fault in tables given as CSV."""
    try:
        imported(calls, technicians, stock, options, **more)
    except DocumentErrors as error:
        return [(fault.pointer, fault.code) for fault in error.faults]
    return []


def with_column(heading: str, cell: str) -> str:
    """Return the table of calls with one more column; the cell is quoted."""
    return f'call,lat,lon,duration_min,{heading}\nC-1,52.53,13.42,45,"{cell}"\n'
