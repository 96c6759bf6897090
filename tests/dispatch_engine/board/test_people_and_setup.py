"""Technicians, providers, stock, and what calls refer to: set, changed, removed."""

from typing import Any

import pytest

from dispatch_engine.board.decide.errors import (
    DelayUnclearError,
    FactsStatedError,
    IdTakenError,
    LocationInUseError,
    ShiftBegunError,
    StockLimitError,
    TechnicianBusyError,
    TechnicianNeededError,
)
from dispatch_engine.board.errors import LocationNotThereError, MeetingNotThereError, TargetError
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.run import faults_of
from tests.dispatch_engine.board.desk import Desk, at
from tests.dispatch_engine.planner.days import call, day, location, meeting, shift, technician


def faults(desk: Desk, kind: str, **said: Any) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        desk.do(kind, **said)
    return [(each.pointer, each.code) for each in caught.value.faults]


class TestTechnicians:
    def test_a_new_technician_is_planned(self) -> None:
        desk = Desk()
        desk.do("set_technician", technician=technician("T-3"))
        assert desk.planned("T-3").shifts[0].id == "mon"

    def test_an_id_is_not_shared_with_a_provider(self) -> None:
        with pytest.raises(IdTakenError):
            Desk().do("set_technician", technician=technician("X-1"))
        with pytest.raises(IdTakenError):
            Desk().do("set_provider", provider=technician("T-1"))

    def test_what_a_technician_names_has_to_be_there(self) -> None:
        said = technician("T-3", home_territories=["north"])
        assert faults(Desk(), "set_technician", technician=said) == [
            ("/technician/home_territories/0", "unknown_reference")
        ]

    def test_facts_are_reported_not_stated(self) -> None:
        said = technician("T-3", shifts=[shift(facts={"departed_at": at(8)})])
        with pytest.raises(FactsStatedError):
            Desk().do("set_technician", technician=said)

    def test_a_shift_that_has_begun_is_not_left_out(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site")
        with pytest.raises(ShiftBegunError):
            desk.do("set_technician", technician=technician("T-1", shifts=[]))

    def test_changing_a_skill_keeps_stock_and_shifts(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="used", parts={"KIT": 1})
        desk.do("change_technician", technician="T-1", changes={"skills": {"lift": 3}})
        changed = desk.state.technicians["T-1"]
        assert (changed.skills, changed.stock, len(changed.shifts)) == ({"lift": 3}, {"KIT": 1}, 1)

    def test_providers_change_as_technicians_do(self) -> None:
        desk = Desk()
        desk.do("change_technician", technician="X-1", changes={"skills": {"lift": 1}})
        assert desk.state.providers["X-1"].skills == {"lift": 1}

    def test_a_wrong_change_is_refused_at_its_place(self) -> None:
        assert faults(Desk(), "change_technician", technician="T-1", changes={"skills": {"lift": 0}}) == [
            ("/changes/skills/lift", "out_of_range")
        ]


class TestRemoving:
    def test_who_is_removed_is_named_nowhere_any_more(self) -> None:
        desk = Desk()
        desk.do("change_call", call="C-0", changes={"preferred_technicians": ["T-2"], "durations": {"T-2": 600}})
        desk.do("assign_call", call="C-4", technician="T-2")
        desk.do("change_location", location="L-1", changes={"open_to": ["T-1", "T-2"]})
        desk.report("C-5", "dispatched", "T-2")
        desk.do("remove_technician", technician="T-2")
        assert faults_of(desk.problem()) == ()
        assert "T-2" not in desk.problem().model_dump_json()
        assert desk.visit("C-5").status == "new"

    def test_who_is_under_way_is_not_removed(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "en_route", "T-2")
        with pytest.raises(TechnicianBusyError):
            desk.do("remove_technician", technician="T-2")

    def test_who_alone_may_serve_a_call_is_not_removed(self) -> None:
        desk = Desk()
        desk.do("change_call", call="C-0", changes={"required_technicians": ["T-2"]})
        with pytest.raises(TechnicianNeededError):
            desk.do("remove_technician", technician="T-2")

    def test_what_was_done_stays_done(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "completed", "T-2")
        desk.do("remove_technician", technician="T-2")
        assert desk.visit("C-0").status == "completed"


class TestStock:
    def van(self, desk: Desk) -> dict[str, int]:
        return desk.state.technicians["T-1"].stock

    def test_received_parts_leave_the_stock_location_they_came_from(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 2}, location="L-1")
        assert (self.van(desk), desk.state.setup.stock_locations[0].stock) == ({"KIT": 4}, {"KIT": 3})

    def test_pieces_that_were_not_known_to_be_there_are_overdrawn_until_a_count(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="used", parts={"KIT": 3})
        assert (self.van(desk), desk.state.crew["T-1"].overdrawn) == ({"KIT": 0}, {"KIT": 1})
        (warning,) = desk.warnings("stock_below_zero")
        assert (warning.technician, warning.parts) == ("T-1", {"KIT": 1})
        desk.do("count_stock", technician="T-1", stock={"KIT": 0})
        assert desk.warnings("stock_below_zero") == []

    def test_what_comes_covers_what_is_overdrawn_first(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="used", parts={"KIT": 3})
        desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 2})
        assert (self.van(desk), desk.state.crew["T-1"].overdrawn) == ({"KIT": 1}, {})

    def test_no_more_can_be_missing_than_there_was(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="missing", parts={"KIT": 5})
        assert (self.van(desk), desk.state.crew["T-1"].overdrawn) == ({"KIT": 0}, {})

    def test_a_stock_location_can_be_overdrawn_too(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 7}, location="L-1")
        (warning,) = desk.warnings("stock_below_zero")
        assert (warning.location, warning.parts) == ("L-1", {"KIT": 2})

    def test_parts_arrive_at_and_leave_a_stock_location_without_a_van(self) -> None:
        desk = Desk()
        desk.do("report_parts", movement="received", parts={"KIT": 2}, location="L-1")
        desk.do("report_parts", movement="missing", parts={"KIT": 3}, location="L-1")
        assert desk.state.setup.stock_locations[0].stock == {"KIT": 4}

    def test_a_count_of_a_stock_location_holds_what_was_delivered_until_then(self) -> None:
        deliveries = [{"at": at(8), "parts": {"KIT": 2, "PUMP": 1}}, {"at": at(12), "parts": {"KIT": 1}}]
        desk = Desk(day([call()], stock_locations=[location(stock={"KIT": 5}, deliveries=deliveries)])).at(at(9))
        desk.do("count_stock", location="L-1", stock={"KIT": 6})
        (counted,) = desk.state.setup.stock_locations
        assert counted.stock == {"KIT": 6}
        assert [each.parts for each in counted.deliveries] == [{"PUMP": 1}, {"KIT": 1}]

    def test_what_is_reserved_is_no_more_than_what_is_left(self) -> None:
        desk = Desk(day([call(parts={"KIT": 1})], [technician(stock={"KIT": 2}, reserved_stock={"KIT": 2})])).at(at(9))
        desk.do("report_parts", technician="T-1", movement="used", parts={"KIT": 1})
        assert desk.planned("T-1").reserved_stock == {"KIT": 1}
        desk.report("C-1", "on_site")
        assert (desk.planned("T-1").stock, desk.planned("T-1").reserved_stock) == ({"KIT": 0}, {})

    @pytest.mark.parametrize("said", [{}, {"technician": "T-1", "location": "L-1"}])
    def test_a_count_is_of_a_van_or_of_a_location(self, said: dict[str, str]) -> None:
        with pytest.raises(TargetError):
            Desk().do("count_stock", stock={"KIT": 1}, **said)

    def test_parts_move_somewhere(self) -> None:
        with pytest.raises(TargetError):
            Desk().do("report_parts", movement="used", parts={"KIT": 1})

    def test_a_location_that_is_not_there_is_refused(self) -> None:
        with pytest.raises(LocationNotThereError):
            Desk().do("count_stock", location="L-9", stock={"KIT": 1})

    def test_more_than_a_million_pieces_are_refused(self) -> None:
        desk = Desk()
        desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 999_998})
        with pytest.raises(StockLimitError):
            desk.do("report_parts", technician="T-1", movement="received", parts={"KIT": 1})


