"""More calls, fewer calls, or other calls of the same sort. What is drawn depends on the seed alone.

References
----------
Efron (1979), "Bootstrap methods: another look at the jackknife": calls drawn again from those that there are.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from random import Random
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.model.areas import areas_of, territory_at
from dispatch_engine.model.base import Model
from dispatch_engine.model.calls import Call, Priority
from dispatch_engine.model.effective import contract_of, priority_of
from dispatch_engine.model.fields import Id
from dispatch_engine.model.positions import position_of, positions_of
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.changes.change import Change, refused

if TYPE_CHECKING:
    from collections.abc import Callable

Seed = Annotated[int, Field(ge=0, lt=2**32)]
Growth = Annotated[Decimal, Field(ge=0, le=10, decimal_places=3)]

OWN = {"pin": None, "promise": None}
"""What belongs to one call alone and is not copied."""


class Which(Model):
    """Which calls are meant: those to which all that is stated applies."""

    kinds: tuple[Id, ...] | None = None
    contracts: tuple[Id, ...] | None = None
    priorities: tuple[Priority, ...] | None = None
    territories: tuple[Id, ...] | None = None


class ScaleDemand(Change):
    """So many times as many calls: 1.2 copies a fifth of them once more, 0.9 leaves a tenth out.

    With the same seed a larger factor has all the calls of a smaller one, so that scenarios of growth can be compared.
    Pinned calls and those that are worked on already always stay.
    """

    type: Literal["scale_demand"]
    factor: Growth
    which: Which = Which()
    """Default: all calls."""
    seed: Seed = 0

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with more or fewer calls."""
        meant = _meant(problem, self.which)
        count, draw = _rounded(len(meant) * self.factor), Random(self.seed)
        if count >= len(meant):
            return _with_copies(problem, _drawn(meant, count - len(meant), draw))
        order = sorted(_free(problem, meant), key=lambda _: draw.random())
        gone = {call.id for call in order[: len(meant) - count]}
        return problem.model_copy(update={"calls": tuple(each for each in problem.calls if each.id not in gone)})


class ResampleDemand(Change):
    """Another day like this one: as many calls, drawn again with replacement from those that there are.

    Pinned calls and those that are worked on already always stay.
    """

    type: Literal["resample_demand"]
    which: Which = Which()
    """Default: all calls."""
    seed: Seed = 0

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with other calls in place of those that are free."""
        free = _free(problem, _meant(problem, self.which))
        gone = {call.id for call in free}
        drawn = _drawn(free, len(free), Random(self.seed))
        kept = tuple(each for each in problem.calls if each.id not in gone)
        return _with_copies(problem.model_copy(update={"calls": kept}), drawn, problem)


def _rounded(count: Decimal) -> int:
    return int(count + Decimal("0.5"))


def _drawn(calls: Sequence[Call], count: int, draw: Random) -> list[Call]:
    """Return so many calls, each equally likely every time."""
    return [calls[int(draw.random() * len(calls))] for _ in range(count)]


def _with_copies(
    problem: ProblemDocument, drawn: Sequence[Call], named: ProblemDocument | None = None
) -> ProblemDocument:
    """Return the document with copies of calls under ids that neither it nor ``named`` has."""
    taken = {call.id for call in (named or problem).calls}
    copies = []
    for call in drawn:
        name = next(name for k in range(1, len(drawn) + len(taken) + 2) if (name := f"{call.id}~{k}") not in taken)
        taken.add(name)
        copies.append(call.model_copy(update={"id": name, **{k: v for k, v in OWN.items() if getattr(call, k)}}))
    return problem.model_copy(update={"calls": (*problem.calls, *copies)})


def _free(problem: ProblemDocument, calls: Sequence[Call]) -> list[Call]:
    """Return the calls that can be left out: neither pinned nor begun."""
    shifts = (shift for capacity in problem.capacities for shift in capacity.shifts if shift.facts is not None)
    begun = {fact.call for shift in shifts for fact in (shift.facts.visits if shift.facts else ())}
    return [call for call in calls if call.pin is None and call.id not in begun]


def _meant(problem: ProblemDocument, which: Which) -> list[Call]:
    """Return the calls that are meant.

    Raises
    ------
    DocumentErrors
        There is none.
    """
    tests = _tests(problem, which)
    found = [call for call in problem.calls if all(test(call) for test in tests)]
    if not found:
        raise refused(scenario_fault("demand_unmatched", ("which",), which))
    return found


def _tests(problem: ProblemDocument, which: Which) -> list[Callable[[Call], bool]]:
    tests: list[Callable[[Call], bool]] = []
    kinds, contracts, priorities, territories = which.kinds, which.contracts, which.priorities, which.territories
    if kinds is not None:
        tests.append(lambda call: call.kind in kinds)
    if contracts is not None:
        tests.append(lambda call: call.contract in contracts)
    if priorities is not None:
        tests.append(lambda call: priority_of(call, contract_of(problem, call)) in priorities)
    if territories is not None:
        territory_of = _territory_of(problem)
        tests.append(lambda call: territory_of(call) in territories)
    return tests


def _territory_of(problem: ProblemDocument) -> Callable[[Call], str | None]:
    areas, positions = areas_of(problem.territories), positions_of(problem)

    def found(call: Call) -> str | None:
        position = position_of(call.place, positions)
        return call.territory or (None if position is None else territory_at(position, areas))

    return found
