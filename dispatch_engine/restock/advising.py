"""Recommended loadouts: what each van should carry, from what was used before."""

from __future__ import annotations

from dataclasses import dataclass
from math import prod
from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.model.room import sizes_of
from dispatch_engine.restock.basis import Bases, notes_of
from dispatch_engine.restock.demand import demand_of
from dispatch_engine.restock.documents import HistorySummary, LoadoutAdvice, LoadoutAdviceOfVan, LoadoutLine
from dispatch_engine.restock.newsvendor import Candidate, Prices, loadout
from dispatch_engine.restock.room import Room

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.stock import Part
    from dispatch_engine.model.technicians import Capacity
    from dispatch_engine.restock.basis import Basis
    from dispatch_engine.restock.demand import Demand
    from dispatch_engine.restock.history import History

DEFAULT_SERVICE_LEVEL = 0.95
DEFAULT_HOLDING_RATE = 0.25
DIGITS = 6


@dataclass(frozen=True)
class AdviceOptions:
    """What is aimed at.

    Parameters
    ----------
    service_level
        Wanted probability, below 1, that the pieces of a part suffice in a review period.
    review_days
        Working days from one replenishment to the next.
    by_price
        Whether parts with a ``unit_price`` get the critical ratio as their target instead.
    holding_rate
        Price of keeping a piece for a year, as a share of its unit price.
    """

    service_level: float = DEFAULT_SERVICE_LEVEL
    review_days: int = 1
    by_price: bool = False
    holding_rate: float = DEFAULT_HOLDING_RATE


def recommend(
    problem: ProblemDocument, history: History, options: AdviceOptions, name: str = "the history"
) -> LoadoutAdvice:
    """Return recommended loadouts for the vans of a document.

    Parts that the history does not name stay in the loadouts as they are, and take up their room first.

    Raises
    ------
    DocumentErrors
        The history is too short, or of others; ``name`` is what the message calls it.
    """
    bases = Bases(problem, history, options.review_days, name)
    adviser = _Adviser(problem, history, options)
    return LoadoutAdvice(
        problem_id=problem.id,
        history=HistorySummary(
            rows=len(history.uses), first_day=history.days[0], last_day=history.days[-1], days=len(history.days)
        ),
        service_level=options.service_level,
        review_days=options.review_days,
        revisit_price=problem.policy.revisit_price if options.by_price else None,
        holding_rate=options.holding_rate if options.by_price else None,
        vans=tuple(adviser.advice(van, bases.of(van)) for van in bases.vans),
        notes=(*notes_of(problem, history), *adviser.notes(bases.vans)),
    )


def with_loadouts(problem: ProblemDocument, advice: LoadoutAdvice) -> ProblemDocument:
    """Return the document with the recommended loadouts put in; parts without a piece are left out."""
    loadouts = {
        van.technician: {line.part: line.recommended for line in van.lines if line.recommended} for van in advice.vans
    }
    return problem.model_copy(
        update={
            field: tuple(
                each.model_copy(update={"loadout": loadouts[each.id]}) if each.id in loadouts else each
                for each in getattr(problem, field)
            )
            for field in ("technicians", "providers")
            if field in problem.model_fields_set
        }
    )


