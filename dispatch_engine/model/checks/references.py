"""Ids name something that is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, suggestion
from dispatch_engine.model.paths import capacity_paths

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument

PEOPLE = "technicians and providers"


def check_references(problem: ProblemDocument) -> Iterator[Fault]:
    """Find ids of contracts, territories, technicians, shifts, calls and stock locations that stand for nothing."""
    people = {capacity.id: [shift.id for shift in capacity.shifts] for capacity in problem.capacities}
    contracts = {contract.id for contract in problem.contracts}
    territories = {territory.id for territory in problem.territories}
    for i, call in enumerate(problem.calls):
        path: Path = ("calls", i)
        yield from _unknown("contracts", contracts, _single((*path, "contract"), call.contract))
        yield from _unknown("territories", territories, _single((*path, "territory"), call.territory))
        yield from _unknown(PEOPLE, people, _people_of(call, path))
        yield from _unknown_shift(people, call, path)
    for path, capacity in capacity_paths(problem):
        yield from _unknown("territories", territories, _listed((*path, "home_territories"), capacity.home_territories))
    yield from _unknown(PEOPLE, people, _people_of_stock(problem))
    locations = {location.id for location in problem.stock_locations}
    for path, capacity in capacity_paths(problem):
        yield from _unknown("stock locations", locations, _single((*path, "replenished_at"), capacity.replenished_at))
    yield from _unknown("calls", {call.id for call in problem.calls}, _facts_of(problem))


def _people_of(call: Call, path: Path) -> Iterator[tuple[Path, str]]:
    yield from _listed((*path, "required_technicians"), call.required_technicians)
    yield from _listed((*path, "preferred_technicians"), call.preferred_technicians)
    yield from _listed((*path, "excluded_technicians"), call.excluded_technicians)
    yield from (((*path, "durations", name), name) for name in call.durations)
    yield from _single((*path, "pin", "technician"), call.pin.technician if call.pin else None)
    yield from _single((*path, "promise", "technician"), call.promise.technician if call.promise else None)


def _people_of_stock(problem: ProblemDocument) -> Iterator[tuple[Path, str]]:
    for i, location in enumerate(problem.stock_locations):
        yield from _listed(("stock_locations", i, "open_to"), location.open_to or ())
    for i, meeting in enumerate(problem.meetings):
        yield from _listed(("meetings", i, "technicians"), meeting.technicians or ())


def _unknown_shift(people: dict[str, list[str]], call: Call, path: Path) -> Iterator[Fault]:
    if call.pin is not None and call.pin.technician in people:
        shifts = people[call.pin.technician]
        name = f"shifts of {call.pin.technician}"
        yield from _unknown(name, shifts, _single((*path, "pin", "shift"), call.pin.shift))


def _facts_of(problem: ProblemDocument) -> Iterator[tuple[Path, str]]:
    for path, capacity in capacity_paths(problem):
        for i, shift in enumerate(capacity.shifts):
            for j, fact in enumerate(shift.facts.visits if shift.facts else ()):
                yield (*path, "shifts", i, "facts", "visits", j, "call"), fact.call


def _single(path: Path, name: str | None) -> Iterator[tuple[Path, str]]:
    if name is not None:
        yield path, name


def _listed(path: Path, names: Iterable[str]) -> Iterator[tuple[Path, str]]:
    for i, name in enumerate(names):
        yield (*path, i), name


def _unknown(things: str, known: Collection[str], names: Iterable[tuple[Path, str]]) -> Iterator[Fault]:
    for path, name in names:
        if name not in known:
            otherwise = f"Maybe it is missing from the {things}."
            advice = suggestion(name, known, otherwise)
            yield fault("unknown_reference", path, name, things=things, suggestion=advice)
