"""Technicians on the way to a stock location: the rest of their day begins there."""

from __future__ import annotations

import pytest

from dispatch_engine.board.errors import LocationNotThereError
from tests.dispatch_engine.board.desk import Desk, at, moment


def resumes(desk: Desk) -> tuple[str | None, str]:
    """Return where and when the planner sees the technician free."""
    facts = desk.facts()
    assert facts is not None
    assert facts.resume is not None
    return facts.resume.place.id, facts.resume.at.isoformat()


def test_who_drives_to_a_stock_location_goes_on_from_there_and_not_before() -> None:
    desk = Desk().at(at(9))
    desk.report("C-1", "completed")
    desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40))
    assert resumes(desk) == (location_place(desk), moment(at(9, 40)).isoformat())


def test_who_drives_to_a_stock_location_first_has_left() -> None:
    desk = Desk().at(at(9))
    desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40))
    facts = desk.facts()
    assert facts is not None
    assert facts.departed_at == moment(at(9))


def test_the_way_to_a_restock_is_as_planned_where_it_is_the_next_stop() -> None:
    desk = Desk().at(at(9))
    desk.report("C-1", "completed")
    desk.publish("T-1", "mon", (desk.stop("", at(9, 10), kind="restock", minutes=5, location="L-1", loads={"KIT": 1}),))
    desk.at(at(9, 10)).do("report_restock", technician="T-1", location="L-1")
    assert resumes(desk)[1] == moment(at(9, 20)).isoformat()


def test_who_reports_a_restock_that_nobody_planned_is_there() -> None:
    desk = Desk().at(at(9))
    desk.do("report_restock", technician="T-1", location="L-1")
    assert resumes(desk)[1] == moment(at(9)).isoformat()


def test_setting_out_for_a_visit_ends_a_restock() -> None:
    desk = Desk().at(at(9))
    desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40))
    desk.at(at(9, 30)).report("C-4", "en_route", expected_at=at(9, 35))
    facts = desk.facts()
    assert facts is not None
    assert facts.resume is None
    assert facts.visits[0].started_at == moment(at(9, 35))


def test_a_break_behind_a_restock_is_taken_there() -> None:
    desk = Desk().at(at(9))
    desk.report("C-1", "completed")
    desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40))
    desk.at(at(9, 45)).do("report_break", technician="T-1", ends_at=at(10))
    assert resumes(desk) == (location_place(desk), moment(at(10)).isoformat())


def test_the_same_report_again_changes_nothing() -> None:
    desk = Desk().at(at(9))
    desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40))
    assert desk.do("report_restock", technician="T-1", location="L-1", arrives_at=at(9, 40)) == ()


def test_a_restock_is_at_a_stock_location_of_the_board() -> None:
    with pytest.raises(LocationNotThereError):
        Desk().at(at(9)).do("report_restock", technician="T-1", location="nowhere")


def location_place(desk: Desk) -> str | None:
    return next(each.place.id for each in desk.state.setup.stock_locations if each.id == "L-1")