class _Adviser:
    """Works out the loadout of one van after another."""

    def __init__(self, problem: ProblemDocument, history: History, options: AdviceOptions) -> None:
        self._options = options
        self._listed: Mapping[str, Part] = {part.id: part for part in problem.parts}
        self._used = sorted({use.part for use in history.uses})
        self._sizes = sizes_of(problem.parts)
        self._prices = Prices(float(problem.policy.revisit_price), options.holding_rate)

    def advice(self, van: Capacity, basis: Basis) -> LoadoutAdviceOfVan:
        """Return what one van should carry."""
        candidates = {part: self._candidate(part, basis) for part in self._used}
        kept = {part: pieces for part, pieces in van.loadout.items() if part not in candidates and pieces}
        room = Room(van.stock_capacity, self._sizes, kept)
        chosen = loadout(candidates, room)
        demands = {part: candidate.demand for part, candidate in candidates.items()}
        return LoadoutAdviceOfVan(
            technician=van.id,
            name=van.name,
            basis=basis.name,
            periods=len(basis.days) // self._options.review_days,
            lines=tuple(self._lines(van, candidates, chosen, kept)),
            room_binds=any(chosen[part] < candidate.wanted for part, candidate in candidates.items()),
            room_used={measure: rounded(share) for measure, share in room.used_shares().items()},
            joint_service=_joint(demands, chosen),
            present_joint_service=_joint(demands, van.loadout),
            fill_rate=_fill_rate(demands, chosen),
            present_fill_rate=_fill_rate(demands, van.loadout),
            covered_before=self._covered(basis, chosen) if basis.name == "own" else None,
        )

    def notes(self, vans: Iterable[Capacity]) -> Iterator[str]:
        """Yield what a person should know of the parts."""
        unlisted = [part for part in self._used if part not in self._listed]
        if unlisted and any(van.stock_capacity is not None for van in vans):
            yield (
                "not among the document's parts, and so counted as taking up no room: "
                f"{len(unlisted)} of the history's parts, {unlisted[0]} the first. Maybe list them with their sizes."
            )

    def _target(self, part: str) -> tuple[float, float]:
        """Return the wanted probability, and the price of keeping a piece for a review period."""
        listed = self._listed.get(part)
        if not self._options.by_price or listed is None or listed.unit_price is None:
            return self._options.service_level, 0.0
        price, days = float(listed.unit_price), self._options.review_days
        return self._prices.critical_ratio(price, days), self._prices.kept(price, days)

    def _candidate(self, part: str, basis: Basis) -> Candidate:
        target, kept = self._target(part)
        demand = demand_of(basis.observed(part), self._options.review_days, target)
        missing = self._prices.missing if self._options.by_price else 1.0
        return Candidate(demand, demand.quantile(target) if demand.mean else 0, missing, kept)

    def _lines(
        self, van: Capacity, candidates: Mapping[str, Candidate], chosen: Mapping[str, int], kept: Mapping[str, int]
    ) -> Iterator[LoadoutLine]:
        for part in sorted({*candidates, *kept}):
            present, candidate = van.loadout.get(part, 0), candidates.get(part)
            name = self._listed[part].name if part in self._listed else None
            if candidate is None:
                yield LoadoutLine(part=part, name=name, present=present, recommended=present, wanted=present)
            elif candidate.demand.mean or present:
                yield LoadoutLine(
                    part=part,
                    name=name,
                    present=present,
                    recommended=chosen[part],
                    wanted=candidate.wanted,
                    target=rounded(self._target(part)[0]),
                    service=rounded(candidate.demand.at_most(chosen[part])),
                    present_service=rounded(candidate.demand.at_most(present)),
                    mean=rounded(candidate.demand.mean),
                    distribution=candidate.demand.name,
                )

    def _covered(self, basis: Basis, chosen: Mapping[str, int]) -> float:
        """Return the share of the observed review periods in which the chosen pieces would have sufficed."""
        days = self._options.review_days
        short = [basis.observed(part).periods(days) > pieces for part, pieces in chosen.items()]
        return rounded(1.0 - float(np.logical_or.reduce(short).mean()))


def _joint(demands: Mapping[str, Demand], pieces: Mapping[str, int]) -> float:
    return rounded(prod(demand.at_most(pieces.get(part, 0)) for part, demand in demands.items()))


def _fill_rate(demands: Mapping[str, Demand], pieces: Mapping[str, int]) -> float:
    used = sum(demand.mean for demand in demands.values())
    filled = sum(demand.expected_fill(pieces.get(part, 0)) for part, demand in demands.items())
    return rounded(min(1.0, filled / used)) if used else 1.0


def rounded(number: float) -> float:
    """Return a probability or mean without digits that mean nothing."""
    return round(number, DIGITS)
