"""Random days on which parts are short: what a plan says of missing parts is what comes of trying it elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np

from dispatch_engine.model.missing_parts import MissingParts
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner.explaining import explain
from dispatch_engine.travel.open import open_travel
from tests.dispatch_engine.planner.changing import with_change
from tests.dispatch_engine.planner.days import N_PLACES, at, call, day, location, meeting, plan_of, shift, technician

DAYS = 80
PARTS = ("A", "B", "C")
ROUNDED = Decimal("0.002")
"""Sums of amounts that are each rounded to the thousandth."""


class Draw:
    """Draws a day: calls that use parts, vans and locations that hold few of them."""

    def __init__(self, number: int) -> None:
        self.rng = np.random.default_rng([41, number])

    def has(self, chance: float) -> bool:
        return bool(self.rng.random() < chance)

    def number(self, low: int, high: int) -> int:
        return int(self.rng.integers(low, high + 1))

    def place(self) -> str:
        return f"P{self.number(0, N_PLACES - 1)}"

    def pieces(self, chance: float, most: int) -> dict[str, int]:
        return {part: self.number(1, most) for part in PARTS if self.has(chance)}

    def hours(self, earliest: int, latest: int) -> dict[str, str]:
        first = self.number(earliest, latest - 1)
        return {"start": at(first, 30 * self.number(0, 1)), "end": at(self.number(first + 1, latest))}

    def technician(self, index: int) -> dict[str, Any]:
        more: dict[str, Any] = {"stock_capacity": {"slots": self.number(1, 4)}} if self.has(0.4) else {}
        stock = self.pieces(0.4, 2)
        if self.has(0.3):
            more["reserved_stock"] = {part: 1 for part in stock if self.has(0.5)}
        skills = {"lift": 1} if self.has(0.7) else {}
        hours = [shift(end=self.number(10, 16))]
        return technician(f"T-{index}", self.place(), shifts=hours, stock=stock, skills=skills, **more)

    def call(self, index: int) -> dict[str, Any]:
        more: dict[str, Any] = {"windows": [self.hours(8, 15)]} if self.has(0.4) else {}
        if self.has(0.3):
            more["substitutes"] = [{"part": "A", "substitute": "C", "price": 15}]
        if self.has(0.5):
            more["skills"] = {"lift": 1}
        return call(
            f"C-{index}",
            self.place(),
            parts=self.pieces(0.6, 2),
            drop_price=self.number(20, 300),
            courier_allowed=self.has(0.7),
            **more,
        )

    def location(self, index: int) -> dict[str, Any]:
        more: dict[str, Any] = {"courier": {"lead_time": "PT1H", "price": 25}} if self.has(0.4) else {}
        if self.has(0.5):
            more["deliveries"] = [{"at": at(self.number(9, 15)), "parts": self.pieces(0.6, 2)}]
        if self.has(0.3):
            more["open_to"] = ["T-0"]
        stock = self.pieces(0.4, 2)
        return location(f"L-{index}", self.place(), opening=[self.hours(6, 16)], handling=300, stock=stock, **more)

    def day(self) -> ProblemDocument:
        policy = {name: "none" for name in ("restocking", "couriers", "transfers") if self.has(0.1)}
        return day(
            [self.call(index) for index in range(self.number(3, 6))],
            [self.technician(index) for index in range(self.number(1, 3))],
            stock_locations=[self.location(index) for index in range(self.number(1, 2))],
            meetings=[meeting(hour=self.number(9, 14))] if self.has(0.4) else [],
            parts=[{"id": part, "slots": 1} for part in PARTS],
            policy=policy,
            horizon={"start": at(0), "end": at(20)},
        )


@cache
def planned() -> tuple[tuple[ProblemDocument, PlanDocument], ...]:
    problems = [Draw(number).day() for number in range(DAYS)]
    return tuple((problem, plan_of(problem, iterations=100)) for problem in problems)


def lacking() -> Iterator[tuple[ProblemDocument, PlanDocument, str, MissingParts]]:
    for problem, plan in planned():
        for each in plan.unplanned:
            if each.missing_parts is not None:
                yield problem, plan, each.call, each.missing_parts


def cheapest_by_trying(problem: ProblemDocument, plan: PlanDocument, name: str) -> Decimal | None:
    """Return what the call would add on the cheapest shift, by another path of the program."""
    found = explain(problem, plan, name, open_travel(problem.travel, Path.cwd()))
    return min((option.added for option in found.options if option.added is not None), default=None)


def test_the_cheapest_way_costs_what_explaining_the_call_finds() -> None:
    seen = set()
    for problem, plan, name, missing in lacking():
        costs = [way.cost for way in missing.ways if way.cost is not None]
        assert (costs[0] if costs else None) == cheapest_by_trying(problem, plan, name)
        assert costs == sorted(costs)
        seen |= {way.kind for way in missing.ways if way.cost is not None}
    assert seen >= {"restock", "courier", "substitute", "van"}


def test_a_document_with_a_change_made_has_the_call_in_a_plan_for_what_is_stated() -> None:
    seen = set()
    for problem, plan, name, missing in lacking():
        for change in missing.changes:
            stated = plan.cost.total - missing.leaving_out + change.cost + ROUNDED
            changed = with_change(problem, name, change)
            again = (plan_of(changed, iterations=effort, warm_start=plan) for effort in (100, 3000))
            assert any(each.cost.total <= stated for each in again)
            seen.add(change.kind)
    assert seen == {"van_stock", "delivery", "opening", "room", "overtime", "drop_price"}


def test_who_has_a_part_has_as_many_pieces_as_are_left_used_and_reserved() -> None:
    for problem, _, _, missing in lacking():
        stock = {each.id: each.stock for each in problem.capacities}
        for part in missing.parts:
            for holder in part.holders:
                if holder.technician is not None:
                    assert holder.free + holder.used + holder.reserved == stock[holder.technician][part.part]
