"""Stops that are no visit: restocks at stock locations and meetings with other vans, as far as a route can use them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.exact.needs import lendable, most_used, supplied, where
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
    not made has start, handling and end 0.
    """

    location: int
    meeting: int
    copy: int
    place: int
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


def stops_of(problem: Problem, model: CpModel, head: Head, copies: int, latest_s: int) -> tuple[StopChoice, ...]:
    """Create the stops that a route may make: restocks first, then meetings."""
    maker = _Maker(problem, model, head, latest_s)
    return (*maker.restocks(copies), *maker.meetings())


class _Maker:
    def __init__(self, problem: Problem, model: CpModel, head: Head, latest_s: int) -> None:
        self.problem, self.model, self.head, self.latest_s = problem, model, head, latest_s
        self.technician = int(problem.shifts.technician[head.shift])
        self.most = most_used(problem)

    def restocks(self, copies: int) -> Iterator[StopChoice]:
        """Make no more copies at a location than there are visits that can need something from there."""
        stock = self.problem.stock
        for location in where(stock.may_restock[self.technician]):
            parts = np.minimum(supplied(self.problem, location), self.most.sum(0))
            tools = lendable(self.problem, self.technician, location) & self._needed_tools()
            line_s = int(stock.line_s[location]) * int((parts > 0).sum() + tools.sum())
            for copy in range(min(copies, self._n_needing(parts > 0, tools))):
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
            stock, wanted = self.problem.technicians.stock, self.most.sum(0)
            gives = np.minimum(stock[self.technician], wanted) if others.any() else np.zeros_like(wanted)
            takes = np.minimum(stock[others].sum(0), wanted)
            is_ahead = at_s >= self._begin_s and at_s + takes_s <= self.latest_s
            if is_ahead and (gives.any() or takes.any()):
                yield self._stop(
                    meeting=meeting,
                    place=int(meetings.place[meeting]),
                    most_s=takes_s,
                    loads=takes,
                    gives=gives,
                )

    @property
    def _begin_s(self) -> int:
        begin_s = self.head.begin_s
        return int(self.problem.shifts.start_s[self.head.shift]) if begin_s is None else begin_s

    def _decided(self) -> list[int]:
        return [v for v in range(self.problem.n_visits) if v not in self.problem.fact_visits]

    def _needed_tools(self) -> Bools:
        return np.asarray(self.problem.visits.needs_tool[self._decided()].any(0))

    def _n_needing(self, parts: Bools, tools: Bools) -> int:
        needs_part = (self.most[:, parts] > 0).any(1)
        needs_tool = self.problem.visits.needs_tool[:, tools].any(1)
        return int(np.asarray(needs_part | needs_tool)[self._decided()].sum())

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
        name = f"restock {location}/{copy} of {self.head.shift}" if meeting == NONE else f"meeting {meeting}"
        name = f"{name} of {self.head.shift}"
        return StopChoice(
            location=location,
            meeting=meeting,
            copy=copy,
            place=place,
            made=model.new_bool_var(f"{name} is made"),
            start=model.new_int_var(0, self.latest_s, f"start of {name}"),
            handling=model.new_int_var(0, most_s, f"handling of {name}"),
            end=model.new_int_var(0, self.latest_s, f"end of {name}"),
            loads=self._pieces(loads, f"loaded at {name}"),
            lines={p: model.new_bool_var(f"{p} is loaded at {name}") for p in where(loads > 0)},
            tools={tool: model.new_bool_var(f"{tool} is borrowed at {name}") for tool in tools or []},
            gives={} if gives is None else self._pieces(gives, f"given at {name}"),
        )

    def _pieces(self, most: Ints, name: str) -> dict[int, IntVar]:
        return {p: self.model.new_int_var(0, int(most[p]), f"{p} {name}") for p in where(most > 0)}
