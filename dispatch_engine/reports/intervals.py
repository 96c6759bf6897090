"""Differences of scenarios as intervals around nothing: a forest plot for each figure (Lewis & Clarke 2001)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.whatif.words import cell_texts, short_rows, spread_text, title_text

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.whatif.comparison import ComparisonDocument, Difference, FigureRow

WIDTH = 240
HALF = WIDTH / 2
REACH = HALF - 6
"""Drawing units from the middle to the widest interval's end."""


@dataclass(frozen=True)
class Interval:
    """The difference of one scenario in drawing units: from ``low`` to ``high`` around ``middle``; 0 at ``HALF``."""

    scenario: str
    low: float
    middle: float
    high: float
    verdict: str
    text: str


@dataclass(frozen=True)
class IntervalChart:
    """One figure with the differences of all scenarios."""

    title: str
    base: str
    intervals: tuple[Interval, ...]


def interval_charts(document: ComparisonDocument) -> tuple[IntervalChart, ...]:
    """Return a chart for each figure worth showing in which any scenario differs at all."""
    charts = (_chart(document, row) for row in short_rows(document))
    return tuple(chart for chart in charts if chart.intervals)


def _chart(document: ComparisonDocument, row: FigureRow) -> IntervalChart:
    told = {
        side.id: found.difference
        for side in document.scenarios
        if (found := row.scenarios.get(side.id)) is not None and found.difference is not None
    }
    widest = max((abs(end) for each in told.values() for end in _ends(each)), default=0.0)
    intervals = tuple(_interval(row, name, each, widest) for name, each in told.items()) if widest else ()
    base = "" if row.base is None else spread_text(row.base, row.unit)
    return IntervalChart(title_text(row, document.currency), base, intervals)


def _interval(row: FigureRow, name: str, difference: Difference, widest: float) -> Interval:
    middle, low, high = (round(HALF + end / widest * REACH, 1) for end in _ends(difference))
    return Interval(name, low, middle, high, difference.verdict, cell_texts(row, name)[1] or "same")


def _ends(difference: Difference) -> Iterator[float]:
    yield difference.mean
    yield difference.mean if difference.low is None else difference.low
    yield difference.mean if difference.high is None else difference.high
