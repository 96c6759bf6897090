import subprocess
import sys

from solver.checker import RouteFigures, Violation, check
from solver.checker.catalogue import CATALOGUE
from solver.solution import Route, Stop
from tests.solver.builder import Break, Fact, Shift, Visit, make_problem
from tests.solver.checker.plans import TWO_VISITS, drive, plan


def test_a_message_names_the_thing_the_rule_the_values_and_a_way_out() -> None:
    problem = make_problem([Visit(windows=[(0, 100), (700, 800)])])
    (violation,) = check(problem, plan(drive(problem, [0]))).violations
    assert violation.message == (
        "visit 0 on shift 0: a visit starts inside one of its windows, bounds included; "
        "found 600, expected 0 to 100 or 700 to 800. "
        "Maybe move the start, or agree on another window with the customer."
    )


def test_a_message_about_the_whole_plan_says_so() -> None:
    violation = Violation("cost_wrong", 1, 2, detail="wage")
    assert violation.message.startswith("the plan: each term of the cost is that of the model, to the unit (wage);")


def test_every_code_has_advice() -> None:
    assert all(entry.advice.startswith("Maybe ") for entry in CATALOGUE.values())


def test_figures_of_a_route_are_derived() -> None:
    problem = make_problem(
        [Visit(), Visit()], shifts=[Shift(regular_end_s=3000, overtime_cap_s=9000, breaks=[Break(0, 9000, 300)])]
    )
    route = drive(problem, [0, 1], breaks=[(0, 1, 1200)], starts={0: 650, 1: 2300}, departure_s=20)
    (figures,) = check(problem, plan(route)).figures
    assert figures == RouteFigures(
        shift=0, driving_s=2400, distance_m=24_000, paid_s=3800, overtime_s=1100, workload_s=3600, waiting_s=180
    )


def test_figures_of_facts_use_what_happened() -> None:
    problem = make_problem([Visit()], shifts=[Shift(facts=[Fact(0, 700, 1500)], departed_s=50)])
    route = Route(0, 50, 2100, (Stop(0, 650, 700, 1500, 600, 6000, is_fact=True),), (), 600, 6000)
    (figures,) = check(problem, plan(route)).figures
    assert (figures.workload_s, figures.waiting_s) == (2000, 50)


def test_each_route_has_its_figures() -> None:
    problem = make_problem([Visit(), Visit()], shifts=[Shift(), Shift(technician=1)])
    report = check(problem, plan(drive(problem, [1], shift=1), drive(problem, [0])))
    assert [figures.shift for figures in report.figures] == [1, 0]


def test_a_violation_names_shift_and_visit() -> None:
    problem = make_problem([Visit(), Visit(release_s=9000)])
    (violation,) = check(problem, plan(drive(problem, [0, 1]))).violations
    assert (violation.code, violation.shift, violation.visit) == ("release", 0, 1)


def test_the_checker_loads_nothing_that_makes_plans() -> None:
    code = "import sys, solver.checker; print(*sorted(m for m in sys.modules if m.startswith('solver.')))"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    own = {"solver.problem", "solver.solution", "solver.reasons"}
    assert {name for name in loaded if not name.startswith("solver.checker")} <= own


def test_checking_twice_gives_the_same_report() -> None:
    solution = plan(drive(TWO_VISITS, [1, 0], starts={0: 0}))
    assert check(TWO_VISITS, solution) == check(TWO_VISITS, solution)
