"""The probability to begin in time, and the buffer that a wanted probability buys."""

import json
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dispatch_engine.cli.plan import summary
from dispatch_engine.exports.view import PlanView
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.model.plan import PlanDocument, Stop
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.quantiles import Quantiles
from dispatch_engine.reports.figures import headline
from dispatch_engine.reports.stops import notes
from dispatch_engine.whatif.figures.catalogue import figures_of
from tests.dispatch_engine.planner.days import at, call, day, plan_of, shift, technician, translation_of, window

EVEN = {"p25": 0.75, "p75": 1.25}
"""Drives of ten minutes take five to fifteen, each as likely as the other."""


def varied(calls: list[dict[str, Any]], on_time: float | None = None, **spread: Any) -> ProblemDocument:
    policy = {"spread": spread or {"travel": EVEN}, "on_time_probability": on_time}
    return day(calls, [technician(shifts=[shift()])], policy=policy)


def stop_of(plan: PlanDocument, name: str = "C-1") -> Stop:
    return next(stop for route in plan.routes for stop in route.stops if stop.call == name)


@pytest.mark.parametrize(
    ("due", "chance"), [(at(8, 4), 0.0), (at(8, 7), 0.2), (at(8, 10), 0.5), (at(8, 13), 0.8), (at(8, 15), 1.0)]
)
def test_the_chance_is_that_of_the_drive_to_be_short_enough(due: str, chance: float) -> None:
    stop = stop_of(plan_of(varied([call(response_deadline=due)])))
    assert stop.on_time == pytest.approx(chance, abs=0.005)


def test_a_promise_goes_before_a_deadline_and_a_deadline_before_a_window() -> None:
    windows = {"windows": [window(8, 9)]}
    deadline = {"response_deadline": at(8, 10)}
    promise = {"promise": {"window": {"start": at(8), "end": at(8, 7)}}}
    stated = (windows, windows | deadline, windows | deadline | promise)
    chances = [stop_of(plan_of(varied([call(**each)]))).on_time for each in stated]
    assert chances == pytest.approx([1.0, 0.5, 0.2], abs=0.005)


def test_who_is_too_early_for_a_promise_waits_in_the_plan_and_in_the_samples() -> None:
    promise = {"window": {"start": at(8, 20), "end": at(8, 30)}}
    assert stop_of(plan_of(varied([call(promise=promise)]))).on_time == 1.0


def test_nothing_is_told_where_nothing_was_promised_or_nothing_varies() -> None:
    assert stop_of(plan_of(varied([call()]))).on_time is None
    certain = plan_of(day([call(response_deadline=at(8, 10))]))
    assert (stop_of(certain).on_time, certain.kpis.robustness) == (None, None)


def test_work_varies_by_the_call_else_by_its_kind_else_as_all_work() -> None:
    pins = [{"level": "order", "technician": "T-1", "shift": "mon", "rank": rank} for rank in (1, 2)]
    second = call("C-2", "P1", response_deadline=at(9), pin=pins[1])
    spread: dict[str, Any] = {
        "work": {"p10": 1, "p90": 1.0},
        "work_by_kind": {"a": {"p25": 0, "p75": 2}},
        "work_history": {"b": [1, 3]},
    }

    def chance(**more: Any) -> float | None:
        return stop_of(
            plan_of(varied([call(duration=3000, pin=pins[0], **more), second], None, **spread)), "C-2"
        ).on_time

    assert chance() == 1.0  # the work ends at nine to the second
    assert chance(kind="a") == pytest.approx(0.5, abs=0.01)
    assert chance(kind="b") == pytest.approx(0.5, abs=0.01)
    assert chance(duration_quantiles={"p50": "PT50M", "p90": "PT60M"}) == pytest.approx(0.5, abs=0.01)


def test_work_that_is_going_on_makes_what_follows_uncertain() -> None:
    def chance(status: str) -> float | None:
        visit = {"call": "C-1", "status": status, "started_at": at(8, 10), "completed_at": at(8, 40)}
        crew = [technician(shifts=[shift(facts={"departed_at": at(8), "visits": [visit]})])]
        calls = [call(), call("C-2", "P1", response_deadline=at(8, 40))]
        found = plan_of(day(calls, crew, now=at(8, 20), policy={"spread": {"work": {"p25": 0.5, "p75": 1.5}}}))
        return stop_of(found, "C-2").on_time

    assert chance("completed") == 1.0
    assert chance("on_site") == pytest.approx(0.5, abs=0.01)


def test_the_same_document_has_the_same_chances_every_time() -> None:
    calls = [call(f"C-{k}", f"P{k}", response_deadline=at(8 + k)) for k in range(1, 5)]
    first, again = (plan_of(varied(calls, work=EVEN, travel=EVEN)) for _ in range(2))
    assert first.routes == again.routes
    chances = [stop.on_time for route in first.routes for stop in route.stops if stop.on_time is not None]
    assert first.kpis.robustness == pytest.approx(sum(chances) / len(chances), abs=1e-6)


