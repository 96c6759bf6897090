from typing import Any

from solver.problem import NONE, Steps
from tests.dispatch_engine.planner.days import call, day, shift, technician, translation_of

HOUR = 3600
STEPS = {"steps": [{"beyond": "PT30M", "per_hour": "7.2"}]}


def targets_of(crew: list[dict[str, Any]], fairness: dict[str, Any], **more: Any) -> list[int]:
    calls = [call(f"C-{k}", f"P{k}", duration=HOUR) for k in range(1, 5)]
    problem = day(calls, crew, policy={"fairness": fairness}, **more)
    return [int(target) for target in translation_of(problem).solver_problem.shifts.workload_target_s]


def test_without_steps_fairness_does_not_count() -> None:
    assert targets_of([technician()], {"target": "PT5H"}) == [NONE]


def test_a_shifts_own_target_goes_before_the_policys() -> None:
    crew = [technician(shifts=[shift(workload_target="PT4H")]), technician("T-2")]
    assert targets_of(crew, STEPS | {"target": "PT5H"}) == [4 * HOUR, 5 * HOUR]


def test_without_a_target_the_expected_workload_is_shared_by_the_length_of_shifts() -> None:
    # On the road the three nearest others of four calls in a row are 1, 1 or 2, 2 or 3 legs away: 20 legs of 12.
    expected = 4 * HOUR + 4 * 600 * 20 / 12
    crew = [technician(shifts=[shift(end=14)]), technician("T-2", shifts=[shift(end=10)])]
    assert targets_of(crew, STEPS) == [round(expected * 6 / 8), round(expected * 2 / 8)]


def test_more_work_than_time_fills_the_shifts() -> None:
    assert targets_of([technician(shifts=[shift(end=10)])], STEPS) == [2 * HOUR]


def test_a_provider_counts_only_with_a_target_of_its_own() -> None:
    providers = [technician("X-1"), technician("X-2", shifts=[shift(workload_target="PT1H")])]
    assert targets_of([technician()], STEPS | {"target": "PT5H"}, providers=providers) == [5 * HOUR, NONE, HOUR]


def test_steps_are_carried_over() -> None:
    problem = day([call()], policy={"fairness": STEPS})
    fairness: Steps = translation_of(problem).solver_problem.fairness
    assert fairness.row(0) == [(1800, 36_000)]
