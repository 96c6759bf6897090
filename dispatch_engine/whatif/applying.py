"""A problem document with the changes of a scenario: a new document, or all faults at once. Nothing is half applied."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import pointer_of
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.run import faults_of
from dispatch_engine.whatif.blame import blamed
from dispatch_engine.whatif.contradictions import contradictions

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.whatif.scenario import ScenarioDocument


def applied(problem: ProblemDocument, scenario: ScenarioDocument) -> ProblemDocument:
    """Return the document with the changes made, one after the other; the document itself stays as it is.

    Parameters
    ----------
    problem
        A document without faults.
    scenario
        Whose changes are made; on what it is based is the caller's to do first.

    Raises
    ------
    DocumentErrors
        With every fault of every change: what contradicts, what names nothing, what does not fit into the document.
    """
    after, faults = _changed(problem, scenario)
    found = {*faults, *contradictions(scenario)}
    if not found:
        found = {*blamed(problem, scenario, faults_of(after))}
    if found:
        raise DocumentErrors(tuple(sorted(found)), f"scenario {scenario.id}")
    return after


def _changed(problem: ProblemDocument, scenario: ScenarioDocument) -> tuple[ProblemDocument, list[Fault]]:
    """Return the document with the changes that can be made, and the faults of those that cannot."""
    faults: list[Fault] = []
    for number, change in enumerate(scenario.changes):
        try:
            problem = change.applied(problem)
        except DocumentErrors as error:
            place = pointer_of(("changes", number))
            faults += (replace(each, pointer=place + each.pointer) for each in error.faults)
    return problem, faults
