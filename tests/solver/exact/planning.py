"""What the rule tests of the exact model share."""

from solver.checker import check
from solver.exact import solve_exact
from solver.problem import Problem
from solver.solution import Solution, Stop
from solver.validation import validate


def best_plan(problem: Problem, **options: int) -> Solution:
    """Solve a valid problem to optimality; the checker accepts the plan and derives the same cost term by term."""
    validate(problem)
    result = solve_exact(problem, **options)
    assert result.optimal
    report = check(problem, result.solution)
    assert [violation.message for violation in report.violations] == []
    assert dict(result.solution.cost_by_term) == dict(report.cost_by_term)
    return result.solution


def stop(solution: Solution, visit: int) -> Stop:
    """Return the stop of a planned visit."""
    return next(stop for route in solution.routes for stop in route.stops if stop.visit == visit)


def cost(solution: Solution, term: str) -> int:
    """Return one term of the cost."""
    return solution.cost_by_term[term]