class TestSetup:
    def test_a_new_contract_holds_for_the_calls_that_name_it(self) -> None:
        desk = Desk()
        desk.do("set_contract", contract={"id": "gold", "response_within": "PT4H"})
        desk.do("create_call", call=call("N-1", contract="gold"))
        assert faults_of(desk.problem()) == ()

    def test_a_contract_that_counts_from_reports_is_refused_for_calls_without_one(self) -> None:
        desk = Desk(day([call(contract="gold")], contracts=[{"id": "gold"}]))
        said = {"id": "gold", "response_within": "PT4H"}
        assert faults(desk, "set_contract", contract=said) == [("/calls/0/reported_at", "report_time_missing")]

    def test_a_stock_location_opens_changes_and_closes(self) -> None:
        desk = Desk()
        desk.do("set_location", location=location("L-2", "P4", stock={"PUMP": 1}))
        desk.do("change_location", location="L-2", changes={"deliveries": [{"at": at(12), "parts": {"PUMP": 2}}]})
        found = desk.state.setup.stock_locations[1]
        assert (found.stock, found.deliveries[0].parts) == ({"PUMP": 1}, {"PUMP": 2})
        desk.do("remove_location", location="L-2")
        assert [each.id for each in desk.state.setup.stock_locations] == ["L-1"]

    def test_a_location_that_is_never_open_is_refused_at_its_place(self) -> None:
        said = location("L-2", "P4", opening=[])
        assert faults(Desk(), "set_location", location=said) == [("/location/opening", "opening_missing")]

    def test_a_location_at_which_a_van_is_loaded_stays(self) -> None:
        desk = Desk()
        desk.do("change_technician", technician="T-1", changes={"replenished_at": "L-1"})
        with pytest.raises(LocationInUseError):
            desk.do("remove_location", location="L-1")

    def test_territories_and_parts_are_set(self) -> None:
        desk = Desk()
        desk.do("set_territory", territory={"id": "north"})
        for part in ("KIT", "PUMP"):
            desk.do("set_part", part={"id": part})
        desk.do("create_call", call=call("N-1", territory="north", parts={"PUMP": 1}))
        assert faults_of(desk.problem()) == ()

    def test_a_part_that_takes_its_own_place_is_refused(self) -> None:
        found = faults(Desk(), "set_part", part={"id": "KIT", "superseded_by": "KIT"})
        assert found == [("/part/superseded_by", "substitute_cycle")]

    def test_a_meeting_is_set_and_removed_and_past_ones_are_not_planned(self) -> None:
        desk = Desk()
        desk.do("set_meeting", meeting=meeting())
        assert [each.id for each in desk.problem().meetings] == ["M-1"]
        desk.do("cancel_shift", technician="T-1", shift="mon")
        desk.do("cancel_shift", technician="T-2", shift="mon")
        desk.do("cancel_shift", technician="X-1", shift="pm")
        assert desk.problem().meetings == ()  # it lies behind the last shift
        assert faults_of(desk.problem()) == ()
        desk.do("remove_meeting", meeting="M-1")
        with pytest.raises(MeetingNotThereError):
            desk.do("remove_meeting", meeting="M-1")

    def test_a_policy_that_pays_for_lateness_is_refused(self) -> None:
        said = {"response_steps": [{"per_hour": -5}]}
        assert faults(Desk(), "set_policy", policy=said) == [("/policy/response_steps/0", "slope_negative")]


@pytest.mark.parametrize("said", [{}, {"delay": "PT5M", "free_at": at(9)}])
def test_a_delay_is_stated_by_its_length_or_its_end(said: dict[str, str]) -> None:
    with pytest.raises(DelayUnclearError):
        Desk().do("report_delay", technician="T-1", **said)
