"""Pictures of measurements, by matplotlib."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import matplotlib as mpl

from bench.record import OURS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.curve import Curve

mpl.use("Agg")  # no screen is needed

PANEL_INCHES = (5.2, 4.0)
DOTS_PER_INCH = 110
SOONEST_S = 0.05
"""The left end of the axis of time, which is logarithmic."""


def draw(curves: Sequence[Curve], path: Path) -> None:
    """Write a picture: a row an instance, a panel a set of rules, a line a run."""
    from matplotlib import pyplot

    rows = list(dict.fromkeys(curve.instance for curve in curves))
    columns = list(dict.fromkeys(curve.rules for curve in curves))
    width, height = PANEL_INCHES
    size = (width * len(columns), height * len(rows))
    figure, panels = pyplot.subplots(len(rows), len(columns), figsize=size, squeeze=False)
    for row, instance in enumerate(rows):
        for column, rules in enumerate(columns):
            here = [curve for curve in curves if (curve.instance, curve.rules) == (instance, rules)]
            _draw_panel(panels[row][column], here)
            panels[row][column].set_title(f"{instance}, rules: {rules}")
    figure.tight_layout()
    figure.savefig(path, dpi=DOTS_PER_INCH)
    pyplot.close(figure)


def _draw_panel(panel: Any, curves: Sequence[Curve]) -> None:
    """Draw the runs of one instance under one set of rules; a solver has one colour, we are black."""
    solvers = list(dict.fromkeys(curve.solver for curve in curves))
    for curve in curves:
        colour = "black" if curve.solver == OURS else f"C{solvers.index(curve.solver)}"
        label = curve.solver if curve is next(each for each in curves if each.solver == curve.solver) else None
        seconds = [max(SOONEST_S, at) for at, _ in curve.points]
        costs = [cost for _, cost in curve.points]
        marker = "o" if len(costs) == 1 else None
        panel.step(seconds, costs, where="post", color=colour, label=label, marker=marker)
    panel.set_xscale("log")
    if curves:
        panel.set_ylim(*_range_of(curves))
        panel.legend()
    panel.set_xlabel("seconds of search")
    panel.set_ylabel("cost of the best plan")


def _range_of(curves: Sequence[Curve]) -> tuple[float, float]:
    """Return the range of costs that is shown: from the best plan to half as much again as the worst in the end."""
    ends = [curve.points[-1][1] for curve in curves]
    least, most = min(ends), max(ends)
    margin = max(0.1 * least, 0.5 * (most - least))
    return least - 0.15 * margin, most + margin
