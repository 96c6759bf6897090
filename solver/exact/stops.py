"""Stops that are no visit: restocks at stock locations and meetings with other vans, as far as a route can use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.exact.needs import lendable, most_used, supplied, where
from solver.exact.pairs import may_serve
from solver.problem import NONE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from ortools.sat.python.cp_model import CpModel, IntVar

    from solver.exact.head import Head
    from solver.problem import Bools, Ints, Problem


@dataclass(frozen=True)
class StopChoice:
    """A restock or a meeting that a route may make.

    ``location`` or ``meeting`` is NONE; ``copy`` counts the restocks of a route at one location. ``loads`` and
    ``gives`` are pieces by part, ``lines`` whether any of a part is taken on, ``tools`` what is borrowed. One that is
    not made starts and ends at ``idle_s``.
    """

    location: int
    meeting: int
    copy: int
    place: int
    idle_s: int
    made: IntVar
    start: IntVar
    handling: IntVar
    end: IntVar
    loads: dict[int, IntVar]
    lines: dict[int, IntVar]
    tools: dict[int, IntVar]
    gives: dict[int, IntVar]

    @property
    def variables(self) -> list[IntVar]:
        """Every decision about it."""
        quantities = (*self.loads.values(), *self.lines.values(), *self.tools.values(), *self.gives.values())
        return [self.made, self.start, self.handling, *quantities]


def stops_of(problem: Problem, model: CpModel, head: Head, copies: int) -> tuple[StopChoice, ...]:
    """Create the stops that a route may make: restocks first, then meetings."""
    maker = _Maker(problem, model, head)
    return (*maker.restocks(copies), *maker.meetings()) if maker.begin_s <= maker.end_s else ()


class _Maker:
    def __init__(self, problem: Problem, model: CpModel, head: Head) -> None:
        self.problem, self.model, self.shift = problem, model, head.shift
        shifts = problem.shifts
        self.technician = int(shifts.technician[self.shift])
        self.begin_s = int(shifts.start_s[self.shift]) if head.begin_s is None else head.begin_s
        self.end_s = int(shifts.regular_end_s[self.shift] + shifts.overtime_cap_s[self.shift])
        self.visits = [v for v in range(problem.n_visits) if self._may_serve(v)]
        self.most = most_used(problem)[self.visits]
        self.needs_tool = problem.visits.needs_tool[self.visits]

    def _may_serve(self, visit: int) -> bool:
        return visit not in self.problem.fact_visits and may_serve(self.problem, visit, self.shift)

    def restocks(self, copies: int) -> Iterator[StopChoice]:
        """Make no more copies at a location than there are pieces and tools that may be needed from there."""
        stock = self.problem.stock
        for location in where(stock.may_restock[self.technician]):
            parts = np.minimum(supplied(self.problem, location), self.most.sum(0))
            tools = lendable(self.problem, self.technician, location) & self.needs_tool.any(0)
            line_s = int(stock.line_s[location]) * int((parts > 0).sum() + tools.sum())
            for copy in range(min(copies, int(self.most[:, parts > 0].sum() + self.needs_tool[:, tools].sum()))):
                yield self._stop(
                    location=location,
                    copy=copy,
                    place=int(stock.place[location]),
                    most_s=int(stock.handling_s[location]) + line_s,
                    loads=parts,
                    tools=where(tools),
                )

    def meetings(self) -> Iterator[StopChoice]:
        """Make those of the shift's time at which this van can give what others need, or take what it needs."""
        meetings = self.problem.meetings
        for meeting in where(meetings.may_meet[self.technician]):
            at_s, takes_s = int(meetings.at_s[meeting]), int(meetings.handling_s[meeting])
            others: Bools = meetings.may_meet[:, meeting].copy()
            others[self.technician] = False
            stock, wanted = self.problem.technicians.stock, most_used(self.problem).sum(0)
            gives = np.minimum(stock[self.technician], wanted) * others.any()
            takes = np.minimum(stock[others].sum(0), self.most.sum(0))
            is_ahead = self.begin_s <= at_s <= self.end_s - takes_s
            if is_ahead and (gives.any() or takes.any()):
                yield self._stop(
                    meeting=meeting,
                    place=int(meetings.place[meeting]),
                    most_s=takes_s,
                    loads=takes,
                    gives=gives,
                )

    def _stop(
        self,
        place: int,
        most_s: int,
        loads: Ints,
        location: int = NONE,
        meeting: int = NONE,
        copy: int = 0,
        tools: list[int] | None = None,
        gives: Ints | None = None,
    ) -> StopChoice:
        model = self.model
        name = f"restock {location}/{copy} of {self.shift}" if meeting == NONE else f"meeting {meeting}"
        name = f"{name} of {self.shift}"
        return StopChoice(
            location=location,
            meeting=meeting,
            copy=copy,
            place=place,
            idle_s=self.begin_s,
            made=model.new_bool_var(f"{name} is made"),
            start=model.new_int_var(self.begin_s, self.end_s, f"start of {name}"),
            handling=model.new_int_var(0, most_s, f"handling of {name}"),
            end=model.new_int_var(self.begin_s, self.end_s, f"end of {name}"),
            loads=self._pieces(loads, f"loaded at {name}"),
            lines={p: model.new_bool_var(f"{p} is loaded at {name}") for p in where(loads > 0)},
            tools={tool: model.new_bool_var(f"{tool} is borrowed at {name}") for tool in tools or []},
            gives={} if gives is None else self._pieces(gives, f"given at {name}"),
        )

    def _pieces(self, most: Ints, name: str) -> dict[int, IntVar]:
        return {p: self.model.new_int_var(0, int(most[p]), f"{p} {name}") for p in where(most > 0)}
