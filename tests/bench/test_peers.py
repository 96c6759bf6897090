import pytest

from bench.engine import Engine
from bench.judge import judged
from bench.ortools_routing.facade import Setting
from bench.ortools_routing.peers import OrToolsRouting
from bench.peer import Peer, Task
from bench.record import OURS
from bench.registry import PeerMissingError, solver_named
from solver.exact.solve import solve_exact
from solver.problem import Problem
from tests.bench.days import random_days

LIMIT_S = 0.3
QUICK = (Setting("PARALLEL_CHEAPEST_INSERTION"),)


def peer(name: str) -> Peer:
    try:
        return solver_named(name)
    except PeerMissingError as missing:
        pytest.skip(str(missing))


def total_over_exact(asked: Peer, days: list[Problem]) -> tuple[int, int, int]:
    """Return the cost of all plans of a peer, of all exact plans, and the number of violations."""
    cost = exact = violations = 0
    for number, day in enumerate(days):
        reduced = asked.rules.reduced(day)
        verdict = judged(reduced, asked.answer(Task(reduced, LIMIT_S, number)).routes)
        cost, violations = cost + verdict.cost_ticks, violations + verdict.violations
        exact += solve_exact(reduced, work_limit=5).solution.cost_ticks
    return cost, exact, violations


@pytest.mark.parametrize("iterated", [False, True], ids=["guided", "iterated"])
def test_the_routing_library_knows_what_its_plan_costs(iterated: bool) -> None:
    asked = OrToolsRouting("quick", QUICK, iterated)
    for number, day in enumerate(random_days(6)):
        reduced = asked.rules.reduced(day)
        answer = asked.answer(Task(reduced, LIMIT_S, number))
        verdict = judged(reduced, answer.routes)
        assert verdict.violations == 0
        assert answer.stated_ticks == verdict.cost_ticks


def test_the_routing_library_comes_close_to_the_best_plans() -> None:
    cost, exact, violations = total_over_exact(OrToolsRouting("quick", QUICK), list(random_days(6)))
    assert violations == 0
    assert exact <= cost <= 1.02 * exact


def test_pyvrp_comes_close_to_the_best_plans() -> None:
    cost, exact, violations = total_over_exact(peer("pyvrp"), list(random_days(6)))
    assert violations == 0
    assert exact <= cost <= 1.02 * exact


@pytest.mark.parametrize("name", [OURS, "pyvrp", "ortools-plain"])
def test_the_last_of_the_better_plans_that_a_solver_tells_of_is_its_answer(name: str) -> None:
    asked = peer(name)
    for number, day in enumerate(random_days(4)):
        reduced = asked.rules.reduced(day)
        answer = asked.answer(Task(reduced, LIMIT_S, number))
        costs = [ticks for _, ticks in answer.trace]
        assert costs == sorted(costs, reverse=True)
        assert costs[-1] == judged(reduced, answer.routes).cost_ticks
        assert 0 <= answer.trace[-1][0] <= answer.seconds


def test_vroom_breaks_no_rule() -> None:
    cost, exact, violations = total_over_exact(peer("vroom-x5"), list(random_days(6)))
    assert violations == 0
    assert exact <= cost


def test_the_engine_is_asked_like_a_peer() -> None:
    day = next(random_days(1))
    answer = Engine().answer(Task(day, LIMIT_S, seed=1))
    assert answer.stated_ticks == judged(day, answer.routes).cost_ticks
    assert answer.seconds == pytest.approx(LIMIT_S, abs=1.0)


def test_a_peer_that_is_not_known_is_named() -> None:
    with pytest.raises(PeerMissingError, match=r"'abacus' is not known. Maybe one of ortools-gls"):
        solver_named("abacus")
