"""Simulated days as a table in the terminal."""

from __future__ import annotations

from typing import TYPE_CHECKING

from rich.table import Table
from rich.text import Text

from dispatch_engine.cli.comparison_table import stdout
from dispatch_engine.simulation.summary import (
    changed_per_20_events,
    difference,
    distribution,
    figures_named,
    policies_of,
)

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.simulation.figures import DayFigures

LEGEND = "Mean day (tenth to ninetieth hundredth of the days); behind it by how much it differs from the first policy."


def print_days(days: Sequence[DayFigures]) -> None:
    """Print a row a figure, a column a policy."""
    console, policies = stdout(), policies_of(days)
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("a day", no_wrap=True)
    for policy in policies:
        table.add_column(Text(policy), justify="right", no_wrap=True)
    for figure in figures_named(days):
        table.add_row(figure.replace("_", " "), *(_cell(days, policy, figure) for policy in policies))
    changed = (f"{changed_per_20_events(days, policy):.2f}" for policy in policies)
    table.add_row("changed per 20 events", *changed)
    console.print(table)
    console.print(Text(LEGEND, style="dim"))


def _cell(days: Sequence[DayFigures], policy: str, figure: str) -> str:
    of, first = distribution(days, policy, figure), policies_of(days)[0]
    text = f"{of.mean:,.4g} ({of.tenth:,.4g}–{of.ninetieth:,.4g})"
    gap = None if policy == first else difference(days, policy, first, figure)
    if gap is None:
        return text
    return f"{text} {gap.mean:+,.3g}" + ("" if gap.around is None else f"±{gap.around:,.2g}")
