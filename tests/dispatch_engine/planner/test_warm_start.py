"""A search can begin with an earlier plan, whatever has changed since."""

from dispatch_engine.planner.warm_start import warm_start
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, translation_of


def test_the_routes_of_the_earlier_plan_are_the_start() -> None:
    problem = day([call("C-1", "P3"), call("C-2", "P1"), call("C-3", "P2")])
    earlier = plan_of(problem)
    start, warnings = warm_start(earlier, translation_of(problem))
    order = [stop.call for stop in earlier.routes[0].stops]
    assert start == [[problem.calls.index(next(c for c in problem.calls if c.id == name)) for name in order]]
    assert warnings == ()


def test_without_any_search_the_plan_is_no_worse_than_the_earlier_one() -> None:
    calls = [call(f"C-{k}", f"P{1 + 3 * k % 5}", response_deadline=at(8 + k)) for k in range(9)]
    problem = day(calls, [technician(), technician("T-2", "P5")])
    earlier = plan_of(problem, iterations=2000)
    assert plan_of(problem, iterations=0, warm_start=earlier).cost.total <= earlier.cost.total


def test_calls_and_shifts_that_are_gone_are_left_out_with_a_warning_each() -> None:
    crew = [technician(), technician("T-2", "P5")]
    earlier = plan_of(day([call("C-1"), call("C-2", "P5", required_technicians=["T-2"]), call("C-3")], crew))
    found = plan_of(day([call("C-1"), call("C-2", "P5")]), warm_start=earlier)
    assert [warning.code for warning in found.warnings] == ["warm_start_stale"] * 2
    assert "1 call that the problem does not have (C-3)" in found.warnings[0].message
    assert "1 shift that the problem does not have (mon of T-2)" in found.warnings[1].message
    assert found.kpis.planned == 2


def test_what_has_happened_since_is_no_longer_a_visit_to_plan() -> None:
    earlier = plan_of(day([call("C-1"), call("C-2", "P2")]))
    facts = {"departed_at": at(8), "visits": [{"call": "C-1", "started_at": at(9), "completed_at": at(10)}]}
    problem = day([call("C-1"), call("C-2", "P2")], [technician(shifts=[shift(facts=facts)])])
    found = plan_of(problem, warm_start=earlier)
    assert [stop.kind for stop in found.routes[0].stops] == ["fact", "visit"]
