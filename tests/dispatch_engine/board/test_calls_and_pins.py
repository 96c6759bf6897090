"""Calls that come in, change and merge; pins and promises."""

from typing import Any

import pytest

from dispatch_engine.board.decide.errors import IdChangedError, VisitBegunError
from dispatch_engine.board.errors import CallClosedError, CallExistsError, CallNotPlannedError, MergeError
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.calls import Pin
from tests.dispatch_engine.board.desk import Desk, at, moment
from tests.dispatch_engine.planner.days import call, day, technician


def codes(caught: pytest.ExceptionInfo[DocumentErrors]) -> list[tuple[str, str]]:
    return [(each.pointer, each.code) for each in caught.value.faults]


def refused(desk: Desk, kind: str, **said: Any) -> list[tuple[str, str]]:
    with pytest.raises(DocumentErrors) as caught:
        desk.do(kind, **said)
    return codes(caught)


class TestCreating:
    def test_a_call_was_reported_now_unless_it_says_so(self) -> None:
        desk = Desk().at(at(9, 30))
        desk.do("create_call", call=call("N-1"))
        assert desk.state.calls["N-1"].reported_at == moment(at(9, 30))

    def test_a_call_of_an_id_that_is_taken_is_refused(self) -> None:
        with pytest.raises(CallExistsError):
            Desk().do("create_call", call=call("C-0"))

    def test_a_contract_that_is_not_there_is_refused_at_its_place(self) -> None:
        assert refused(Desk(), "create_call", call=call("N-1", contract="gold")) == [
            ("/call/contract", "unknown_reference")
        ]

    def test_a_place_that_the_matrix_does_not_have_is_refused(self) -> None:
        found = refused(Desk(), "create_call", call=call("N-1", "P9"))
        assert ("/call/place", "unknown_reference") in found

    def test_coordinates_are_refused_where_travel_is_known_between_places_alone(self) -> None:
        found = refused(Desk(), "create_call", call=call("N-1") | {"place": {"lat": 1.0, "lon": 2.0}})
        assert found == [("/call/place", "not_in_matrix")]

    def test_a_technician_who_is_wanted_and_excluded_is_refused(self) -> None:
        said = call("N-1", preferred_technicians=["T-1"], excluded_technicians=["T-1"])
        assert refused(Desk(), "create_call", call=said) == [("/call/excluded_technicians/0", "technicians_contradict")]

    def test_a_technician_who_is_not_there_is_refused_with_the_one_that_was_meant(self) -> None:
        with pytest.raises(DocumentErrors) as caught:
            Desk().do("create_call", call=call("N-1", required_technicians=["T1"]))
        assert "T-1" in caught.value.faults[0].advice

    def test_a_part_is_refused_where_parts_are_listed_and_nobody_holds_it(self) -> None:
        desk = Desk(day([call()], [technician(stock={"KIT": 1})], parts=[{"id": "PUMP"}]))
        desk.do("create_call", call=call("N-1", parts={"KIT": 1, "PUMP": 1}))
        assert refused(desk, "create_call", call=call("N-2", parts={"BELT": 1})) == [
            ("/call/parts/BELT", "unknown_part")
        ]


class TestPlaces:
    def free(self, *calls: dict[str, Any]) -> Desk:
        home = {"lat": 52.5, "lon": 13.4}
        return Desk(day(list(calls), [technician() | {"home": home}], travel={"source": "geodesic"}))

    def test_a_place_that_another_call_defines_can_be_named_for_as_long_as_the_board_lasts(self) -> None:
        desk = self.free(call("C-0") | {"place": {"id": "mill", "lat": 52.51, "lon": 13.41}})
        desk.do("create_call", call=call("N-1") | {"place": {"id": "tower", "lat": 52.52, "lon": 13.42}})
        desk.do("create_call", call=call("N-2") | {"place": "mill"})
        desk.do("create_call", call=call("N-3") | {"place": "tower"})
        desk.do("cancel_call", call="C-0")
        desk.do("cancel_call", call="N-1")
        desk.at(at(12, day=4)).do("pass_time")
        assert "N-1" not in desk.state.calls
        assert desk.state.calls["N-3"].place.lat == 52.52
        assert "mill" in {each.id for each in desk.problem().places}

    def test_a_place_at_two_positions_is_refused(self) -> None:
        desk = self.free(call("C-0") | {"place": {"id": "mill", "lat": 52.51, "lon": 13.41}})
        desk.do("create_call", call=call("N-1") | {"place": {"id": "tower", "lat": 52.52, "lon": 13.42}})
        for name in ("mill", "tower"):
            said = call("N-2") | {"place": {"id": name, "lat": 50.0, "lon": 10.0}}
            assert refused(desk, "create_call", call=said) == [("/call/place", "place_conflict")]


