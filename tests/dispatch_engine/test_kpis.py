from dispatch_engine.kpis import kpis_of
from dispatch_engine.model.plan import Kpis
from dispatch_engine.model.problem import ProblemDocument
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, window


def figures(problem: ProblemDocument) -> Kpis:
    plan = plan_of(problem, iterations=200)
    return kpis_of(problem, plan.routes, plan.unplanned)


def test_calls_are_counted_as_planned_or_unplanned_by_priority() -> None:
    calls = [call(), call("C-2", tools=["x"], priority=2), call("C-3", tools=["x"]), call("C-4", tools=["x"])]
    found = figures(day(calls))
    assert (found.calls, found.planned, found.unplanned, found.unplanned_by_priority) == (4, 1, 3, {2: 1, 3: 2})


def test_routes_are_counted_beside_all_shifts() -> None:
    found = figures(day([call()], [technician(), technician("T-2", shifts=[shift(), shift("late", 17, 18)])]))
    assert (found.routes, found.shifts) == (1, 3)


def test_deadlines_are_kept_missed_or_unplanned() -> None:
    on_time, late = call(response_deadline=at(8, 10)), call("C-2", "P2", response_deadline=at(8), duration=60)
    windowed = late | {"windows": [window(10, 11)]}
    found = figures(day([on_time, windowed, call("C-3", response_deadline=at(9), tools=["x"])]))
    response = found.response
    assert (response.on_time, response.late, response.unplanned, response.lateness_s) == (1, 1, 1, 7200)
    assert found.restore.on_time == 0


def test_a_promise_is_kept_by_the_technician_and_in_the_interval_that_were_promised() -> None:
    crew = [technician(), technician("T-2", "P5")]
    kept = call("C-1", promise={"technician": "T-1", "start": at(8, 10)})
    by_another = call("C-2", "P5", promise={"technician": "T-1"}, required_technicians=["T-2"])
    too_late = call("C-3", "P4", promise={"window": window(8, 9)}, windows=[window(12, 13)])
    dropped = call("C-4", promise={"technician": "T-2"}, tools=["x"])
    found = figures(day([kept, by_another, too_late, dropped, call("C-5", promise={})], crew))
    assert (found.promises_kept, found.promises_broken) == (1, 3)


def test_utilisation_is_service_by_paid_time() -> None:
    found = figures(day([call(duration=2400)]))
    assert (found.service_s, found.paid_s, found.utilisation) == (2400, 3600, 0.6667)


def test_where_nothing_is_paid_there_is_no_utilisation() -> None:
    assert figures(day([call()], [])).utilisation == 0
