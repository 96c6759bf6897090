"""Faults of a history of use from which loadouts are recommended. Its table has those of imported tables as well."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry, TableText

SAMPLE_HISTORY = "date,technician,part,pieces\n2026-02-02,T-1,KIT-7,1\n2026-02-03,T-1,KIT-7,2\n"
"""What the samples change; the document is the sample day."""


def _history(broken: str) -> TableText:
    return TableText("history", broken, SAMPLE_HISTORY)


RESTOCK_ENTRIES = (
    Entry(
        "history_pieces",
        "Less than no pieces used, or very many",
        "The pieces used in a row are from 0 to {most:,}.",
        "Maybe it is a return: leave it out, or take it off the use.",
        _history(SAMPLE_HISTORY.replace("KIT-7,2", "KIT-7,-2")),
    ),
    Entry(
        "history_too_short",
        "A history of a few days",
        "A history covers two review periods: at least {needed} working days with --review-days {review_days}.",
        "Maybe use a longer history, or a shorter --review-days.",
        _history("date,technician,part,pieces\n2026-02-02,T-1,KIT-7,1\n"),
    ),
    Entry(
        "history_of_others",
        "A history of vans that are not here",
        "At least one row is of a technician or of a territory that the document has.",
        "{suggestion}",
        _history(SAMPLE_HISTORY.replace("T-1", "T1")),
    ),
)
