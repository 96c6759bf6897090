"""What calls need: parts where the cause is known, else the causes with their parts; and what standing still costs."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.kinds import KINDS, PART_BEYOND
from dispatch_engine.generator.parts.causes import CAUSES
from dispatch_engine.model.calls import PartsCase, Substitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dispatch_engine.generator.kinds import Kind
    from dispatch_engine.generator.parts.catalogue import Catalogue
    from dispatch_engine.generator.parts.causes import Cause
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.model.calls import Call

DIAGNOSED = 0.6
"""Share of the breakdowns whose cause is known before the visit, as by remote diagnosis or an earlier visit."""

ESTIMATED = (0.8, 1.2)
"""By how much the probabilities that a call states differ from those of its kind of work: least and greatest factor."""

REVISIT_PRICES = {"gold": Decimal(240), "silver": Decimal(170), "basic": Decimal(120)}
"""Of a second visit, by contract."""

PRODUCTION_STOP = {
    "cold_room_down": 0.4,
    "lift_stopped": 0.08,
    "lift_drive_fault": 0.4,
    "no_heat": 0.15,
    "burner_fault": 0.3,
}
"""Probability that a breakdown stops a production, by kind of work."""

STOP_PER_HOUR = (Decimal(150), Decimal(240), Decimal(330), Decimal(450))
"""Price of an hour of such a stop."""

NO_COURIER = 0.12
"""Share of the calls to whose site nothing can be sent."""

AGREED = 0.06
"""Share of the calls of which the customer agreed to a part of another make."""

AGREED_PRICE = Decimal("0.2")
"""Its extra price: share of what it is worth."""


@dataclass(frozen=True)
class Needs:
    """Draws what calls need; all machines of a site are of one make."""

    catalogue: Catalogue
    draw: Draw
    make_by_site: dict[str, float]

    def call(self, call: Call) -> Call:
        """Return the call with what it needs, unless it needs a part that nobody has."""
        kind = next(kind for kind in KINDS if kind.name == call.kind)
        make, is_diagnosed = self.make_by_site[call.place.id or ""], self.draw.chance(DIAGNOSED)
        known = self._known(CAUSES[kind.name])
        cases = tuple(self._cases(kind, make))
        changes = {**self._extras(kind), "parts": {}}
        if kind.is_planned or is_diagnosed:
            changes["parts"] = self.catalogue.pieces(known, make)
        else:
            changes |= {"parts_cases": cases, "revisit_price": REVISIT_PRICES[call.contract or "basic"]}
        changes["substitutes"] = tuple(self._agreed(changes["parts"]))
        return call if PART_BEYOND in call.parts else call.model_copy(update=changes)

    def _known(self, causes: Sequence[Cause]) -> Mapping[str, int]:
        """Return the pieces by role of one of the causes, or of none of them."""
        rest = 1 - sum(cause.probability for cause in causes)
        weights = {number: cause.probability for number, cause in enumerate(causes)} | {len(causes): rest}
        return ([cause.pieces for cause in causes] + [{}])[self.draw.weighted(weights)]

    def _cases(self, kind: Kind, make: float) -> Iterator[PartsCase]:
        least, greatest = ESTIMATED
        factors = [least + (greatest - least) * self.draw.unit() for _ in CAUSES[kind.name]]
        estimates = [cause.probability * factor for cause, factor in zip(CAUSES[kind.name], factors, strict=True)]
        scale = 1 / max(1.0, sum(estimates))
        for cause, estimate in zip(CAUSES[kind.name], estimates, strict=True):
            percent = int(100 * scale * estimate)
            yield PartsCase(probability=percent / 100, parts=self.catalogue.pieces(cause.pieces, make))

    def _extras(self, kind: Kind) -> dict[str, Any]:
        is_stopped, rate = self.draw.chance(PRODUCTION_STOP.get(kind.name, 0.0)), self.draw.one_of(STOP_PER_HOUR)
        extras: dict[str, Any] = {"downtime_per_hour": rate, "priority": 1} if is_stopped else {}
        return extras | ({"courier_allowed": False} if self.draw.chance(NO_COURIER) else {})

    def _agreed(self, parts: dict[str, int]) -> Iterator[Substitute]:
        """Yield what the customer agreed to: the dearest part of the call may be of another make."""
        is_agreed, lot = self.draw.chance(AGREED), self.draw.unit()
        worth = {part.id: part.unit_price or Decimal(0) for part in self.catalogue.parts}
        dearest = max(parts, key=lambda name: worth[name], default=None)
        others = [] if dearest is None else self.catalogue.of_other_makes(dearest)
        if is_agreed and dearest is not None and others:
            other = others[int(lot * len(others))]
            price = (worth[other] * AGREED_PRICE).quantize(Decimal(1))
            yield Substitute(part=dearest, substitute=other, price=price)


def with_needs(settings: Settings, catalogue: Catalogue, calls: Sequence[Call]) -> tuple[Call, ...]:
    """Return the calls with what they need in place of the few parts of the simple days."""
    machines = Draw(settings.seed, "machines")
    sites = dict.fromkeys(call.place.id or "" for call in calls)
    needs = Needs(catalogue, Draw(settings.seed, "needs"), {site: machines.unit() for site in sites})
    return tuple(needs.call(call) for call in calls)
