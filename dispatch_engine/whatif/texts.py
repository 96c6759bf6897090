"""A comparison as Markdown, CSV and JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.exports.table import csv_of
from dispatch_engine.whatif.words import (
    LEGEND,
    cell_texts,
    effort_line,
    missing_lines,
    name_of,
    short_rows,
    spread_text,
    title_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.exports.rows import Row
    from dispatch_engine.whatif.comparison import ComparisonDocument, Difference, FigureRow, Spread

COLUMNS = (
    "scenario", "name", "figure", "title", "unit", "better", "seeds", "mean", "sd", "min", "max",
    "difference", "difference_low", "difference_high", "p", "p_adjusted", "significant", "verdict",
)  # fmt: skip
"""Of the CSV: a row for each figure of the base and of each scenario; the base has no difference."""


def json_text(document: ComparisonDocument) -> bytes:
    """Return the whole document as JSON; what is None is left out."""
    return f"{document.model_dump_json(indent=2, exclude_none=True)}\n".encode()


def csv_text(document: ComparisonDocument) -> bytes:
    """Return every figure of every side as CSV for spreadsheets."""
    return csv_of(COLUMNS, _csv_rows(document))


def markdown_text(document: ComparisonDocument, every: bool = False) -> bytes:
    """Return the table as Markdown; ``every`` figure, or those worth showing."""
    sides = document.scenarios
    head = ["Figure", "base", *(each.id for each in sides)]
    lines = [f"# What if: {_escaped(document.problem_id)}", ""]
    lines += [f"- **{_escaped(each.id)}**: {_escaped(name_of(each))}" for each in sides]
    lines += ["", _line(head), _line(["---", *("--:" for _ in head[1:])])]
    for row in short_rows(document, every):
        cells = [" ".join(filter(None, cell_texts(row, each.id))) for each in sides]
        base = "" if row.base is None else spread_text(row.base, row.unit)
        lines.append(_line([title_text(row, document.currency), base, *cells]))
    lines += ["", LEGEND, "", f"{effort_line(document)}."]
    missing = missing_lines(document)
    lines += ["", "Missing:", "", *(f"- {_escaped(each)}" for each in missing)] if missing else []
    return ("\n".join(lines) + "\n").encode()


def _line(cells: list[str]) -> str:
    return f"| {' | '.join(map(_escaped, cells))} |"


def _escaped(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _csv_rows(document: ComparisonDocument) -> Iterator[Row]:
    for row in document.figures:
        if row.base is not None:
            yield {**dict.fromkeys(COLUMNS), **_figure_cells(row), "scenario": "base", **_spread_cells(row.base)}
        for side in document.scenarios:
            found = row.scenarios.get(side.id)
            if found is None:
                continue
            yield {
                **dict.fromkeys(COLUMNS),
                **_figure_cells(row),
                "scenario": side.id,
                "name": side.name,
                **_spread_cells(found.spread),
                **({} if found.difference is None else _difference_cells(found.difference)),
            }


def _difference_cells(told: Difference) -> Row:
    return {
        "difference": told.mean,
        "difference_low": told.low,
        "difference_high": told.high,
        "p": told.p,
        "p_adjusted": told.p_adjusted,
        "significant": told.significant,
        "verdict": told.verdict,
    }


def _figure_cells(row: FigureRow) -> Row:
    return {"figure": row.key, "title": row.title, "unit": row.unit, "better": row.better}


def _spread_cells(spread: Spread) -> Row:
    return {"seeds": spread.n, "mean": spread.mean, "sd": spread.sd, "min": spread.low, "max": spread.high}
