"""A comparison as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table
from rich.text import Text

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
    from collections.abc import Iterator, Sequence

    from dispatch_engine.whatif.comparison import ComparisonDocument, FigureRow, Side

STYLE = {"better": "green", "worse": "red", "different": "yellow", "same": "dim", "unknown": "dim"}
TITLE_WIDTH, BASE_WIDTH, SIDE_WIDTH = 40, 20, 30
"""Characters that the columns need at most."""

UNLIMITED = 100_000
"""Characters of a line where nobody looks at a screen."""


def stdout() -> Console:
    """Return the console for results, bound to the stdout of this moment; a file gets lines of any length."""
    console = Console(highlight=False)
    return console if console.is_terminal else Console(highlight=False, width=UNLIMITED)


def print_comparison(console: Console, document: ComparisonDocument, every: bool) -> None:
    """Print the figures side by side, in as many tables as the width of the terminal takes."""
    per_table = max(1, (console.width - TITLE_WIDTH - BASE_WIDTH) // SIDE_WIDTH)
    sides = document.scenarios
    for first in range(0, max(1, len(sides)), per_table):
        console.print(_table(document, sides[first : first + per_table], every))
    for side in sides:
        console.print(Text(f"{side.id}: {name_of(side)}" + (f" (based on {side.based_on})" if side.based_on else "")))
    console.print(Text(LEGEND, style="dim"))
    console.print(Text(f"{effort_line(document)}."))
    for line in missing_lines(document):
        console.print(Text(f"missing: {line}", style="yellow"))


def _table(document: ComparisonDocument, sides: Sequence[Side], every: bool) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold", expand=False)
    table.add_column("figure", no_wrap=True)
    table.add_column("base", justify="right", no_wrap=True)
    for side in sides:
        table.add_column(Text(side.id), justify="right", no_wrap=True)
    group = None
    for row in short_rows(document, every):
        if row.group != group:
            group = row.group
            table.add_section()
        table.add_row(*_cells(document, row, sides))
    return table


def _cells(document: ComparisonDocument, row: FigureRow, sides: Sequence[Side]) -> Iterator[Text]:
    yield Text(title_text(row, document.currency))
    yield Text("" if row.base is None else spread_text(row.base, row.unit))
    for side in sides:
        spread, told = cell_texts(row, side.id)
        found = row.scenarios.get(side.id)
        verdict = "same" if found is None or found.difference is None else found.difference.verdict
        yield Text.assemble(spread, ("  " if told else ""), (told, STYLE[verdict]))
