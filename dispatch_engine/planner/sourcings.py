"""How each call of a document can get its parts: the table of ways, and its rows in the solver's arrays.

The first way of a call is as stated: what it needs for certain out of the van, beyond what is kept for it there. The
others are put together by ``assembling``. What another way dominates is dropped, and so is what comes too late for
every shift or window. At most ``MAX_WAYS`` ways besides the first are kept: the cheapest, and in any case the cheapest
one that needs nothing of the van beyond what is kept for the call there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, TypeAlias

from dispatch_engine.model.effective import shifts_of
from dispatch_engine.model.plan import PlanWarning
from dispatch_engine.planner.assembling import Assembler
from dispatch_engine.planner.cases import coverages_of
from dispatch_engine.planner.columns import ints, table
from dispatch_engine.planner.stand_ins import StandIns
from dispatch_engine.planner.ways import Way, without_dominated
from solver.problem import NONE
from solver.supply import Sourcings
from solver.validation.ranges import MAX_COUNT, MAX_PRICE_TICKS

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.planner.bounds import Bounds
    from dispatch_engine.planner.holdings import Holdings
    from dispatch_engine.planner.reservations import Reservations
    from dispatch_engine.planner.timeline import Timeline

MAX_WAYS = 12
"""Ways besides the one as stated that a call has at most; each is tried at every place of every route."""

ENOUGH = 4 * MAX_WAYS
"""So many are put together before the dominated ones are dropped."""

SHOWN = 5

Key: TypeAlias = tuple[object, ...]


@dataclass(frozen=True)
class Ways:
    """The ways of each call in the order of the document, as stated first. ``cut`` are the calls that have more."""

    by_call: tuple[tuple[Way, ...], ...]
    cut: tuple[str, ...] = ()

    @cached_property
    def rows(self) -> tuple[tuple[int, Way], ...]:
        """The rows of the solver's table: each with its visit."""
        return tuple((visit, way) for visit, ways in enumerate(self.by_call) for way in ways[1:])

    @cached_property
    def first_row(self) -> tuple[int, ...]:
        """The number of each call's first row."""
        starts = [0]
        for ways in self.by_call:
            starts.append(starts[-1] + len(ways) - 1)
        return tuple(starts)

    def of_stop(self, visit: int, sourcing: int) -> Way:
        """Return the way by which a visit gets its parts; ``sourcing`` is a row, NONE: as stated."""
        return self.by_call[visit][0] if sourcing == NONE else self.rows[sourcing][1]

    def row_of(self, visit: int, key: Key) -> int | None:
        """Return the row of a visit's way that is described so, NONE: as stated, None: there is none such."""
        for number, way in enumerate(self.by_call[visit]):
            if key_of(way) == key:
                return self.first_row[visit] + number - 1 if number else NONE
        return None

    @property
    def parts(self) -> Iterator[str]:
        """The parts that some way takes from a van or a location."""
        for ways in self.by_call:
            for way in ways:
                yield from way.used
                yield from (part for parcel in way.parcels for part, _ in parcel.parts)


def key_of(way: Way) -> Key:
    """Return what tells the ways of a call apart: parcels, substitutes and covered cases."""
    parcels = tuple((each.location, each.parts, each.pickup_s) for each in way.parcels)
    return parcels, tuple(way.replaced), way.covered


def ways_of(
    problem: ProblemDocument,
    timeline: Timeline,
    bounds: Iterable[Bounds],
    reservations: Reservations,
    holdings: Holdings,
    now_s: int,
    known: Sequence[tuple[Way, ...] | None] | None = None,
    known_cut: Collection[str] = (),
) -> Ways:
    """Return the ways of all calls; ``known`` are those that hold already, ``known_cut`` which of these are not all."""
    of_rows = [None] * len(problem.calls) if known is None else known
    by_call: list[tuple[Way, ...]] = [() if ways is None else ways for ways in of_rows]
    cut = set(known_cut)
    sought = [row for row, ways in enumerate(of_rows) if ways is None]
    if sought:
        finder = _Finder(problem, timeline, max((each.hard_end_s for each in bounds), default=0), holdings, now_s)
    for row in sought:
        call = problem.calls[row]
        by_call[row], is_cut = finder.ways(call, reservations.kept_for(call))
        (cut.add if is_cut else cut.discard)(call.id)
    in_order = tuple(call.id for call in problem.calls if call.id in cut) if cut else ()
    return Ways(tuple(by_call), in_order)


