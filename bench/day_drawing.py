"""A picture of ``bench.day``: how the days of each policy are spread, figure by figure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.drawing import DOTS_PER_INCH, PANEL_INCHES
from dispatch_engine.simulation.summary import policies_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from dispatch_engine.simulation.figures import DayFigures

PANELS = (
    ("missed", "deadlines missed"),
    ("distance_km", "km"),
    ("wait_min", "from call to on site, min"),
    ("changed", "technicians changed"),
)


FLAT = frozenset({"static"})
"""Policies beside which nothing could be told of the others."""

COLUMNS = 2


def draw(days: Sequence[DayFigures], path: Path) -> None:
    """Write a picture: a panel a figure, a box a policy but ``FLAT`` ones, its days as dots."""
    from matplotlib import pyplot

    width, height = PANEL_INCHES
    rows = len(PANELS) // COLUMNS
    figure, panels = pyplot.subplots(rows, COLUMNS, figsize=(width * COLUMNS, height * rows), squeeze=False)
    policies = [policy for policy in policies_of(days) if policy not in FLAT]
    for panel, (name, title) in zip(panels.flat, PANELS, strict=True):
        values = [[getattr(each, name) for each in days if each.policy == policy] for policy in policies]
        panel.boxplot(values, tick_labels=policies, whis=(0, 100))
        for place, of in enumerate(values, start=1):
            panel.plot([place] * len(of), of, ".", color="C0", alpha=0.5)
        panel.set_title(f"{title}, each day")
        panel.set_ylim(bottom=0)
    figure.tight_layout()
    figure.savefig(path, dpi=DOTS_PER_INCH)
    pyplot.close(figure)
