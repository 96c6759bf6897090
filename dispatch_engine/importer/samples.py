"""Importing the samples of the catalogue: what is said of a broken table or mapping, and of its mend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.table_entries import SAMPLE_TABLES
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.csv_files import csv_table
from dispatch_engine.importer.importer import ImportOptions, import_tables
from dispatch_engine.importer.mapping import mapping_of

if TYPE_CHECKING:
    from dispatch_engine.catalogue.entry import TableText
    from dispatch_engine.errors import Fault

TIME_ZONE = "Europe/Berlin"


def said_of_sample(sample: TableText, *, mended: bool = False) -> tuple[Fault, ...]:
    """Return the faults of the sample tables as the sample changes them: broken, or mended."""
    text, mapping = (sample.mend, sample.mended_mapping) if mended else (sample.broken, sample.mapping)
    tables: dict[str, str | None] = dict(SAMPLE_TABLES)
    if sample.broken is not None or sample.mend is not None:
        tables[sample.table] = text
    files = ((Path(f"{name}.csv"), content) for name, content in tables.items() if content is not None)
    raws = tuple(csv_table(path, content.encode(), "utf-8") for path, content in files)
    try:
        import_tables(raws, ImportOptions(TIME_ZONE, names=mapping_of({} if mapping is None else mapping)))
    except DocumentErrors as error:
        return error.faults
    return ()
