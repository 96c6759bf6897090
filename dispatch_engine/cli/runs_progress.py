"""The line that shows how many of many runs are done; silent where stderr is not a terminal."""

from __future__ import annotations

from contextlib import contextmanager
from typing import TYPE_CHECKING

from dispatch_engine.cli.terminal import stderr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator


@contextmanager
def runs_progress(total: int, where: str) -> Iterator[Callable[[str], None]]:
    """Show a bar while the block runs, and yield what moves it by one run, given what is said of that.

    Parameters
    ----------
    total
        How many runs there are.
    where
        Where they are done, for people.
    """
    console = stderr()
    if not console.is_terminal:
        yield lambda _: None
        return
    from rich.progress import (
        BarColumn,
        MofNCompleteColumn,
        Progress,
        TextColumn,
        TimeElapsedColumn,
        TimeRemainingColumn,
    )

    columns = (
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        TextColumn("{task.fields[latest]}"),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(f"runs on {where}", total=total, latest="")
        yield lambda said: bar.update(task, advance=1, latest=said)
