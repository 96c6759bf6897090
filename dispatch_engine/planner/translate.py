"""A problem document as the solver's arrays."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dispatch_engine.planner.fairness import fairness_steps, workload_targets_s
from dispatch_engine.planner.frame import Frame
from dispatch_engine.planner.meetings import meetings_of
from dispatch_engine.planner.reserves import reserves_of
from dispatch_engine.planner.shifts import shifts_of, technicians_of
from dispatch_engine.planner.sourcings import sourcings_of
from dispatch_engine.planner.stock import stock_of
from dispatch_engine.planner.travel_times import TravelTimes, known_times, travel_times
from dispatch_engine.planner.visits import visits_of
from solver.problem import Problem
from solver.validation import validate

if TYPE_CHECKING:
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.travel.source import TravelSource


@dataclass(frozen=True)
class Translation:
    """A document in both languages: ``frame`` says which row is what, ``solver_problem`` has the rows."""

    frame: Frame
    times: TravelTimes
    solver_problem: Problem


def translate(
    problem: ProblemDocument, source: TravelSource, spare_places: int = 0, known: TravelTimes | None = None
) -> Translation:
    """Translate a checked document; the result is a valid problem of the solver.

    Parameters
    ----------
    problem
        The document.
    source
        Of travel times.
    spare_places
        For so many places more the matrices have room (``updating``).
    known
        Travel times of an earlier state of the board by the same source; it is asked for new places alone.

    Raises
    ------
    TravelError
        The source of travel times cannot answer.
    """
    frame = Frame.of(problem)
    times = None if known is None else known_times(known, frame, source, spare_places)
    times = travel_times(frame, source, spare_places) if times is None else times
    frame = replace(frame, places=times.places)
    visits = visits_of(frame)
    solver_problem = Problem(
        travel=times.travel,
        technicians=technicians_of(frame, problem.capacities),
        shifts=shifts_of(frame, workload_targets_s(frame, times.travel, visits.place)),
        visits=visits,
        fairness=fairness_steps(problem.policy),
        horizon_s=frame.timeline.seconds(frame.horizon.end),
        sourcings=sourcings_of(frame.ways, frame.index.part, frame.index.location),
        stock=stock_of(frame),
        meetings=meetings_of(frame),
        reserves=reserves_of(frame),
    )
    validate(solver_problem)
    return Translation(frame, times, solver_problem)
