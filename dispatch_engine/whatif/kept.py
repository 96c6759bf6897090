"""The scenarios that are kept with boards: made, solved, compared. A board itself is never touched by them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.planner.limits import PlanLimits, bounded, require_size
from dispatch_engine.scale_out.choice import ExecutorChoice, ExecutorKind
from dispatch_engine.whatif.comparing import Question, compare
from dispatch_engine.whatif.errors import (
    ScenarioInUseError,
    ScenarioNotKeptError,
    ScenarioNotRunError,
    ScenariosFullError,
)
from dispatch_engine.whatif.nesting import chain_of, prepared
from dispatch_engine.whatif.scenario import BoardBase, ProblemBase
from dispatch_engine.whatif.store import KeptScenario

if TYPE_CHECKING:
    from datetime import datetime

    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.planner.search import SearchState
    from dispatch_engine.scale_out.run import Ending
    from dispatch_engine.travel.permitted import PermittedSources
    from dispatch_engine.whatif.runs import RunResult
    from dispatch_engine.whatif.scenario import ScenarioDocument
    from dispatch_engine.whatif.store import ScenarioStore

ProblemAt = Callable[[int | None], "ProblemDocument"]
"""Returns the problem that a board was at a revision, or is."""


class Scenarios:
    """Scenarios of boards.

    Parameters
    ----------
    store
        Where they are kept.
    most
        How many a board may have.
    """

    def __init__(self, store: ScenarioStore, most: int) -> None:
        self.store = store
        self._most = most

    def create(
        self, board: str, document: ScenarioDocument, made: tuple[datetime, str], problem_at: ProblemAt
    ) -> KeptScenario:
        """Keep a scenario that can be applied to the board as it is, or as it was at the revision that it names.

        Parameters
        ----------
        board
            Whose it will be.
        document
            What it says.
        made
            When, and by which actor.
        problem_at
            The board's problems.

        Raises
        ------
        ScenarioExistsError, ScenariosFullError
            The id is taken; there are as many as there may be.
        DocumentErrors
            With every fault of its changes.
        """
        if len(self.store.all(board)) >= self._most:
            raise ScenariosFullError(self._most)
        _require_base(board, document)
        known = {each.id: each.document for each in self.store.all(board)}
        if document.based_on is not None and document.based_on not in known:
            found = scenario_fault("scenario_unknown", ("based_on",), document.based_on, suggestion=_NOT_KEPT)
            raise DocumentErrors((found,), f"scenario {document.id}")
        _applied(problem_at(_revision_of(document)), chain_of(document, known))
        kept = KeptScenario(board, document, *made)
        self.store.add(kept)
        return kept

    def remove(self, board: str, scenario: str) -> None:
        """Forget a scenario on which no other is based.

        Raises
        ------
        ScenarioNotKeptError, ScenarioInUseError
        """
        for each in self.store.all(board):
            if each.document.based_on == scenario:
                raise ScenarioInUseError(scenario, each.id)
        self.store.remove(board, scenario)

    def chain(self, board: str, scenario: str) -> tuple[ScenarioDocument, ...]:
        """Return a scenario behind those that it is based on, without their bases.

        Raises
        ------
        ScenarioNotKeptError
        """
        known = {each.id: each.document for each in self.store.all(board)}
        if scenario not in known:
            raise ScenarioNotKeptError(board, scenario)
        return _without_bases(chain_of(known[scenario], known))

    def problem(self, board: str, scenario: str, problem_at: ProblemAt) -> ProblemDocument:
        """Return the problem that a scenario is based on.

        Raises
        ------
        ScenarioNotKeptError, RevisionUnknownError
        """
        return problem_at(_revision_of(self.store.get(board, scenario).document))

    def comparison(self, board: str, scenario: str) -> bytes:
        """Return what came of the latest run, as text.

        Raises
        ------
        ScenarioNotKeptError, ScenarioNotRunError
        """
        found = self.store.get(board, scenario).comparison
        if found is None:
            raise ScenarioNotRunError(scenario)
        return found


@dataclass(frozen=True)
class ScenarioWork:
    """The work of solving a scenario and its base: a callable as jobs take it, here or, pickled, in another process.

    Attributes
    ----------
    question
        What to compare.
    """

    question: Question

    @classmethod
    def of(
        cls,
        problem: ProblemDocument,
        chain: tuple[ScenarioDocument, ...],
        seeds: tuple[int, ...],
        options: EffectiveOptions,
        allowed: tuple[PlanLimits, PermittedSources],
    ) -> ScenarioWork:
        """Return the work.

        Raises
        ------
        TooManyError, EffortError, TravelError
            It is more than the limits of the server allow; travel times are not to be had.
        DocumentErrors
            The board has changed so that the scenario cannot be applied any more.
        """
        limits, sources = allowed
        for each in _applied(problem, chain).values():
            require_size(each, limits)
            sources.open(each.travel)
        return cls(Question(problem, chain, bounded(options, limits), seeds, sources))

    def __call__(self, tell: Callable[[SearchState], None], asked_to_stop: Callable[[], bool]) -> bytes:
        """Return the comparison document as text without white space; called off, that of what is done."""
        from dispatch_engine.scale_out.pool import open_pool

        progress = _Progress(tell, len(self.question.seeds) * (len(self.question.scenarios) + 1))
        with open_pool(ExecutorChoice(ExecutorKind.THREADS, 1), _nothing) as pool:
            found = compare(self.question, pool, lambda _, ending: progress.note(ending), asked_to_stop)
        return found.document.model_dump_json(exclude_none=True).encode()


class _Progress:
    """Tells of runs as they end."""

    def __init__(self, tell: Callable[[SearchState], None], runs: int) -> None:
        from dispatch_engine.clock import Stopwatch

        self._tell, self._runs, self._done, self._watch = tell, runs, 0, Stopwatch()

    def note(self, ending: Ending[RunResult]) -> None:
        """Tell that one more has ended."""
        from dispatch_engine.planner.search import SearchState

        if ending.result is None:
            return
        self._done += 1
        plan = ending.result.plan
        self._tell(
            SearchState(
                cost=plan.cost.total,
                unplanned=len(plan.unplanned),
                iterations=plan.effort.iterations,
                elapsed_s=self._watch.elapsed_s,
                runs_done=self._done,
                runs=self._runs,
            )
        )


def _applied(problem: ProblemDocument, chain: tuple[ScenarioDocument, ...]) -> dict[str, ProblemDocument]:
    """Return what each scenario of a chain comes to; faults of a single scenario point into it alone."""
    return prepared(problem, _without_bases(chain))


def _without_bases(chain: tuple[ScenarioDocument, ...]) -> tuple[ScenarioDocument, ...]:
    return tuple(each.model_copy(update={"base": None}) for each in chain)


def _revision_of(document: ScenarioDocument) -> int | None:
    return document.base.revision if isinstance(document.base, BoardBase) else None


def _require_base(board: str, document: ScenarioDocument) -> None:
    base = document.base
    if isinstance(base, ProblemBase) or (base is not None and base.board != board):
        found = scenario_fault("scenario_base", ("base",), base, found=f"board {board}")
        raise DocumentErrors((found,), f"scenario {document.id}")


def _nothing() -> None:
    """Get ready for nothing: the process has loaded what it needs."""


_NOT_KEPT = "Maybe it was deleted, or not sent yet."
