"""Plan a live board: begin, repair, improve."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from dispatch_engine.kernels import is_warm, prepare, warmup
from dispatch_engine.planner.live.succession import Succession
from dispatch_engine.planner.reading import PlanReader
from dispatch_engine.planner.translate import translate
from dispatch_engine.planner.updating import updated
from dispatch_engine.planner.warm_start import start_of
from dispatch_engine.travel.source import get_ready

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dispatch_engine.model.plan import Route
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.live.running import RunningPlan
    from dispatch_engine.planner.options import EffectiveOptions
    from dispatch_engine.planner.translate import Translation
    from dispatch_engine.travel.source import TravelSource

SPARE_PLACES = 200
"""For so many new places there is room before everything is translated anew."""


class LivePlanner:
    """Plans the boards of one travel source. A plan that it returns has passed the checker.

    Parameters
    ----------
    source
        Travel times.
    options
        Seed and threads; the limits of a search are those of each call.
    """

    def __init__(self, source: TravelSource, options: EffectiveOptions) -> None:
        self._source, self._options = source, options
        get_ready(source)  # else the first new place would wait for it
        prepare()
        if not is_warm():
            warmup()

    def begin(self, problem: ProblemDocument, routes: Iterable[Route] = ()) -> RunningPlan:
        """Return a plan that keeps of ``routes`` what is feasible, such as those that were in effect before a restart.

        Raises
        ------
        TravelError
            Travel times are not to be had.
        PlanRejectedError
            What was found breaks a rule; that is a fault of the engine.
        """
        from dispatch_engine.planner.live.repairing import begun  # loads the kernels, see ``prepare``

        translation = self._translated(problem)
        start = start_of(PlanReader(translation).routes(routes), translation.solver_problem)
        return begun(translation, start, self._options.seed)

    def repair(self, running: RunningPlan, problem: ProblemDocument) -> RunningPlan:
        """Return the running plan made fit for what the problem is now.

        What still can be done stays where it is, times are pushed, what is gone is dropped, and what is new is put in
        at its cheapest place if that is cheaper than leaving it out; nothing is ejected for it. Where the problem is
        the one that is planned, so is the plan.

        Raises
        ------
        TravelError, PlanRejectedError
            As ``begin``.
        """
        from dispatch_engine.planner.live.repairing import repaired

        if running.problem is problem or running.problem == problem:
            return running
        found = updated(running.translation, problem, self._source)
        translation, change = (self._translated(problem, running), None) if found is None else found
        return repaired(running, Succession(running.translation, translation, change), self._options.seed)

    def improve(self, running: RunningPlan, stop: Callable[[], bool], seconds: float) -> RunningPlan | None:
        """Return a cheaper plan of the same problem, None where none was found that is worth its changes.

        Parameters
        ----------
        running
            The plan to improve.
        stop
            Asked every few hundredths of a second; true ends the search, and nothing is returned.
        seconds
            So long the search may take; the plan is checked and written after that.

        Raises
        ------
        PlanRejectedError
            As ``begin``.
        """
        from dispatch_engine.planner.live.improving import improved

        return improved(running, self._options, stop, seconds)

    def improve_by(self, running: RunningPlan, iterations: int) -> RunningPlan | None:
        """Return a cheaper plan as ``improve`` does, after so many iterations: the same one on every run.

        Raises
        ------
        PlanRejectedError
            As ``begin``.
        """
        from dispatch_engine.planner.live.improving import improved_by

        return improved_by(running, self._options, iterations)

    def explain(self, running: RunningPlan) -> RunningPlan:
        """Return the same plan with everything that is to be said of the calls that it leaves out.

        Besides the reasons that a plan always has, these are ways to get missing parts and changes that would help.
        That takes up to a second a call, so that it is done when there is time.
        """
        from dispatch_engine.planner.live.leaving_out import left_out_explained

        return replace(running, unplanned=left_out_explained(running))

    def _translated(self, problem: ProblemDocument, running: RunningPlan | None = None) -> Translation:
        known = None if running is None else running.translation.times
        return translate(problem, self._source, SPARE_PLACES, known)
