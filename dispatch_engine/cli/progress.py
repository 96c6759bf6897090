"""The line that shows how a search is doing; silent where stderr is not a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import Protocol

from dispatch_engine.cli.terminal import stderr


class SearchProgress(Protocol):
    """How far a search has come."""

    @property
    def cost(self) -> Decimal:
        """Cost of the best plan so far, in the document's currency."""

    @property
    def unplanned(self) -> int:
        """Calls that the best plan leaves out."""

    @property
    def iterations(self) -> int:
        """Iterations so far."""

    @property
    def iterations_per_s(self) -> float:
        """Iterations per second so far."""

    @property
    def elapsed_s(self) -> float:
        """Seconds since the start."""


@contextmanager
def search_progress(currency: str, time_limit_s: float | None) -> Iterator[Callable[[SearchProgress], None]]:
    """Show a bar while the block runs, and yield what moves it.

    Parameters
    ----------
    currency
        Printed behind the cost.
    time_limit_s
        Seconds that fill the bar; None: the bar only moves.
    """
    console = stderr()
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # takes long to import

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        TextColumn("{task.fields[figures]}"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task("searching", total=time_limit_s, figures="")

        def show(at: SearchProgress) -> None:
            bar.update(task, completed=at.elapsed_s, figures=figures(at, currency))

        yield show


def figures(at: SearchProgress, currency: str) -> str:
    """Return the figures of the line as they are printed."""
    return f"cost {at.cost:,.2f} {currency}  unplanned {at.unplanned}  {at.iterations_per_s:,.0f} it/s"
