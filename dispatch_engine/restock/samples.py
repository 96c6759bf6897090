"""Reading the samples of the catalogue: what is said of a broken history, and of its mend."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.importer.csv_files import csv_table
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.restock.advising import AdviceOptions, recommend
from dispatch_engine.restock.history import TABLE, history_of

if TYPE_CHECKING:
    from dispatch_engine.catalogue.entry import TableText
    from dispatch_engine.errors import Fault


def said_of_history(sample: TableText, *, mended: bool = False) -> tuple[Fault, ...]:
    """Return the faults of a sample history beside the sample day: broken, or mended."""
    text = sample.mend if mended else sample.broken
    try:
        history = history_of((csv_table(Path(f"{TABLE}.csv"), (text or "").encode(), "utf-8"),))
        recommend(ProblemDocument.model_validate(SAMPLE_DAY), history, AdviceOptions())
    except DocumentErrors as error:
        return error.faults
    return ()
