"""Calls of the past, or rates of calls to come, as commands read them from files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.terminal import say

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.simulation.arrivals import CallRates
    from dispatch_engine.simulation.history import CallHistory

HistoryFile = Annotated[
    Path | None, typer.Option("--history", metavar="FILE", help="Calls of the past: reported_at, lat, lon, kind.")
]
Columns = Annotated[
    str, typer.Option(metavar="NAMES", help="What columns of the history are called: reported_at=created,…")
]
RatesFile = Annotated[Path | None, typer.Option("--rates", metavar="FILE", help="Rates, as --write-rates writes.")]


def require_one(history: Path | None, rates: Path | None) -> None:
    """Refuse both or neither of the two files that calls can be known from."""
    if (history is None) == (rates is None):
        raise typer.BadParameter("give one of --history and --rates", param_hint="--history")


def history_of(problem: ProblemDocument, path: Path, columns: str) -> CallHistory:
    """Read a history; rows without a place are told and left out."""
    from zoneinfo import ZoneInfo

    from dispatch_engine.simulation.history import columns_of, load_calls

    found = load_calls(path, ZoneInfo(problem.time_zone), columns_of(columns))
    if found.without_place:
        say(f"note: {found.without_place} rows of {path} have no place and are left out")
    return found


def fitted_to(history: CallHistory) -> CallRates:
    """Fit rates to all days of a history."""
    from dispatch_engine.simulation.arrivals import fitted
    from dispatch_engine.simulation.backtest import all_days

    return fitted(history.calls, all_days(history) if history.calls else [])


def stated_rates(path: Path) -> CallRates:
    """Read rates."""
    from dispatch_engine.formats.files import read_bytes
    from dispatch_engine.formats.plain import parse_plain
    from dispatch_engine.simulation.arrivals import CallRates

    return parse_plain(CallRates, read_bytes(path), str(path))
