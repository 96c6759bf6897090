"""Judge a plan document against its problem document, in the words of both."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.formats.documents import problem_sha256
from dispatch_engine.kpis import kpis_of
from dispatch_engine.planner.findings import Finding
from dispatch_engine.planner.money import amount, amounts
from dispatch_engine.planner.reading import PlanReader
from dispatch_engine.planner.stated_parts import wrong_parts
from dispatch_engine.planner.translate import translate
from dispatch_engine.planner.violation_words import ViolationWords
from solver.checker import check
from solver.checker.catalogue import CATALOGUE

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.travel.source import TravelSource
    from solver.checker import CheckReport


@dataclass(frozen=True)
class Verdict:
    """The judgement on a plan. ``is_same_problem``: the plan was made for this very document."""

    findings: tuple[Finding, ...]
    is_same_problem: bool

    @property
    def accepted(self) -> bool:
        """Whether the plan breaks no rule."""
        return not self.findings


def judge(problem: ProblemDocument, plan: PlanDocument, source: TravelSource) -> Verdict:
    """Read the plan from scratch; report each rule it breaks and each sum that is not what follows from its stops.

    Raises
    ------
    TravelError
        Travel times are not to be had.
    """
    findings = findings_of(translate(problem, source), plan)
    return Verdict(findings, plan.problem_sha256 == problem_sha256(problem))


def findings_of(translation: Translation, plan: PlanDocument) -> tuple[Finding, ...]:
    """Return what is wrong with a plan; what it states besides is looked at where it breaks no rule."""
    reader = PlanReader(translation)
    solution = reader.solution(plan)
    report = check(translation.solver_problem, solution)
    words = ViolationWords(translation.frame, reader)
    broken = tuple(words.finding(violation) for violation in report.violations)
    if broken:
        return broken
    return (*wrong_parts(translation.frame, plan, solution), *_wrong_sums(translation.frame.problem, plan, report))


def _wrong_sums(problem: ProblemDocument, plan: PlanDocument, report: CheckReport) -> Iterator[Finding]:
    """Compare what the plan states of itself with what follows from its routes."""
    stated = {"total": plan.cost.total} | {term: cost for term, cost in plan.cost.by_term.items() if cost}
    derived = {"total": amount(report.cost_ticks)} | amounts(report.cost_by_term)
    for name in [*derived, *(set(stated) - set(derived))]:
        found, expected = stated.get(name, 0), derived.get(name, 0)
        if found != expected:
            message = f"the plan states the cost {name} as {found}; {expected} follows from its routes"
            yield Finding("cost_wrong", f"{message}. {CATALOGUE['cost_wrong'].advice}")
    kpis = kpis_of(problem, plan.routes, plan.unplanned)
    for name in type(kpis).model_fields:
        found, expected = getattr(plan.kpis, name), getattr(kpis, name)
        if found != expected:
            message = f"the plan states the figure {name} as {found}; {expected} follows from its routes"
            yield Finding("figure_wrong", f"{message}. Maybe the plan was edited by hand.")