def test_a_spread_alone_changes_no_plan() -> None:
    calls = [call(f"C-{k}", f"P{k}", response_deadline=at(8, 10 * k)) for k in range(1, 5)]
    calm, varying = plan_of(day(calls)), plan_of(varied(calls))
    assert [stop.model_copy(update={"on_time": None}) for stop in varying.routes[0].stops] == [*calm.routes[0].stops]
    assert varying.cost == calm.cost


def test_a_wanted_probability_buys_a_buffer_where_it_pays() -> None:
    """The near call first is shorter; the far one is in time then as well, but only just."""
    near = call("near", "P1", 3600, duration_quantiles={"p10": "PT30M", "p50": "PT60M", "p90": "PT90M"})
    far = call("far", "P2", response_deadline=at(9, 25), response_steps=[{"per_hour": 600}])

    def order(on_time: float | None) -> list[str | None]:
        document = varied([near, far], on_time)
        found = plan_of(document)
        assert found.cost.by_term.get("response", 0) == 0
        return [stop.call for stop in found.routes[0].stops]

    assert order(None) == ["near", "far"]
    assert order(0.9) == ["far", "near"]


@pytest.mark.parametrize(("on_time", "permille"), [(0.5, 0), (0.75, 250), (0.9, 400)])
def test_the_buffer_of_a_drive_is_what_it_takes_longer_at_that_probability(on_time: float, permille: int) -> None:
    problem = translation_of(varied([call()], on_time)).solver_problem
    assert problem.shifts.travel_buffer_permille.tolist() == [permille]


def test_a_hard_window_has_the_price_of_a_late_start_but_a_pinned_start_has_none() -> None:
    pin = {"level": "start", "technician": "T-1", "shift": "mon", "start": at(9)}
    calls = [call(windows=[window(8, 9)]), call("C-2", windows=[window(8, 9)], pin=pin), call("C-3")]
    priced = translation_of(varied(calls, 0.9)).solver_problem.visits.window_ticks_per_s
    assert (priced > 0).tolist() == [True, False, False]
    assert not translation_of(varied(calls)).solver_problem.visits.window_ticks_per_s.any()


def test_a_duration_follows_from_its_quantiles() -> None:
    stated = call(duration_quantiles={"p10": "PT20M", "p50": "PT40M", "p90": "PT90M"})
    del stated["duration"]
    (read,) = day([stated]).calls
    assert read.duration.total_seconds() == round(60 * Quantiles.of({"p10": 20, "p50": 40, "p90": 90}).mean)
    assert parse_problem(json.dumps(day([stated]).model_dump(mode="json", exclude_unset=True)).encode()).calls == (
        read,
    )


def test_measured_durations_keep_their_mean() -> None:
    assert Quantiles.measured([10, 20, 60]).mean == pytest.approx(30, abs=2)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.integers(0, 5000), min_size=2, max_size=6), st.integers(1, 98), st.integers(1, 98))
def test_quantiles_rise_and_are_not_negative(values: list[int], low: int, high: int) -> None:
    points = {f"p{5 + 15 * k}": float(value) for k, value in enumerate(sorted(values))}
    found = Quantiles.of(points)
    assert 0 <= float(found(min(low, high) / 100)) <= float(found(max(low, high) / 100))


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 240), st.integers(0, 240))
def test_a_later_deadline_never_has_a_lower_chance(one: int, other: int) -> None:
    calls = [call("C-0", "P2", 2400), call("C-9", "P3", response_deadline=at(8))]

    def chance(minutes: int) -> float:
        due = at(8 + minutes // 60, minutes % 60)
        stated = [calls[0], calls[1] | {"response_deadline": due, "response_steps": []}]
        found = stop_of(plan_of(varied(stated, travel=EVEN, work=EVEN), iterations=1), "C-9").on_time
        assert found is not None
        return found

    assert chance(min(one, other)) <= chance(max(one, other))


def test_robustness_is_compared_shown_and_said() -> None:
    problem = varied([call(response_deadline=at(8, 13)), call("C-2", "P2")])
    found = plan_of(problem)
    assert found.kpis.robustness == stop_of(found).on_time == pytest.approx(0.8, abs=0.005)
    assert figures_of(problem, found)["robustness"] == found.kpis.robustness
    (figure,) = (each for each in headline(found) if each.name == "Robustness")
    assert (figure.value, figure.detail) == ("80%", "mean chance to start in time, 0.2 of 1 expected late")
    assert "visits start in time with 80% on the mean" in summary(found)
    assert "in time with 80%" in notes(PlanView(problem, found), stop_of(found), date(2026, 3, 2))
