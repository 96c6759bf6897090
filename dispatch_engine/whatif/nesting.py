"""Scenarios that are based on others: each with all that its changes follow."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import scenario_fault, suggestion
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.whatif.applying import applied
from dispatch_engine.whatif.scenario import ProblemBase

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.scenario import ScenarioDocument

BASE_ID = "base"
"""What the base is called where scenarios are compared; no scenario has this id."""


def by_id(scenarios: Sequence[ScenarioDocument]) -> dict[str, ScenarioDocument]:
    """Return scenarios by their ids.

    Raises
    ------
    DocumentErrors
        Two have one id, one is called like the base, or one is based on what is not there or on itself.
    """
    known: dict[str, ScenarioDocument] = {}
    faults: list[Fault] = []
    for position, scenario in enumerate(scenarios):
        if scenario.id in known or scenario.id == BASE_ID:
            faults.append(scenario_fault("scenario_id_taken", (position, "id"), scenario.id))
        known.setdefault(scenario.id, scenario)
    faults += (fault for position, each in enumerate(scenarios) for fault in _faults(each, known, position))
    if faults:
        raise DocumentErrors(tuple(faults), "the list of scenarios")
    return known


def chain_of(scenario: ScenarioDocument, known: Mapping[str, ScenarioDocument]) -> tuple[ScenarioDocument, ...]:
    """Return a scenario behind all that it is based on, in the order in which their changes are made."""
    chain = [scenario]
    while (based_on := chain[-1].based_on) is not None:
        chain.append(known[based_on])
    return tuple(reversed(chain))


def require_base(scenario: ScenarioDocument, problem: ProblemDocument) -> None:
    """Refuse a scenario that was made for another problem document.

    Raises
    ------
    DocumentErrors
        It names another.
    """
    base = scenario.base
    if base is None or (isinstance(base, ProblemBase) and base.problem == problem.id):
        return
    raise DocumentErrors(
        (scenario_fault("scenario_base", ("base",), base, found=f"problem {problem.id}"),), f"scenario {scenario.id}"
    )


def prepared(problem: ProblemDocument, scenarios: Sequence[ScenarioDocument]) -> dict[str, ProblemDocument]:
    """Return the problem that each scenario comes to, by its id, in the order given.

    Raises
    ------
    DocumentErrors
        With every fault of how scenarios build on each other, else of all their changes; where there are several
        scenarios, pointers begin with the position of one. Of a scenario that is based on a faulty one nothing is said.
    """
    known = by_id(scenarios)
    found: dict[str, ProblemDocument] = {}
    faults: dict[str, tuple[Fault, ...]] = {}
    for scenario in sorted(scenarios, key=lambda each: len(chain_of(each, known))):
        if scenario.based_on in faults:
            faults[scenario.id] = ()
            continue
        try:
            require_base(scenario, problem)
            before = problem if scenario.based_on is None else found[scenario.based_on]
            found[scenario.id] = applied(before, scenario)
        except DocumentErrors as error:
            faults[scenario.id] = error.faults
    if faults:
        raise DocumentErrors(tuple(_located(scenarios, faults)), "the list of scenarios")
    return {each.id: found[each.id] for each in scenarios}


def _located(scenarios: Sequence[ScenarioDocument], faults: Mapping[str, tuple[Fault, ...]]) -> Iterator[Fault]:
    """Yield faults of several scenarios below the positions of these."""
    for position, scenario in enumerate(scenarios):
        place = "" if len(scenarios) == 1 else f"/{position}"
        yield from (replace(each, pointer=place + each.pointer) for each in faults.get(scenario.id, ()))


def _faults(scenario: ScenarioDocument, known: Mapping[str, ScenarioDocument], position: int) -> Iterator[Fault]:
    if scenario.based_on is None:
        return
    path = (position, "based_on")
    if scenario.based_on not in known:
        advice = suggestion(scenario.based_on, list(known), "Maybe the document that holds it was not named.")
        yield scenario_fault("scenario_unknown", path, scenario.based_on, suggestion=advice)
    elif _is_circular(scenario, known):
        yield scenario_fault("scenario_circular", path, scenario.based_on)


def _is_circular(scenario: ScenarioDocument, known: Mapping[str, ScenarioDocument]) -> bool:
    seen, current = {scenario.id}, scenario.based_on
    while current is not None and current in known:
        if current in seen:
            return current == scenario.id
        seen.add(current)
        current = known[current].based_on
    return False