class TestChanging:
    def test_fields_that_are_named_are_replaced_and_null_takes_one_back(self) -> None:
        desk = Desk()
        desk.do("change_call", call="C-1", changes={"priority": 1, "response_deadline": None})
        changed = desk.state.calls["C-1"]
        assert (changed.priority, changed.response_deadline, changed.skills) == (1, None, {"lift": 2})

    def test_nothing_happens_where_it_is_so_already(self) -> None:
        assert Desk().do("change_call", call="C-0", changes={"priority": 1}) == ()

    def test_a_wrong_value_is_refused_at_its_place(self) -> None:
        assert refused(Desk(), "change_call", call="C-0", changes={"priority": 9}) == [
            ("/changes/priority", "out_of_range")
        ]

    def test_an_id_does_not_change(self) -> None:
        with pytest.raises(IdChangedError):
            Desk().do("change_call", call="C-0", changes={"id": "C-9"})

    def test_a_closed_call_does_not_change(self) -> None:
        desk = Desk()
        desk.do("cancel_call", call="C-0")
        with pytest.raises(CallClosedError):
            desk.do("change_call", call="C-0", changes={"priority": 1})


class TestMerging:
    def test_the_duplicate_is_closed_and_names_the_call_that_stays(self) -> None:
        desk = Desk()
        desk.do("merge_call", call="C-1", into="C-0")
        assert (desk.visit("C-1").status, desk.visit("C-1").merged_into) == ("cancelled", "C-0")

    def test_the_call_that_stays_is_as_urgent_as_either(self) -> None:
        desk = Desk()
        desk.do("merge_call", call="C-0", into="C-3")  # of priority 1 into one of 4
        assert desk.state.calls["C-3"].priority == 1

    def test_a_duplicate_that_is_less_urgent_changes_nothing(self) -> None:
        desk = Desk()
        desk.do("create_call", call=call("N-1", reported_at=at(6)))  # of priority 3, as none is said
        desk.do("create_call", call=call("N-2", priority=5, reported_at=at(6, 30)))
        desk.do("merge_call", call="N-2", into="N-1")
        assert desk.state.calls["N-1"].priority is None

    def test_a_later_deadline_of_the_duplicate_loosens_nothing_that_the_contract_says(self) -> None:
        desk = Desk()
        desk.do("set_contract", contract={"id": "gold", "response_within": "PT2H"})
        desk.do("create_call", call=call("N-1", contract="gold", reported_at=at(6)))
        desk.do("create_call", call=call("N-2", response_deadline=at(12), reported_at=at(6)))
        desk.do("merge_call", call="N-2", into="N-1")
        assert desk.state.calls["N-1"].response_deadline is None

    def test_an_earlier_report_and_promise_of_the_duplicate_hold_for_the_call_that_stays(self) -> None:
        desk = Desk()
        desk.do("create_call", call=call("N-1", reported_at=at(6, 30)))
        desk.do("create_call", call=call("N-2", reported_at=at(6), promise={"start": at(10)}))
        desk.do("merge_call", call="N-2", into="N-1")
        kept = desk.state.calls["N-1"]
        assert kept.promise is not None
        assert (kept.reported_at, kept.promise.start) == (moment(at(6)), moment(at(10)))

    def test_a_call_is_not_merged_into_itself(self) -> None:
        with pytest.raises(MergeError):
            Desk().do("merge_call", call="C-0", into="C-0")

    def test_a_call_that_somebody_is_at_is_not_closed_as_a_duplicate(self) -> None:
        desk = Desk().at(at(9))
        desk.report("C-0", "on_site")
        with pytest.raises(VisitBegunError):
            desk.do("merge_call", call="C-0", into="C-1")
        desk.do("merge_call", call="C-1", into="C-0")

    def test_nothing_is_merged_into_a_call_that_is_closed(self) -> None:
        desk = Desk()
        desk.do("cancel_call", call="C-0")
        with pytest.raises(CallClosedError):
            desk.do("merge_call", call="C-1", into="C-0")


