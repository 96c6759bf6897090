from dataclasses import replace
from datetime import timedelta

from dispatch_engine.clock import Stopwatch
from dispatch_engine.model.policy import Policy, SolverDefaults
from dispatch_engine.planner.options import PlanOptions, effective_options
from dispatch_engine.planner.stopping import Interrupted, TimeLimit, stop_of, stop_reason

STATED = Policy(solver=SolverDefaults(time_limit=timedelta(seconds=5), iterations=9, seed=3, threads=2, gap_pct=1.5))


class Stopped(Stopwatch):
    """A watch that stands still."""

    def __init__(self, at_s: float) -> None:
        super().__init__()
        self._at_s = at_s

    @property
    def elapsed_s(self) -> float:
        return self._at_s


def test_without_any_limit_the_search_lasts_ten_seconds() -> None:
    found = effective_options(PlanOptions(), Policy())
    assert (found.time_limit_s, found.iterations, found.gap_pct, found.seed, found.threads) == (10, None, None, 0, 1)


def test_iterations_alone_are_a_limit() -> None:
    assert effective_options(PlanOptions(iterations=0), Policy()).time_limit_s is None


def test_what_is_asked_goes_before_the_policy() -> None:
    asked = PlanOptions(time_limit_s=1, iterations=4, gap_pct=0, seed=0, threads=1)
    found = effective_options(asked, STATED)
    assert (found.time_limit_s, found.iterations, found.gap_pct, found.seed, found.threads) == (1, 4, 0, 0, 1)


def test_the_policy_goes_before_the_defaults() -> None:
    found = effective_options(PlanOptions(), STATED)
    assert (found.time_limit_s, found.iterations, found.gap_pct, found.seed, found.threads) == (5, 9, 1.5, 3, 2)


def test_asking_for_iterations_lifts_the_time_limit_of_the_policy() -> None:
    assert effective_options(PlanOptions(iterations=4), STATED).time_limit_s is None


def test_a_time_limit_is_spent_as_the_watch_runs() -> None:
    limit = TimeLimit(8, Stopped(2))
    assert (limit.fraction(0), limit.seconds_left()) == (0.25, 6)
    assert (TimeLimit(8, Stopped(9)).fraction(0) >= 1, TimeLimit(8, Stopped(9)).seconds_left()) == (True, 0)


def test_a_limit_of_no_time_is_spent_at_once() -> None:
    assert TimeLimit(0, Stopped(0)).fraction(0) == 1


def test_a_wish_to_stop_spends_everything() -> None:
    assert (Interrupted(lambda: False).fraction(0), Interrupted(lambda: False).seconds_left()) == (0, None)
    assert (Interrupted(lambda: True).fraction(0), Interrupted(lambda: True).seconds_left()) == (1, 0)


def test_the_first_limit_that_is_reached_ends_the_search_and_is_named() -> None:
    options = effective_options(PlanOptions(time_limit_s=10, iterations=100), Policy())
    stop = stop_of(options, Stopped(5), lambda: False)
    assert (stop.fraction(20), stop.fraction(80)) == (0.5, 0.8)
    assert stop_reason(options, 100, lambda: False) == "iterations"
    assert stop_reason(options, 99, lambda: False) == "time_limit"
    assert stop_reason(replace(options, iterations=None), 100, lambda: True) == "interrupted"
