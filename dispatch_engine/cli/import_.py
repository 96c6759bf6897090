"""`dispatch import`: a problem document from spreadsheets."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.options import Output
from dispatch_engine.cli.outputs import require_writable
from dispatch_engine.cli.overrides import travel_of
from dispatch_engine.cli.terminal import say
from dispatch_engine.listing import counted

if TYPE_CHECKING:
    from dispatch_engine.importer.importer import Imported

Sources = Annotated[
    list[Path] | None,
    typer.Argument(metavar="TABLES", help="A workbook (.xlsx), CSV files, or a folder of CSV files."),
]
Template = Annotated[
    Path | None,
    typer.Option(metavar="PLACE", help="Write tables to fill instead: a workbook (.xlsx), or a folder of CSV files."),
]
TimeZone = Annotated[
    str | None, typer.Option(metavar="NAME", help="Of times without an offset, such as Europe/Berlin; needed.")
]
Day = Annotated[
    datetime | None,
    typer.Option("--date", formats=["%Y-%m-%d"], metavar="DATE", help="Day of times in rows without a date."),
]
DocumentId = Annotated[str, typer.Option("--id", help="Id of the document.")]
Currency = Annotated[str, typer.Option(help="Three letters.")]
TravelChoice = Annotated[
    str, typer.Option("--travel", metavar="SOURCE", help="geodesic, matrix, road:NETWORK or osrm:URL.")
]
MappingFile = Annotated[
    Path | None, typer.Option("--mapping", metavar="FILE", help="JSON file that names tables and columns as yours are.")
]
Encoding = Annotated[str, typer.Option(help="Of CSV files that do not tell theirs, such as cp1252.")]


def import_(
    sources: Sources = None,
    output: Output = "-",
    template: Template = None,
    time_zone: TimeZone = None,
    first_day: Day = None,
    document_id: DocumentId = "imported",
    currency: Currency = "EUR",
    travel: TravelChoice = "geodesic",
    mapping: MappingFile = None,
    encoding: Encoding = "utf-8",
) -> None:
    """Make a problem document of tables: technicians, calls and, if wanted, stock, locations and loadouts.

    The template has every column, an example row and help. A mapping file renames:
    {"tables": {"calls": "Jobs"}, "columns": {"calls": {"call": "No"}}, "ignore": {"calls": ["Remark"]}}
    """
    if template is not None:
        _write_template(template)
        return
    if not sources:
        raise typer.BadParameter("name the tables to import, or --template PLACE", param_hint="TABLES")
    if time_zone is None:
        raise typer.BadParameter("needed; such as --time-zone Europe/Berlin", param_hint="--time-zone")
    from dispatch_engine.formats.documents import dump_problem
    from dispatch_engine.importer.importer import ImportOptions, import_files
    from dispatch_engine.importer.mapping import NameMapping, load_mapping

    require_writable(output, kept=(*sources, mapping))
    names = NameMapping() if mapping is None else load_mapping(mapping)
    day = first_day.date() if first_day else None
    options = ImportOptions(time_zone, day, document_id, currency, travel_of(travel), names, encoding)
    found = import_files(sources, options)
    dump_problem(found.problem, output)
    say("\n".join(summary(found)))


def summary(found: Imported) -> list[str]:
    """Return what a person wants to know of an import: what was read, and what was not."""
    problem = found.problem
    shifts = sum(len(capacity.shifts) for capacity in problem.capacities)
    left_out = [f"not read: {', '.join(found.left_out)}"] if found.left_out else []
    people = f"{counted(len(problem.capacities), 'technician')} with {counted(shifts, 'shift')}"
    return [f"{people}, {counted(len(problem.calls), 'call')}", *left_out]


def _write_template(place: Path) -> None:
    from dispatch_engine.importer.template import write_template

    say("\n".join(f"written {path}" for path in write_template(place)))
