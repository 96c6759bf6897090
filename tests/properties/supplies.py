"""Random ways of getting parts and tools, added to a random problem: vans are short of parts, locations hold few."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from tests.properties.dice import DAY_S, UNIT, Dice
from tests.solver.builder import Location, Meeting, Parcel, Shift, Sourcing, Technician, Visit

PARTS_RULES = (
    "restock",
    "deliveries",
    "lent_tools",
    "sourcings",
    "couriers",
    "uncertain",
    "room",
    "nights",
    "limited_nights",
    "meetings",
)
"""The names of the rules on parts and tools that can be switched on."""

N_PARTS, N_TOOLS = 3, 2
OPENING_S = 7 * 3600


@dataclass(frozen=True)
class Supplied:
    """A problem's rows with what they need and have, and where more is to be had: arguments of ``make_problem``."""

    visits: Sequence[Visit]
    technicians: Sequence[Technician]
    shifts: Sequence[Shift]
    locations: Sequence[Location] = ()
    meetings: Sequence[Meeting] = ()
    part_sizes: Mapping[int, Sequence[int]] = field(default_factory=dict)


def with_supplies(dice: Dice, rows: Supplied, n_places: int) -> Supplied:
    """Draw needs, stock and supplies; rows keep everything else."""
    return _Draw(dice.rng, dice.rules, n_places, len(rows.technicians)).supplied(rows)


@dataclass(frozen=True)
class _Draw(Dice):
    n_places: int
    n_technicians: int

    def supplied(self, rows: Supplied) -> Supplied:
        n_locations = self.number(1, 2) if self.rules & {*PARTS_RULES[:3], "couriers", "nights"} else 0
        sizes = self.sizes()
        return Supplied(
            visits=[self.visit(visit, n_locations) for visit in rows.visits],
            technicians=[self.technician(technician, sizes) for technician in rows.technicians],
            shifts=[self.shift(shift, n_locations) for shift in rows.shifts],
            locations=[self.location() for _ in range(n_locations)],
            meetings=[self.meeting() for _ in range(self.number(1, 2) if "meetings" in self.rules else 0)],
            part_sizes=sizes,
        )

    def place(self) -> int:
        return self.number(0, self.n_places - 1)

    def moment(self, hours: int = 6) -> int:
        """Draw an instant of a working day, on the second of two days now and then."""
        return (DAY_S if self.has("two_days", 0.4) else 0) + OPENING_S + self.number(0, hours * 3600)

    def sizes(self) -> dict[int, tuple[int, int]]:
        return {part: (self.number(0, 3), self.number(1, 3)) for part in range(N_PARTS)} if "room" in self.rules else {}

    def visit(self, visit: Visit, n_locations: int) -> Visit:
        parts = self.levels(N_PARTS, 1, 1 + self.has("restock", 0.3), 0.45)
        revisit_ticks = self.price(UNIT, 20, 150) if self.has("uncertain", 0.7) else 0
        tools = self.some(N_TOOLS, 0.35) if "lent_tools" in self.rules else visit.tools
        stated = replace(visit, parts=parts, tools=tools, revisit_ticks=revisit_ticks)
        rows = [self.substitute(stated) for _ in range(self.number(1, 2) if self.has("sourcings") else 0)]
        rows += [self.sent(stated, n_locations)] if parts and self.has("couriers", 0.9) else []
        rows += [self.covered(stated) for _ in range(self.number(1, 2) if revisit_ticks else 0)]
        return replace(stated, sourcings=rows)

    def substitute(self, visit: Visit) -> Sourcing:
        parts = self.levels(N_PARTS, 1, 1, 0.4)
        return Sourcing(parts, substitute_ticks=self.price(UNIT, 0, 40), revisit_ticks=visit.revisit_ticks)

    def sent(self, visit: Visit, n_locations: int) -> Sourcing:
        """Send what the visit needs by courier, all of it or one part."""
        parts = dict(visit.parts)
        sent = parts if self.rng.random() < 0.7 else {min(parts): parts[min(parts)]}
        pickup_s = self.moment(4)
        return Sourcing(
            parts={part: pieces for part, pieces in parts.items() if part not in sent},
            parcels=[Parcel(self.number(0, n_locations - 1), sent, pickup_s)],
            release_s=pickup_s + self.number(0, 2 * 3600),
            courier_ticks=self.price(UNIT, 5, 80),
            revisit_ticks=visit.revisit_ticks,
        )

    def covered(self, visit: Visit) -> Sourcing:
        """Bring more than is needed for certain, so that a second visit is less likely."""
        extra = self.number(0, N_PARTS - 1)
        parts = {**visit.parts, extra: visit.parts.get(extra, 0) + 1}
        return Sourcing(parts, revisit_ticks=visit.revisit_ticks * self.number(0, 3) // 4)

    def technician(self, technician: Technician, sizes: Mapping[int, Sequence[int]]) -> Technician:
        stock = self.levels(N_PARTS, 1, 2, 0.6 if "meetings" in self.rules else 0.4)
        return replace(
            technician,
            stock=stock,
            tools=self.some(N_TOOLS, 0.3) if "lent_tools" in self.rules else technician.tools,
            room=self.room(stock, sizes),
        )

    def room(self, stock: Mapping[int, int], sizes: Mapping[int, Sequence[int]]) -> dict[int, int]:
        """Draw little more room than the stock takes up, or even less."""
        measures = self.some(2, 0.7) if sizes else []
        held = {m: sum(sizes[part][m] * pieces for part, pieces in stock.items()) for m in measures}
        return {measure: max(0, size + self.number(-1, 3)) for measure, size in held.items()}

    def shift(self, shift: Shift, n_locations: int) -> Shift:
        if shift.facts or shift.departed_s >= 0 or not self.has("nights", 0.8):
            return shift
        limit = self.levels(N_PARTS, 1, 2, 0.7) if self.has("limited_nights", 0.8) else None
        return replace(shift, overnight_location=self.number(0, n_locations - 1), overnight_limit=limit)

    def location(self) -> Location:
        supplies = [(part, 0, self.number(1, 2)) for part in self.some(N_PARTS, 0.7)]
        if "deliveries" in self.rules:
            supplies += [(part, self.moment(), self.number(1, 2)) for part in self.some(N_PARTS, 0.6)]
        is_open = bool(self.rules & {"restock", "deliveries", "lent_tools"})
        return Location(
            place=self.place(),
            handling_s=self.number(0, 900) if self.rng.random() < 0.8 else 0,
            line_s=self.number(1, 300) if self.rng.random() < 0.5 else 0,
            openings=self.openings() if self.rng.random() < 0.4 else (),
            tools=self.levels(N_TOOLS, 1, 1, 0.7) if "lent_tools" in self.rules else {},
            supplies=supplies,
            closed_to=self.some(self.n_technicians, 0.2 if is_open else 1.0),
        )

    def openings(self) -> list[tuple[int, int]]:
        hours: list[tuple[int, int]] = []
        earliest_s = OPENING_S
        for _ in range(self.number(1, 3)):
            earliest_s += self.number(0, 2 * 3600) + (DAY_S if hours and self.has("two_days", 0.4) else 0)
            latest_s = earliest_s + self.number(300, 3 * 3600)
            hours.append((earliest_s, latest_s))
            earliest_s = latest_s + 1
        return hours

    def meeting(self) -> Meeting:
        everyone = self.rng.random() < 0.7
        return Meeting(
            place=self.place(),
            at_s=self.moment(4) + 3600,
            handling_s=self.number(0, 900),
            technicians=None if everyone else self.some(self.n_technicians, 0.7),
        )
