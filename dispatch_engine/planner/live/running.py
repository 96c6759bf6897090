"""The plan that is in effect on a board."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from dispatch_engine.planner.run import document_warnings
from dispatch_engine.planner.sourcings import cut_warning

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.plan import Cost, PlanWarning, Route, UnplannedCall
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.live.ledgers import Ledgers
    from dispatch_engine.planner.translate import Translation
    from solver.checker import CheckReport
    from solver.checker.record import RouteRecord
    from solver.routing import Routing
    from solver.solution import Route as TimedRoute
    from solver.solution import Solution
    from solver.tables import Tables

T = TypeVar("T")


@dataclass(frozen=True)
class JudgedRoute:
    """A route, timed, priced in ticks by term, read by the checker, and written."""

    timed: TimedRoute
    by_term: Mapping[str, int]
    record: RouteRecord
    document: Route

    def in_words_of(self, routes: Mapping[tuple[str, str], Route]) -> JudgedRoute:
        """Return the same with a document that is written already, where that reads alike."""
        document = known(self.document, routes.get((self.document.technician, self.document.shift)))
        return self if document is self.document else replace(self, document=document)


@dataclass(frozen=True)
class RunningPlan:
    """A checked plan of one problem document, as the solver has it and as documents.

    Attributes
    ----------
    translation
        The problem document as arrays.
    tables
        The arrays laid out for the kernels.
    routings
        The route of each shift with what it takes from where.
    ledgers
        The latter for all routes side by side.
    judged
        The routes by the row of their shift.
    solution
        The timed routes and what is left out.
    report
        The checker's.
    routes
        The routes by (technician, shift), in the order of the document. What a repair does not change is the same
        object as before.
    unplanned
        The calls left out, by id.
    cost
        Of the whole plan.
    """

    translation: Translation
    tables: Tables
    routings: tuple[Routing, ...]
    ledgers: Ledgers
    judged: Mapping[int, JudgedRoute]
    solution: Solution
    report: CheckReport
    routes: Mapping[tuple[str, str], Route]
    unplanned: Mapping[str, UnplannedCall]
    cost: Cost

    @property
    def problem(self) -> ProblemDocument:
        """The problem that is planned."""
        return self.translation.frame.problem

    def in_words_of(
        self, routes: Mapping[tuple[str, str], Route], unplanned: Mapping[str, UnplannedCall]
    ) -> RunningPlan:
        """Return the same plan; what reads like a route or call that is written already is that object.

        So whoever asks what has changed later on need not read what has not.
        """
        judged = {s: each.in_words_of(routes) for s, each in self.judged.items()}
        documents = [judged[s].document for s in sorted(judged)]
        return replace(
            self,
            judged=judged,
            routes={(each.technician, each.shift): each for each in documents},
            unplanned={call: known(left, unplanned.get(call)) for call, left in self.unplanned.items()},
        )

    @cached_property
    def warnings(self) -> tuple[PlanWarning, ...]:
        """What a person should know of the document and its places."""
        cut = cut_warning(self.translation.frame.ways)
        return (*document_warnings(self.problem), *cut, *self.translation.times.warnings)


def known(new: T, written: T | None) -> T:
    """Return what is written already where the new one reads like it."""
    return written if written is not None and (written is new or written == new) else new
