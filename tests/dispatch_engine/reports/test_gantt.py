"""What the chart draws, and where."""

from datetime import UTC, date, datetime, timedelta
from itertools import combinations, pairwise

import pytest

from dispatch_engine.exports.view import PlanView
from dispatch_engine.model.plan import Stop
from dispatch_engine.reports.crew import crew_of
from dispatch_engine.reports.gantt import WIDTH, Chart, Gap, chart_of, fitted, pieces
from tests.dispatch_engine.island import at, documents, island, parsed, stocked

NINE = datetime(2026, 3, 2, 9, tzinfo=UTC)
MONDAY = date(2026, 3, 2)


def minutes(count: int) -> datetime:
    return NINE + timedelta(minutes=count)


def rest(start: int, end: int) -> Stop:
    return Stop(kind="break", arrival=minutes(start), start=minutes(start), end=minutes(end))


def drawn(end: int, travel_min: int, *breaks: Stop) -> list[tuple[str, int, int]]:
    """Return the pieces of a gap from nine o'clock, in minutes from its start."""
    gap = Gap(NINE, minutes(end), travel_min * 60, breaks)
    return [
        (kind, (a - NINE) // timedelta(minutes=1), (b - NINE) // timedelta(minutes=1)) for kind, a, b in pieces(gap)
    ]


@pytest.fixture(scope="module")
def view() -> PlanView:
    return PlanView(*island())


@pytest.fixture(scope="module")
def chart(view: PlanView) -> Chart:
    return chart_of(view, MONDAY, crew_of(view))


def test_driving_comes_before_waiting() -> None:
    assert drawn(60, 20) == [("drive", 0, 20), ("wait", 20, 60)]


def test_a_break_interrupts_driving() -> None:
    assert drawn(60, 30, rest(10, 40)) == [("drive", 0, 10), ("drive", 40, 60)]


def test_a_break_after_arrival_interrupts_waiting() -> None:
    assert drawn(60, 10, rest(20, 40)) == [("drive", 0, 10), ("wait", 10, 20), ("wait", 40, 60)]


def test_a_break_before_departure_leaves_the_drive_alone() -> None:
    assert drawn(30, 30, rest(-30, 0)) == [("drive", 0, 30)]


def test_a_gap_of_no_time_draws_nothing() -> None:
    assert drawn(0, 0) == []


def test_facts_that_overlap_draw_nothing_between_them() -> None:
    assert drawn(-10, 5) == []


def test_each_shift_of_the_day_has_a_row_also_where_it_is_not_used(chart: Chart) -> None:
    assert [(row.name, row.member is not None) for row in chart.rows] == [
        ("Van one", True),
        ("T-2", True),
        ("T-3", False),
    ]


def test_a_row_shows_driving_waiting_service_and_breaks_in_order(chart: Chart) -> None:
    kinds = [bar.kind for bar in chart.rows[0].bars]
    assert kinds == ["drive", "fact", "drive", "wait", "visit", "break", "drive", "wait", "visit", "drive"]


def test_bars_of_a_row_do_not_overlap(chart: Chart) -> None:
    bars = sorted(chart.rows[0].bars, key=lambda bar: bar.x)
    assert all(one.x + one.width <= other.x + 1 for one, other in pairwise(bars))


def test_hours_are_those_of_the_plan_s_time_zone(chart: Chart) -> None:
    assert (chart.ticks[0].label, chart.ticks[-1].label) == ("08:00", "17:00")


def test_the_axis_goes_from_whole_hour_to_whole_hour(chart: Chart) -> None:
    assert (chart.ticks[0].x, chart.ticks[-1].x) == (0, WIDTH)


def test_overtime_reaches_from_the_shift_s_end_to_the_route_s_end(chart: Chart) -> None:
    assert chart.rows[0].worked_over == (round(8 / 9 * WIDTH, 1), round((8 + 35 / 60) / 9 * WIDTH, 1))
    assert chart.rows[1].worked_over is None


def test_now_is_drawn_where_the_document_states_it(chart: Chart) -> None:
    assert chart.now == round(0.5 / 9 * WIDTH, 1)


def test_a_missed_deadline_reaches_to_the_start_of_work(chart: Chart) -> None:
    (mark,) = [mark for mark in chart.rows[0].marks if mark.late_until is not None]
    assert (mark.kind, mark.x, mark.late_until) == (
        "response",
        round(7 / 9 * WIDTH, 1),
        round((7 + 20 / 60) / 9 * WIDTH, 1),
    )


def test_a_start_outside_the_promised_window_is_a_broken_promise(chart: Chart) -> None:
    assert [promise.kept for promise in chart.rows[0].promises] == [True, False]


def test_promises_of_one_lane_do_not_overlap() -> None:
    problem, plan = documents()
    for call in problem["calls"]:
        call["promise"] = {"window": {"start": at("09:00"), "end": at("11:00")}}
    view = PlanView(*parsed(problem, plan))
    row = chart_of(view, MONDAY, crew_of(view)).rows[0]
    assert row.lanes == 3
    for one, other in combinations(row.promises, 2):
        assert one.lane != other.lane or one.x + one.width < other.x or other.x + other.width < one.x


def test_a_day_on_which_the_clock_goes_back_has_its_hours_twice() -> None:
    problem, plan = documents()
    problem |= {"time_zone": "America/Santiago", "calls": [], "now": "2026-04-04T12:00:00-03:00"}
    problem["technicians"] = problem["technicians"][1:2]
    problem["technicians"][0]["shifts"] = [
        {"id": "night", "start": "2026-04-04T22:00:00-03:00", "end": "2026-04-05T02:00:00-04:00"}
    ]
    view = PlanView(*parsed(problem, plan | {"routes": [], "unplanned": [], "time_zone": "America/Santiago"}))
    ticks = chart_of(view, date(2026, 4, 4), {}).ticks
    assert [tick.label for tick in ticks] == ["22:00", "23:00", "23:00", "00:00", "01:00", "02:00"]


def test_a_route_that_lasts_for_years_has_few_ticks() -> None:
    problem, plan = documents()
    plan["routes"][1]["end"] = "2199-01-01T00:00:00+00:00"
    view = PlanView(*parsed(problem, plan))
    assert len(chart_of(view, MONDAY, crew_of(view)).ticks) < 20


@pytest.mark.parametrize(("width", "label"), [(200, "C-0123 Cold room"), (60, "C-0123"), (30, "…123"), (10, "")])
def test_a_label_is_cut_to_the_room_of_its_bar(width: float, label: str) -> None:
    assert fitted("C-0123 Cold room", width) == label


def test_a_restock_is_a_bar_of_its_own_that_says_what_it_takes_on() -> None:
    view = PlanView(*parsed(*stocked()))
    bars = [bar for bar in chart_of(view, MONDAY, crew_of(view)).rows[1].bars if bar.kind == "restock"]
    assert [bar.title.splitlines() for bar in bars] == [
        [
            "2. Restock at depot The harbour store",
            "09:05–09:15 (arrives 09:05)",
            "takes on: SEAL × 2, VALVE × 1",
            "borrows crane",
        ]
    ]


def test_a_row_says_what_was_loaded_in_the_night_and_how_long_handling_takes() -> None:
    problem, plan = stocked()
    plan["routes"][1]["totals"]["handling_s"] = 1200
    view = PlanView(*parsed(problem, plan))
    details = chart_of(view, MONDAY, crew_of(view)).rows[1].details
    assert details.endswith("20 min handling · loaded overnight at depot: SEAL × 2")