class TestPins:
    def pin(self, desk: Desk, name: str = "C-0") -> Pin | None:
        planned = desk.call(name)
        assert planned is not None
        return planned.pin

    def test_each_step_of_the_ladder_fixes_what_the_plan_says(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-4", at(9)), ("C-0", at(10)))
        desk.do("pin_call", call="C-0", level="technician")
        assert self.pin(desk) == Pin(level="technician", technician="T-1")
        desk.do("pin_call", call="C-0", level="order")
        assert self.pin(desk) == Pin(level="order", technician="T-1", shift="mon", rank=0)
        desk.do("pin_call", call="C-0", level="start")
        assert self.pin(desk) == Pin(level="start", technician="T-1", shift="mon", rank=0, start=moment(at(10)))
        desk.do("unpin_call", call="C-0")
        assert self.pin(desk) is None

    def test_what_the_plan_does_not_say_has_to_be_said(self) -> None:
        desk = Desk()
        with pytest.raises(CallNotPlannedError):
            desk.do("pin_call", call="C-0", level="technician")
        with pytest.raises(CallNotPlannedError):
            desk.do("pin_call", call="C-0", level="start", technician="T-1", shift="mon")
        desk.do("pin_call", call="C-0", level="start", technician="T-1", shift="mon", start=at(10))
        assert self.pin(desk) == Pin(level="start", technician="T-1", shift="mon", start=moment(at(10)))

    def test_ranks_follow_the_plan(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-4", at(9)), ("C-0", at(10)))
        for name in ("C-4", "C-0"):
            desk.do("pin_call", call=name, level="order")
        desk.plan("T-1", ("C-0", at(9)), ("C-4", at(10)))
        pins = [self.pin(desk, name) for name in ("C-0", "C-4")]
        assert [None if each is None else each.rank for each in pins] == [0, 1]

    def test_a_pinned_start_that_has_gone_by_holds_the_place_alone(self) -> None:
        desk = Desk(freeze_horizon=0)
        desk.plan("T-1", ("C-0", at(10)))
        desk.do("pin_call", call="C-0", level="start")
        desk.tick(at(10, 30))
        assert self.pin(desk) == Pin(level="order", technician="T-1", shift="mon", rank=0)

    def test_who_has_the_order_is_held_to_the_call(self) -> None:
        desk = Desk()
        desk.report("C-0", "accepted")
        assert self.pin(desk) == Pin(level="technician", technician="T-1")

    def test_an_order_does_not_hold_longer_than_the_shift_it_was_given_on(self) -> None:
        desk = Desk()
        desk.do("change_shift", technician="T-2", shift={"id": "tue", "start": at(8, day=3), "end": at(14, day=3)})
        desk.report("C-0", "accepted", "T-2", at=at(7))
        desk.tick(at(16))
        assert self.pin(desk) is None

    def test_nobody_is_held_to_a_shift_that_is_gone(self) -> None:
        desk = Desk()
        desk.do("assign_call", call="C-0", technician="T-2", shift="mon")
        desk.do("cancel_shift", technician="T-2", shift="mon")
        assert self.pin(desk) is None

    def test_an_assignment_with_a_start_finds_the_shift_that_holds_it(self) -> None:
        desk = Desk()
        desk.do("assign_call", call="C-0", technician="X-1", start=at(13))
        assert self.pin(desk) == Pin(level="start", technician="X-1", shift="pm", start=moment(at(13)))

    def test_an_assignment_against_the_rules_lets_none_of_them_keep_the_technician_away(self) -> None:
        desk = Desk()
        desk.do(
            "change_call", call="C-1", changes={"excluded_technicians": ["T-2"], "windows": [], "parts": {"KIT": 3}}
        )
        desk.do("assign_call", call="C-1", technician="T-2", override="nobody else is near")
        planned = desk.call("C-1")
        assert planned is not None
        assert (planned.skills, planned.excluded_technicians, planned.parts) == ({}, (), {"KIT": 1})
        desk.do("unpin_call", call="C-1")
        planned = desk.call("C-1")
        assert planned is not None
        assert planned.skills == {"lift": 2}


class TestPromises:
    def test_publishing_promises_what_the_plan_says(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)), ("C-4", at(10)))
        desk.do("publish_plan", calls=["C-0"])
        promise = desk.state.calls["C-0"].promise
        assert promise is not None
        assert (promise.technician, promise.start) == ("T-1", moment(at(9)))
        assert desk.state.calls["C-4"].promise is None

    def test_publishing_again_what_was_promised_changes_nothing(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))
        desk.do("publish_plan")
        assert desk.do("publish_plan") == ()

    def test_a_promise_counts_how_often_the_customer_was_told_of_another_technician(self) -> None:
        desk = Desk()
        told = []
        for who, when in (("T-1", at(9)), ("T-1", at(10)), ("T-2", at(9)), ("T-1", at(9))):
            desk.plan("T-2" if who == "T-1" else "T-1", ("C-4", at(9)))
            desk.plan(who, ("C-0", when))
            desk.do("publish_plan", calls=["C-0"])
            promise = desk.state.calls["C-0"].promise
            assert promise is not None
            told.append((promise.technician, promise.changes))
        assert told == [("T-1", 0), ("T-1", 0), ("T-2", 1), ("T-1", 2)]

    def test_who_comes_is_told_only_so_long_before_the_start_as_the_policy_says(self) -> None:
        desk = self.naming_an_hour_ahead()
        desk.plan("T-1", ("C-0", at(9)), ("C-4", at(9, 1)))
        desk.at(at(8)).do("publish_plan")
        assert self.told(desk) == {"C-0": "T-1", "C-4": None}
        assert desk.do("publish_plan") == ()

    def test_who_comes_is_told_when_it_is_time_to_those_who_were_told_when(self) -> None:
        desk = self.naming_an_hour_ahead()
        desk.plan("T-1", ("C-0", at(9)), ("C-4", at(10)))
        desk.at(at(7)).do("publish_plan", calls=["C-0"])
        assert self.told(desk) == {"C-0": None, "C-4": None}
        desk.tick(at(8))
        assert self.told(desk) == {"C-0": "T-1", "C-4": None}
        desk.tick(at(9))
        assert self.told(desk) == {"C-0": "T-1", "C-4": None}  # nobody has told the other customer anything

    def test_naming_a_technician_keeps_the_window_that_was_promised(self) -> None:
        desk = self.naming_an_hour_ahead()
        window = {"start": at(9), "end": at(11)}
        desk.do("change_call", call="C-0", changes={"promise": {"window": window}})
        desk.plan("T-1", ("C-0", at(9)))
        desk.tick(at(8))
        promise = desk.state.calls["C-0"].promise
        assert promise is not None
        assert promise.window is not None
        assert (promise.technician, promise.start) == ("T-1", None)

    def test_who_was_told_a_technician_who_comes_later_keeps_the_name(self) -> None:
        desk = self.naming_an_hour_ahead()
        desk.plan("T-1", ("C-0", at(9)))
        desk.at(at(8)).do("publish_plan")
        desk.plan("T-1", ("C-0", at(12)))
        desk.do("publish_plan")
        assert self.told(desk)["C-0"] == "T-1"

    def test_who_was_told_a_technician_hears_at_once_that_it_is_another_and_who_when_it_is_time(self) -> None:
        desk = self.naming_an_hour_ahead()
        desk.plan("T-1", ("C-0", at(9)))
        desk.at(at(8)).do("publish_plan")
        told = []
        for who, now in (("T-2", at(8)), ("T-1", at(9)), ("T-2", at(11))):
            desk.plan("T-2" if who == "T-1" else "T-1", ("C-4", at(9)))
            desk.plan(who, ("C-0", at(12)))
            desk.at(now).do("publish_plan", calls=["C-0"])
            promise = desk.state.calls["C-0"].promise
            assert promise is not None
            told.append((promise.technician, promise.changes))
        assert told == [(None, 1), (None, 1), ("T-2", 1)]

    @staticmethod
    def naming_an_hour_ahead() -> Desk:
        desk = Desk()
        desk.do("set_policy", policy={"name_technician_ahead": "PT1H"})
        return desk

    @staticmethod
    def told(desk: Desk) -> dict[str, str | None]:
        promises = {name: desk.state.calls[name].promise for name in ("C-0", "C-4")}
        return {name: None if promise is None else promise.technician for name, promise in promises.items()}

    def test_what_is_not_planned_cannot_be_promised(self) -> None:
        with pytest.raises(CallNotPlannedError):
            Desk().do("publish_plan", calls=["C-0"])

    def test_recalling_takes_promises_back(self) -> None:
        desk = Desk()
        desk.plan("T-1", ("C-0", at(9)))
        desk.do("publish_plan")
        desk.do("recall_plan")
        assert desk.state.calls["C-0"].promise is None

    def test_what_was_promised_of_a_call_that_is_over_stays(self) -> None:
        desk = Desk().at(at(9))
        desk.plan("T-1", ("C-0", at(9)))
        desk.do("publish_plan")
        desk.report("C-0", "completed")
        desk.do("recall_plan")
        assert desk.state.calls["C-0"].promise is not None
