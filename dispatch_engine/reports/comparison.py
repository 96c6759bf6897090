"""A comparison of scenarios as one HTML file that loads nothing: charts, every figure, maps side by side."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from dispatch_engine.formats.files import write_atomically
from dispatch_engine.reports.cost_stacks import cost_stacks
from dispatch_engine.reports.crew import crew_of
from dispatch_engine.reports.frame import path_text
from dispatch_engine.reports.html import page, resource
from dispatch_engine.reports.intervals import WIDTH, interval_charts
from dispatch_engine.reports.map import day_map, shared_ground
from dispatch_engine.reports.wording import day_name, moment
from dispatch_engine.travel.errors import TravelError
from dispatch_engine.whatif.words import (
    LEGEND,
    cell_texts,
    changes_text,
    effort_line,
    missing_lines,
    name_of,
    spread_text,
    title_text,
)

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dispatch_engine.exports.lines import DrivenLines
    from dispatch_engine.reports.crew import Member
    from dispatch_engine.reports.map import DayMap, Ground
    from dispatch_engine.whatif.comparing import Compared
    from dispatch_engine.whatif.comparison import ComparisonDocument, Side
    from dispatch_engine.whatif.runs import Sources


@dataclass(frozen=True)
class SideMap:
    """The map of one side on one day: its routes and stops, and the areas that are closed there."""

    side: Side
    name: str
    map: DayMap
    closed: str
    cost: str


@dataclass(frozen=True)
class MapsOfDay:
    """The maps of one day: the base's, and those of the scenarios to set beside it."""

    name: str
    base: SideMap
    scenarios: tuple[SideMap, ...]


@dataclass(frozen=True)
class DrawnPlan:
    """The plan of one side, ready to be drawn."""

    side: Side
    view: PlanView
    lines: DrivenLines


def dump_comparison(compared: Compared, path: str | Path, sources: Sources) -> None:
    """Write the page to a file, whole or not at all, or to standard output where the path is ``-``.

    Raises
    ------
    FileWriteError
        It cannot be written; an earlier file of this name is untouched.
    """
    write_atomically(path, comparison_html(compared, sources).encode())


def comparison_html(compared: Compared, sources: Sources) -> str:
    """Return the page.

    Parameters
    ----------
    compared
        What came of a comparison.
    sources
        Of travel times, for the lines of drives.
    """
    document = compared.document
    drawn = list(_drawn(compared, sources))
    ground = shared_ground([(each.view, each.lines) for each in drawn]) if drawn else None
    crew = _everyone(drawn)
    base = compared.problems[document.base.id]
    return page(
        "comparison.html.j2",
        style=resource("report.css") + resource("comparison.css"),
        title=base.name or document.problem_id,
        document=document,
        created=moment(document.created_at.astimezone(ZoneInfo(base.time_zone))),
        effort=effort_line(document),
        missing=missing_lines(document),
        scenarios=[(side, name_of(side), changes_text(side)) for side in document.scenarios],
        charts=interval_charts(document),
        chart_width=WIDTH,
        stacks=cost_stacks(document),
        legend=LEGEND,
        groups=_groups(document),
        ground=ground,
        crew=list(crew.values()),
        maps=list(_maps(drawn, ground, list(crew))) if ground else [],
        attribution=next((each.view.plan.travel.attribution for each in drawn), None),
    )


def _drawn(compared: Compared, sources: Sources) -> Iterator[DrawnPlan]:
    document = compared.document
    for side in (document.base, *document.scenarios):
        if side.id in compared.plans:
            view = PlanView(compared.problems[side.id], compared.plans[side.id])
            try:
                source = sources.open(view.problem.travel)
            except TravelError:
                source = None  # the lines are straight then, and say so
            yield DrawnPlan(side, view, driven_lines(view, Path(), source))


def _everyone(drawn: Sequence[DrawnPlan]) -> dict[str, Member]:
    """Return all who have a route on any side, as they look on each of them."""
    busy = {route.technician for each in drawn for route in each.view.plan.routes}
    order = [name for name in dict.fromkeys(name for each in drawn for name in each.view.capacities) if name in busy]
    members = {name: member for each in reversed(drawn) for name, member in crew_of(each.view, order).items()}
    return {name: members[name] for name in order}


def _maps(drawn: Sequence[DrawnPlan], ground: Ground, order: list[str]) -> Iterator[MapsOfDay]:
    days = sorted({each.view.day_of(route) for each in drawn for route in each.view.plan.routes})
    for day in days:
        base, *others = (_side_map(each, day, ground, order) for each in drawn)
        yield MapsOfDay(day_name(day), base, tuple(others))


def _side_map(each: DrawnPlan, day: date, ground: Ground, order: list[str]) -> SideMap:
    drawn = day_map(each.view, day, ground, each.lines, crew_of(each.view, order))
    total = each.view.plan.cost.total
    return SideMap(each.side, name_of(each.side), drawn, _closed(each, ground), f"{total:,.2f}")


def _closed(each: DrawnPlan, ground: Ground) -> str:
    """Return the outlines of the areas that are closed on a side, as a path."""
    areas = each.view.problem.travel.closed_areas
    if not areas:
        return ""
    from dispatch_engine.model.areas import area_of

    outlines = (area.exterior.coords for area in map(area_of, areas) if area is not None)
    return "".join(f"{path_text([[ground.frame.xy(lat, lon) for lon, lat in outline]])}z" for outline in outlines)


def _groups(document: ComparisonDocument) -> list[tuple[str, list[dict[str, Any]]]]:
    """Return the rows of the table of all figures by group; figures that are nothing everywhere are left out."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for row in document.figures:
        cells = [(*cell_texts(row, side.id), _verdict(row.scenarios.get(side.id))) for side in document.scenarios]
        base = "" if row.base is None else spread_text(row.base, row.unit)
        means = [each.spread.mean for each in row.scenarios.values()]
        if any(means) or (row.base is not None and row.base.mean):
            title = title_text(row, document.currency)
            groups.setdefault(row.group, []).append({"title": title, "base": base, "cells": cells})
    return list(groups.items())


def _verdict(found: Any) -> str:
    return "" if found is None or found.difference is None else str(found.difference.verdict)
