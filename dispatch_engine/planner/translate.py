"""A problem document as the solver's arrays."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dispatch_engine.planner.frame import Frame
from dispatch_engine.planner.meetings import meetings_of
from dispatch_engine.planner.money import ticks_per_s
from dispatch_engine.planner.shifts import shifts_of, technicians_of
from dispatch_engine.planner.sourcings import sourcings_of
from dispatch_engine.planner.stock import stock_of
from dispatch_engine.planner.timeline import whole_s
from dispatch_engine.planner.travel_times import TravelTimes, travel_times
from dispatch_engine.planner.visits import visits_of
from solver.problem import Problem, Steps
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


def translate(problem: ProblemDocument, source: TravelSource) -> Translation:
    """Translate a checked document; the result is a valid problem of the solver.

    Raises
    ------
    TravelError
        The source of travel times cannot answer.
    """
    frame = Frame.of(problem)
    times = travel_times(frame, source)
    visits = visits_of(frame)
    steps = [(whole_s(step.beyond), ticks_per_s(step.per_hour)) for step in problem.policy.fairness.steps]
    solver_problem = Problem(
        travel=times.travel,
        technicians=technicians_of(frame),
        shifts=shifts_of(frame, times.travel, visits.place),
        visits=visits,
        fairness=Steps.of([steps]),
        horizon_s=frame.timeline.seconds(frame.horizon.end),
        sourcings=sourcings_of(frame.ways, frame.index.part, frame.index.location),
        stock=stock_of(frame),
        meetings=meetings_of(frame),
    )
    validate(solver_problem)
    return Translation(frame, times, solver_problem)
