"""The pick list of a night: what each van is loaded with at each stock location, and what is not to be had there."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.formats.documents import problem_sha256
from dispatch_engine.model.effective import horizon_of
from dispatch_engine.model.room import sizes_of
from dispatch_engine.restock.documents import LocationPicks, PickLine, PickList, VanPicks
from dispatch_engine.restock.errors import NightPlanError
from dispatch_engine.restock.following import Followed
from dispatch_engine.restock.handing_out import HandingOut
from dispatch_engine.restock.nights import Days
from dispatch_engine.restock.pieces import all_of
from dispatch_engine.restock.shortages import lacking_of, shortages_of
from dispatch_engine.restock.waiting import waiting_of
from dispatch_engine.restock.wants import Wanting

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from datetime import date

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.restock.handing_out import Portion
    from dispatch_engine.restock.ledger import Ledger
    from dispatch_engine.restock.nights import Night


def pick_list(problem: ProblemDocument, plan: PlanDocument | None = None, asked: date | None = None) -> PickList:
    """Return the pick list of a night.

    Parameters
    ----------
    problem
        Vans, stock locations and the policy of overnight replenishment.
    plan
        What the vans use and take on. Without one they hold what the document says.
    asked
        The local date of the evening. Default: the first night from the document's now on. What the nights until then
        load is worked out first, in the same way.

    Raises
    ------
    NightUnknownError
        The document has no such night.
    NightPlanError
        The policy loads what routes need, and there is no plan.
    NightPlanOtherError
        The plan names what the problem does not have.
    """
    if plan is None and problem.policy.overnight_replenishment == "need":
        raise NightPlanError(problem.id)
    days = Days(problem)
    night = days.night_of(asked)
    evening = _Evenings(problem, plan, days)
    portions = evening.portions_of(night)
    ledgers = {key: ledger.copied() for key, ledger in evening.ledgers.items()}
    return PickList(
        problem_id=problem.id,
        time_zone=problem.time_zone,
        now=problem.now or horizon_of(problem).start,
        night=night.evening,
        morning=night.morning,
        policy=problem.policy.overnight_replenishment,
        locations=tuple(_locations(problem, portions, ledgers)),
        waiting=tuple(waiting_of(problem, plan, ledgers)),
        notes=tuple(_notes(problem, plan)),
    )


class _Evenings:
    """Vans and stock locations, night by night."""

    def __init__(self, problem: ProblemDocument, plan: PlanDocument | None, days: Days) -> None:
        self._problem = problem
        self._days = days
        self._followed = Followed(problem, plan, days)
        self._wanting = Wanting(self._followed, days)
        self._holds = {capacity.id: Counter(capacity.stock) for capacity in problem.capacities}
        self.ledgers: dict[tuple[str, str], Ledger] = self._followed.ledgers()

    def portions_of(self, night: Night) -> list[Portion]:
        """Return what is handed out in a night, after all nights before it."""
        for day in self._days.evenings_before(night):
            self._followed.drive(day, self._holds)
            before = self._days.night_after(day)
            if before is not None:
                self._load(self._hand_out(before))
        self._followed.drive(night.evening, self._holds)
        return self._hand_out(night)

    def _hand_out(self, night: Night) -> list[Portion]:
        """Hand out what the locations have; what the plan itself loads in this night is worked out anew."""
        self._followed.give_back_night(night.morning, self.ledgers)
        wants = self._wanting.wants(night, self._holds)
        return HandingOut(self.ledgers, sizes_of(self._problem.parts)).hand_out(wants)

    def _load(self, portions: list[Portion]) -> None:
        for portion in portions:
            if not portion.wants.is_between:
                self._holds[portion.wants.capacity.id].update(portion.load)


def _locations(
    problem: ProblemDocument, portions: list[Portion], ledgers: dict[tuple[str, str], Ledger]
) -> Iterator[LocationPicks]:
    names = {part.id: part.name for part in problem.parts}
    for location in problem.stock_locations:
        here = [portion for portion in portions if portion.wants.location == location.id]
        if here:
            yield LocationPicks(
                location=location.id,
                name=location.name,
                vans=tuple(_van(portion, names) for portion in here),
                total=dict(sorted(all_of(portion.load for portion in here).items())),
                shortages=tuple(shortages_of(problem, location.id, here, ledgers)),
            )


def _van(portion: Portion, names: Mapping[str, str | None]) -> VanPicks:
    wants, lacking = portion.wants, lacking_of(portion)
    return VanPicks(
        technician=wants.capacity.id,
        name=wants.capacity.name,
        shift=wants.shift.id if wants.shift is not None else None,
        ready_at=wants.ready_at,
        holds=dict(sorted((+wants.holds).items())),
        lines=tuple(_line(portion, part, names.get(part), lacking[part]) for part in sorted(wants.wanted)),
    )


def _line(portion: Portion, part: str, name: str | None, lacking: int) -> PickLine:
    wants = portion.wants
    return PickLine(
        part=part,
        name=name,
        holds=wants.holds[part],
        target=wants.holds[part] + wants.wanted[part],
        load=portion.load[part],
        no_room=portion.missing[part] - lacking,
        lacking=lacking,
        calls=tuple(need.call for need in wants.needs if need.parts[part]),
    )


def _notes(problem: ProblemDocument, plan: PlanDocument | None) -> Iterator[str]:
    if problem.policy.overnight_replenishment == "none":
        yield (
            "the policy loads nothing overnight (overnight_replenishment: none). "
            "Maybe set it to loadout or need, in the document or with --policy."
        )
    elif all(capacity.replenished_at is None for capacity in problem.capacities):
        yield "no technician has replenished_at, so no van is loaded overnight. Maybe name their stock locations."
    elif plan is None:
        yield "no plan is given, so the vans hold what the document says. Maybe name the plan: --plan PLAN."
    if plan is not None and plan.problem_sha256 != problem_sha256(problem):
        yield "the plan was made for another document or with other options. Maybe plan it again."
