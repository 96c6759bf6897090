from solver.problem import START_FIXED, TERRITORY_PREFERRED, TERRITORY_REQUIRED, Problem
from tests.solver.builder import Shift, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, drive

PLAIN = Technician()


def alone(visit: Visit, technician: Technician = PLAIN) -> Problem:
    """One visit, one technician; the route starts the visit at 600."""
    return make_problem([visit], [technician])


def codes_of(problem: Problem) -> set[str]:
    return codes(problem, drive(problem, [0]))


def test_a_skill_is_needed_at_its_level_or_higher() -> None:
    needs = Visit(skills={0: 2})
    assert codes_of(alone(needs, Technician(skills={0: 3}))) == set()
    assert codes_of(alone(needs, Technician(skills={0: 2}))) == set()
    assert codes_of(alone(needs, Technician(skills={0: 1}))) == {"skill"}
    assert codes_of(alone(needs)) == {"skill"}


def test_every_skill_is_needed() -> None:
    assert codes_of(alone(Visit(skills={0: 1, 1: 1}), Technician(skills={0: 3}))) == {"skill"}


def test_every_tool_is_needed() -> None:
    assert codes_of(alone(Visit(tools=[0, 1]), Technician(tools=[0, 1, 2]))) == set()
    assert codes_of(alone(Visit(tools=[0, 1]), Technician(tools=[0, 2]))) == {"tool"}


def test_an_excluded_technician_is_never_sent() -> None:
    assert codes_of(alone(Visit(excluded=[0]))) == {"technician"}


def test_excluded_holds_against_required() -> None:
    assert codes_of(alone(Visit(excluded=[0], required=[0]))) == {"technician"}


def test_where_technicians_are_required_only_those_are_sent() -> None:
    shifts = [Shift(), Shift(technician=1), Shift(technician=2)]
    problem = make_problem([Visit(required=[1, 2])], shifts=shifts)
    assert codes(problem, drive(problem, [0])) == {"technician"}
    assert codes(problem, drive(problem, [0], shift=1)) == set()
    assert codes(problem, drive(problem, [0], shift=2)) == set()


def test_a_preferred_technician_is_not_a_required_one() -> None:
    problem = make_problem([Visit(preferred=[1])], shifts=[Shift(), Shift(technician=1)])
    assert codes(problem, drive(problem, [0])) == set()


def test_a_required_territory_is_a_home_territory_of_the_technician() -> None:
    visit = Visit(territory=1, territory_rule=TERRITORY_REQUIRED)
    assert codes_of(alone(visit, Technician(territories=[0, 1]))) == set()
    assert codes_of(alone(visit, Technician(territories=[0]))) == {"territory"}


def test_a_preferred_territory_forbids_nothing() -> None:
    assert codes_of(alone(Visit(territory=1, territory_rule=TERRITORY_PREFERRED), Technician(territories=[0]))) == set()


def test_a_visit_outside_of_all_territories_forbids_nobody() -> None:
    assert codes_of(alone(Visit(territory_rule=TERRITORY_REQUIRED), Technician(territories=[0]))) == set()


def test_a_visit_starts_inside_its_window_bounds_included() -> None:
    assert codes_of(alone(Visit(windows=[(600, 600)]))) == set()
    assert codes_of(alone(Visit(windows=[(0, 599)]))) == {"window"}
    assert codes_of(alone(Visit(windows=[(601, 900)]))) == {"window"}


def test_one_of_several_windows_is_enough() -> None:
    assert codes_of(alone(Visit(windows=[(0, 100), (500, 700)]))) == set()
    assert codes_of(alone(Visit(windows=[(0, 599), (601, 700)]))) == {"window"}


def test_a_visit_does_not_start_before_its_release() -> None:
    assert codes_of(alone(Visit(release_s=600))) == set()
    assert codes_of(alone(Visit(release_s=601))) == {"release"}


def test_a_pinned_start_replaces_windows_and_release() -> None:
    visit = Visit(windows=[(0, 10)], release_s=9000, pin_level=START_FIXED, pin_shift=0, pin_start_s=600)
    assert codes_of(alone(visit)) == set()
