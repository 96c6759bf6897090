"""The nights before shifts."""

from typing import Any

from solver.problem import NONE, Shifts
from tests.dispatch_engine.planner.days import at, call, day, location, shift, technician, translation_of

TUESDAY = {"id": "tue", "start": at(8, day=3), "end": at(16, day=3)}


def shifts_of(replenishment: str, *shifts: dict[str, Any], **more: Any) -> Shifts:
    crew = [technician(shifts=[*shifts], replenished_at="L-2", **more)]
    locations = [location("L-1"), location("L-2")]
    policy = {"overnight_replenishment": replenishment}
    calls = [call(parts={"A": 1, "B": 1}), call("C-2")]
    return translation_of(day(calls, crew, stock_locations=locations, policy=policy)).solver_problem.shifts


def test_a_van_is_loaded_at_its_location_before_every_shift_but_the_first_in_time() -> None:
    assert shifts_of("need", TUESDAY, shift()).overnight_location.tolist() == [1, NONE]


def test_to_need_there_is_no_limit() -> None:
    assert shifts_of("need", shift(), TUESDAY, loadout={"A": 1}).overnight_limit.tolist() == [[NONE, NONE]] * 2


def test_to_loadout_a_part_that_it_does_not_name_is_not_loaded() -> None:
    assert shifts_of("loadout", shift(), TUESDAY, loadout={"A": 3}).overnight_limit.tolist() == [[3, 0]] * 2


def test_without_replenishment_there_is_no_night() -> None:
    assert shifts_of("none", shift(), TUESDAY).overnight_location.tolist() == [NONE, NONE]


def test_a_van_without_a_location_is_not_loaded() -> None:
    crew = [technician(shifts=[shift(), TUESDAY])]
    problem = day([call()], crew, policy={"overnight_replenishment": "need"})
    assert translation_of(problem).solver_problem.shifts.overnight_location.tolist() == [NONE, NONE]


def test_a_shift_that_has_begun_has_no_night_before_it() -> None:
    facts = {"departed_at": at(8, day=3)}
    assert shifts_of("need", shift(), TUESDAY | {"facts": facts}).overnight_location.tolist() == [NONE, NONE]