def cut_warning(ways: Ways) -> tuple[PlanWarning, ...]:
    """Return a warning where calls have more ways to get their parts than are weighed."""
    if not ways.cut:
        return ()
    named = ", ".join(ways.cut[:SHOWN]) + (", …" if len(ways.cut) > SHOWN else "")
    count = "1 call has" if len(ways.cut) == 1 else f"{len(ways.cut)} calls have"
    message = (
        f"{count} more ways to get the parts than the {MAX_WAYS} that are weighed besides the one as stated ({named}): "
        "those that cost the most are left out. Maybe list fewer substitutes, or fewer cases."
    )
    return (PlanWarning(code="sourcings_cut", message=message, detail={"count": len(ways.cut), "weighed": MAX_WAYS}),)


def sourcings_of(ways: Ways, part: Mapping[str, int], location: Mapping[str, int]) -> Sourcings:
    """Return the solver's table; ``part`` and ``location`` are the columns and rows by id."""
    parcels = [(row, parcel) for row, (_, way) in enumerate(ways.rows) for parcel in way.parcels]
    each = [way for _, way in ways.rows]
    return Sourcings(
        visit=ints(visit for visit, _ in ways.rows),
        parts=table([way.used for way in each], part),
        courier_ticks=ints(way.courier_ticks for way in each),
        substitute_ticks=ints(way.substitute_ticks for way in each),
        revisit_ticks=ints(way.revisit_ticks for way in each),
        release_s=ints(way.release_s for way in each),
        parcel_sourcing=ints(row for row, _ in parcels),
        parcel_location=ints(location[parcel.location] for _, parcel in parcels),
        parcel_pickup_s=ints(parcel.pickup_s for _, parcel in parcels),
        parcel_parts=table([dict(parcel.parts) for _, parcel in parcels], part),
    )


class _Finder:
    """Finds the ways of one call after another."""

    def __init__(
        self, problem: ProblemDocument, timeline: Timeline, last_s: int, holdings: Holdings, now_s: int
    ) -> None:
        self._problem, self._holdings, self._now_s = problem, holdings, now_s
        self._policy, self._timeline, self._last_s = problem.policy, timeline, last_s

    @cached_property
    def _couriers(self) -> list[StockLocation]:
        allowed = self._policy.couriers == "allowed"
        return [each for each in self._problem.stock_locations if allowed and each.courier is not None]

    @cached_property
    def _assembler(self) -> Assembler:
        return Assembler(StandIns(self._problem), self._holdings, self._couriers, self._now_s)

    @cached_property
    def _facts(self) -> set[str]:
        shifts = (shift for _, shift in shifts_of(self._problem))
        return {fact.call for shift in shifts if shift.facts is not None for fact in shift.facts.visits}

    def ways(self, call: Call, kept: Mapping[str, int]) -> tuple[tuple[Way, ...], bool]:
        """Return the ways of a call, as stated first, and whether there are more."""
        coverages = coverages_of(call, kept, self._policy)
        first = coverages[0]
        stated = Way(used=first.wanted, kept=first.kept, covered=first.covered, revisit_ticks=first.revisit_ticks)
        if not any(each.wanted for each in coverages) or call.id in self._facts:
            return (stated,), False
        found, is_all = self._assembler.ways(call, coverages, from_van=True, enough=ENOUGH)
        if not is_all and self._couriers and all(way.used for way in found):
            found += self._assembler.ways(call, coverages, from_van=False, enough=1)[0]
        possible = without_dominated([stated, *(way for way in found if self._is_possible(call, way))])
        others = [way for way in possible if way is not stated]
        chosen = _cheapest(sorted(others, key=lambda way: (way.price_ticks, way.release_s)))
        return (stated, *chosen), not is_all or len(chosen) < len(others)

    def _is_possible(self, call: Call, way: Way) -> bool:
        """Return whether the parcels are there in time, and prices and pieces are ones that can be counted with."""
        prices = (way.courier_ticks, way.substitute_ticks, way.revisit_ticks)
        pieces = [*way.used.values(), *(count for parcel in way.parcels for _, count in parcel.parts)]
        in_time = not way.parcels or way.release_s <= self._last_start_s(call)
        return in_time and max(prices) <= MAX_PRICE_TICKS and max(pieces, default=0) <= MAX_COUNT

    def _last_start_s(self, call: Call) -> int:
        if call.pin is not None and call.pin.start is not None:
            return self._timeline.seconds(call.pin.start)
        ends = [self._timeline.clipped(window.end) for window in call.windows]
        return min(self._last_s, max(ends, default=self._last_s))


def _cheapest(ways: Sequence[Way]) -> list[Way]:
    """Return as many ways as a call may have, among them one that needs nothing from the van, where there is one."""
    kept = list(ways[:MAX_WAYS])
    without_van = next((way for way in ways if not way.used), None)
    if without_van is not None and without_van not in kept:
        kept[-1] = without_van
    return kept
