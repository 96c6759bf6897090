"""The figures in words."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import get_args

import pytest

from dispatch_engine.exports.view import PlanView
from dispatch_engine.listing import counted
from dispatch_engine.model.plan import CostTerm, StopReason
from dispatch_engine.reports.figures import ENDED_BY, TERMS, cost_lines, headline, policy_lines
from dispatch_engine.reports.reasons import unplanned_calls
from dispatch_engine.reports.wording import clock, kilometres, length_of_time, money
from tests.dispatch_engine.island import documents, island, parsed, stocked


def test_every_term_of_the_cost_has_a_name() -> None:
    assert set(TERMS) == set(get_args(CostTerm))


def test_every_way_to_end_a_search_has_words() -> None:
    assert set(ENDED_BY) == set(get_args(StopReason))


def test_costs_are_shown_the_largest_first_and_without_zeros() -> None:
    names = [line.name for line in cost_lines(island()[1])]
    assert names[:2] == ["Unplanned calls", "Wages"]
    assert "Uneven workload" not in names


def test_a_gain_is_shown_as_one() -> None:
    gains = [(line.name, line.amount) for line in cost_lines(island()[1]) if line.gain]
    assert gains == [("Preferred technicians", "−20.00")]


def test_late_starts_and_broken_promises_stand_out() -> None:
    tones = {figure.name: figure.tone for figure in headline(island()[1])}
    assert (tones["Started in time"], tones["Completed in time"], tones["Promises kept"]) == ("bad", "good", "bad")


def test_restocks_parcels_transfers_and_first_time_fixes_are_figures_where_there_are_some() -> None:
    names = {figure.name for figure in headline(island()[1])}
    assert not {"First-time fix", "Restocks"} & names
    found = {figure.name: (figure.value, figure.detail) for figure in headline(parsed(*stocked())[1])}
    assert found["First-time fix"] == ("93%", "0.2 second visits expected")
    assert found["Restocks"] == ("1", "1 parcel, 1 transfer, 30 min of handling")


def test_the_whole_policy_in_effect_is_listed() -> None:
    lines = dict(policy_lines(island()[1]))
    assert lines["prices.per_km"] == "0.35"
    assert lines["response_steps"] == "after PT0S, per_hour 60"
    assert lines["fairness.steps"] == "none"


def test_reasons_of_one_kind_stand_together() -> None:
    (call,) = unplanned_calls(PlanView(*island()))
    assert [(reason.title, reason.technicians) for reason in call.reasons] == [
        ("A skill is missing", "T-2, T-3"),
        ("Beyond the end of the shift", "Van one"),
    ]


def test_the_most_urgent_unplanned_call_comes_first() -> None:
    problem, plan = documents()
    urgent = {"call": "C-4", "priority": 1, "reasons": [{"code": "capacity", "message": "full"}]}
    plan["unplanned"].append(urgent)
    assert [call.call for call in unplanned_calls(PlanView(*parsed(problem, plan)))] == ["C-4", "C-5"]


def test_a_reason_that_the_catalogue_does_not_know_is_shown_by_its_code() -> None:
    problem, plan = documents()
    plan["unplanned"][0]["reasons"] = [{"code": "moon_phase", "message": "Full moon."}]
    (call,) = unplanned_calls(PlanView(*parsed(problem, plan)))
    assert call.reasons[0].title == "moon_phase"


@pytest.mark.parametrize(
    ("seconds", "text"),
    [(0, "0 min"), (59, "59 s"), (90, "2 min"), (3599, "1 h 00 min"), (3900, "1 h 05 min"), (360_000, "100 h 00 min")],
)
def test_a_length_of_time_is_in_hours_and_minutes(seconds: int, text: str) -> None:
    assert length_of_time(seconds) == text


@pytest.mark.parametrize(("metres", "text"), [(0, "0.0 km"), (99_900, "99.9 km"), (1_234_567, "1,235 km")])
def test_a_distance_is_in_kilometres(metres: int, text: str) -> None:
    assert kilometres(metres) == text


def test_a_time_on_another_day_says_so() -> None:
    moment = datetime(2026, 3, 3, 0, 40, tzinfo=UTC)
    assert clock(moment, date(2026, 3, 2)) == "00:40 +1 d"
    assert clock(moment, date(2026, 3, 3)) == "00:40"


def test_money_has_two_decimals() -> None:
    assert money(Decimal("-1234.5")) == "−1,234.50"


def test_one_is_singular() -> None:
    assert (counted(1, "visit"), counted(2, "visit"), counted(0, "visit")) == ("1 visit", "2 visits", "0 visits")
