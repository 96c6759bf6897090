"""Put ways of a call together piece by piece, the cheapest first (best-first search, Hart, Nilsson & Raphael 1968).

Every wanted piece is met by a piece of its part or of what can stand in for it, out of the van or by the courier of a
location. All parts from one location travel in one parcel, at one price. What comes with a kit meets further wants.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field, replace
from heapq import heappop, heappush
from itertools import count, islice, product
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.planner.money import ticks
from dispatch_engine.planner.timeline import whole_s
from dispatch_engine.planner.ways import Parcel, Replaced, Way

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.stock import StockLocation
    from dispatch_engine.planner.cases import Coverage
    from dispatch_engine.planner.holdings import Holdings
    from dispatch_engine.planner.stand_ins import StandIn, StandIns

MAX_DRAFTS = 1000
"""How many unfinished ways of a call are looked at, so that no call takes longer than a fraction of a second."""

MAX_PICKUPS = 2
"""Of the times at which the parcels of one way can be picked up, so many combinations are offered, the earliest."""

MAX_APART = 3
"""So many pieces of a part may come from different sources, where no van could hold them all; else all from one."""


NO_CHOICE = -1
"""The number of a want that is met by what is left of a kit."""


class Source(NamedTuple):
    """A piece out of the van (``location`` None) or by courier."""

    stand_in: StandIn
    location: str | None


class Want(NamedTuple):
    """Pieces of a part that come from one source."""

    part: str
    pieces: int


@dataclass(frozen=True)
class Draft:
    """A way whose first wants are met.

    ``choices`` are the numbers of their sources, ``spare`` the pieces left of kits, by kit and part.
    """

    coverage: Coverage
    wants: tuple[Want, ...]
    choices: tuple[int, ...] = ()
    van: Counter[str] = field(default_factory=Counter)
    sent: Mapping[str, Counter[str]] = field(default_factory=dict)
    spare: Counter[tuple[str, str]] = field(default_factory=Counter)
    replaced: Counter[tuple[str, str]] = field(default_factory=Counter)
    courier_ticks: int = 0
    substitute_ticks: int = 0

    @property
    def price_ticks(self) -> int:
        """What the way costs so far; it only rises."""
        return self.courier_ticks + self.substitute_ticks + self.coverage.revisit_ticks


class Assembler:
    """Finds ways for the calls of one document."""

    def __init__(self, stand_ins: StandIns, holdings: Holdings, couriers: Sequence[StockLocation], now_s: int) -> None:
        self._stand_ins = stand_ins
        self._holdings = holdings
        self._couriers = couriers
        self._price = {each.id: ticks(each.courier.price) for each in couriers if each.courier is not None}
        self._lead_s = {each.id: whole_s(each.courier.lead_time) for each in couriers if each.courier is not None}
        self._now_s = now_s

    def ways(self, call: Call, coverages: Sequence[Coverage], from_van: bool, enough: int) -> tuple[list[Way], bool]:
        """Return ways for each of the coverages, the cheapest first, and whether these are all.

        Parameters
        ----------
        call
            The call.
        coverages
            What can be covered.
        from_van
            Whether pieces may come out of the van.
        enough
            So many ways are enough.
        """
        sources: dict[str, list[Source]] = {}
        order, heap, found = count(), list[tuple[int, tuple[int, ...], int, Draft]](), list[Way]()
        for coverage in coverages:
            draft = Draft(coverage, tuple(self._wants(coverage.wanted)))
            heappush(heap, (draft.price_ticks, (), next(order), draft))
        for _ in range(MAX_DRAFTS):
            if not heap or len(found) >= enough:
                break
            draft = heappop(heap)[-1]
            if len(draft.choices) == len(draft.wants):
                found += self._finished(draft)
                continue
            part = draft.wants[len(draft.choices)].part
            if part not in sources:
                sources[part] = list(self._sources(call, part, from_van))
            for longer in self._extended(call, draft, sources[part]):
                heappush(heap, (longer.price_ticks, longer.choices, next(order), longer))
        return found, not heap

    def _wants(self, wanted: Mapping[str, int]) -> Iterator[Want]:
        for part, pieces in wanted.items():
            is_apart = self._holdings.in_a_van(part) < pieces <= MAX_APART
            yield from [Want(part, 1)] * pieces if is_apart else [Want(part, pieces)]

    def _sources(self, call: Call, part: str, from_van: bool) -> Iterator[Source]:
        """Yield where a piece of a part or what stands in for it can come from, in order of liking."""
        stand_ins = self._stand_ins.of(call, part)
        if from_van:
            yield from (Source(each, None) for each in stand_ins if self._holdings.in_a_van(each.part))
        if call.courier_allowed:
            for location in self._couriers:
                for each in stand_ins:
                    if self._holdings.in_all(location.id, each.part):
                        yield Source(each, location.id)

    def _extended(self, call: Call, draft: Draft, sources: Sequence[Source]) -> Iterator[Draft]:
        """Yield the draft with its next want met: by what is left of a kit, else in each other way."""
        want = draft.wants[len(draft.choices)]
        left = self._from_spare(call, draft, want)
        if left is not None:
            yield left
            return
        for number in range(_first_choice(draft, want), len(sources)):
            longer = self._met(draft, want, sources[number], number)
            if self._is_to_be_had(longer):
                yield longer

    def _from_spare(self, call: Call, draft: Draft, want: Want) -> Draft | None:
        for part, price in self._stand_ins.prices(call, want.part).items():
            kit = next((kit for (kit, name), left in draft.spare.items() if name == part and left >= want.pieces), None)
            if kit is not None:
                return replace(
                    draft,
                    choices=(*draft.choices, NO_CHOICE),
                    spare=draft.spare - Counter({(kit, part): want.pieces}),
                    replaced=draft.replaced + _replacement(want, kit),
                    substitute_ticks=draft.substitute_ticks + price * want.pieces,
                )
        return None

    def _met(self, draft: Draft, want: Want, source: Source, number: int) -> Draft:
        stand_in, location = source
        taken = Counter({stand_in.part: stand_in.needed(want.pieces)})
        sent, courier_ticks = draft.sent, draft.courier_ticks
        if location is not None:
            courier_ticks += 0 if location in sent else self._price[location]
            sent = {**sent, location: sent.get(location, Counter()) + taken}
        return replace(
            draft,
            choices=(*draft.choices, number),
            van=draft.van + taken if location is None else draft.van,
            sent=sent,
            spare=draft.spare + _spare(stand_in, want),
            replaced=draft.replaced + _replacement(want, stand_in.part),
            courier_ticks=courier_ticks,
            substitute_ticks=draft.substitute_ticks + stand_in.price(want.pieces),
        )

    def _is_to_be_had(self, draft: Draft) -> bool:
        """Return whether a van could hold, and every location has or will have, that many pieces."""
        holdings = self._holdings
        return all(pieces <= holdings.in_a_van(part) for part, pieces in draft.van.items()) and all(
            pieces <= holdings.in_all(location, part)
            for location, parts in draft.sent.items()
            for part, pieces in parts.items()
        )

    def _finished(self, draft: Draft) -> Iterator[Way]:
        """Yield the way with its parcels picked up as early as can be, and later where more has arrived by then."""
        locations = list(draft.sent)
        times = [self._pickups(location, draft.sent[location]) for location in locations]
        for pickups in islice(product(*times), MAX_PICKUPS):
            yield Way(
                used=dict(draft.van),
                kept=draft.coverage.kept,
                parcels=tuple(
                    Parcel(location, tuple(sorted(draft.sent[location].items())), at_s, at_s + self._lead_s[location])
                    for location, at_s in sorted(zip(locations, pickups, strict=True))
                ),
                replaced=tuple(Replaced(*pair, pieces) for pair, pieces in sorted(draft.replaced.items())),
                covered=draft.coverage.covered,
                courier_ticks=draft.courier_ticks,
                substitute_ticks=draft.substitute_ticks,
                revisit_ticks=draft.coverage.revisit_ticks,
            )

    def _pickups(self, location: str, parts: Counter[str]) -> list[int]:
        """Return when a parcel can be picked up: as soon as all is there, and whenever more arrives after that."""
        arrivals = {max(self._now_s, at_s) for part in parts for at_s in self._holdings.arrivals(location, part)}
        return [at_s for at_s in sorted(arrivals | {self._now_s}) if self._is_there(location, parts, at_s)]

    def _is_there(self, location: str, parts: Counter[str], at_s: int) -> bool:
        return all(self._holdings.at(location, part, at_s) >= pieces for part, pieces in parts.items())


def _first_choice(draft: Draft, want: Want) -> int:
    """Return the first source to try: of pieces of one part, the order does not matter."""
    number = len(draft.choices)
    is_same = number > 0 and draft.wants[number - 1].part == want.part
    return max(0, draft.choices[-1]) if is_same else 0


def _spare(stand_in: StandIn, want: Want) -> Counter[tuple[str, str]]:
    return Counter({(stand_in.part, part): pieces for part, pieces in stand_in.left(want.pieces).items()})


def _replacement(want: Want, part: str) -> Counter[tuple[str, str]]:
    return Counter({(want.part, part): want.pieces} if part != want.part else {})
