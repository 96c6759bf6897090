"""A technician works on one board at a time."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from datetime import timedelta
from typing import TYPE_CHECKING, Any

import pytest

from dispatch_engine.board.reading import command_of
from dispatch_engine.event_log.memory import MemoryEventLog
from dispatch_engine.event_log.opening import open_event_log
from dispatch_engine.service import crews
from dispatch_engine.service.boards import Boards
from dispatch_engine.service.errors import CrewsBusyError, TechnicianElsewhereError
from dispatch_engine.service.requests import Request
from tests.dispatch_engine.board.histories import Clock, send
from tests.dispatch_engine.planner.days import at, call, day, shift, technician

if TYPE_CHECKING:
    from pathlib import Path

    from dispatch_engine.event_log.log import EventLog
    from dispatch_engine.service.live_board import LiveBoard
    from dispatch_engine.service.requests import Accepted


def opening(*crew: dict[str, Any], **more: Any) -> Request:
    document = day([call("C-1")], list(crew), **more).model_dump(mode="json", exclude_unset=True)
    return Request((command_of({"type": "open_board", "document": document}),), "somebody")


def set_technician(*shifts: dict[str, Any], name: str = "T-1") -> dict[str, Any]:
    return {"type": "set_technician", "technician": technician(name, shifts=list(shifts))}


class Company:
    """Two boards: on the first T-1 works from 8 to 12, overtime of an hour may follow; on the second T-9 does."""

    def __init__(self, log: EventLog | None = None) -> None:
        self.log = log or MemoryEventLog()
        self.clock = Clock()
        self.boards = Boards(self.log, self.clock)
        for name, person in (("north", "T-1"), ("south", "T-9")):
            self.boards.open(name, opening(technician(person, shifts=[shift("am", 8, 12, overtime_cap="PT1H")])))

    @property
    def north(self) -> LiveBoard:
        return self.boards.board("north")

    @property
    def south(self) -> LiveBoard:
        return self.boards.board("south")


@pytest.fixture
def company() -> Company:
    return Company()


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        (set_technician(shift("x", 12, 15)), "/0/technician/shifts/0"),
        (set_technician(shift("x", 14, 15), shift("y", 7, 9)), "/0/technician/shifts/1"),
    ],
)
def test_a_shift_that_overlaps_with_one_on_another_board_is_refused(
    company: Company, command: dict[str, Any], pointer: str
) -> None:
    before = company.south.state
    with pytest.raises(TechnicianElsewhereError, match=r"overlaps with shift am .+ on board north") as caught:
        send(company.south, **command)
    assert caught.value.pointer == pointer
    assert company.south.state is before


def test_a_shift_that_begins_when_the_other_and_its_overtime_are_over_is_taken(company: Company) -> None:
    state = send(company.south, **set_technician(shift("pm", 13, 17)))
    assert "T-1" in state.technicians


@pytest.mark.parametrize(
    ("command", "pointer"),
    [
        ({"type": "change_shift", "technician": "T-1", "shift": shift("pm", 11, 17)}, "/0/shift"),
        ({"type": "change_technician", "technician": "T-1", "changes": {"shifts": [shift("x", 8, 9)]}}, "/0/changes/"),
    ],
)
def test_a_change_of_shifts_is_held_against_the_other_board(
    company: Company, command: dict[str, Any], pointer: str
) -> None:
    send(company.south, **set_technician(shift("pm", 13, 17)))
    with pytest.raises(TechnicianElsewhereError) as caught:
        send(company.south, **command)
    assert caught.value.pointer.startswith(pointer)


def test_a_board_that_begins_with_somebody_who_works_elsewhere_is_not_opened(company: Company) -> None:
    with pytest.raises(TechnicianElsewhereError) as caught:
        company.boards.open("west", opening(technician("T-5"), technician("T-9")))
    assert caught.value.pointer == "/0/document/technicians/1/shifts/0"
    assert company.boards.names() == ["north", "south"]


def test_other_facts_about_a_technician_are_not_held_against_anything(company: Company) -> None:
    state = send(company.north, type="change_technician", technician="T-1", changes={"skills": {"lift": 3}})
    assert state.technicians["T-1"].skills == {"lift": 3}


@pytest.mark.parametrize(
    "free",
    [
        {"type": "cancel_shift", "technician": "T-1", "shift": "am"},
        {"type": "remove_technician", "technician": "T-1"},
        {"type": "change_shift", "technician": "T-1", "shift": shift("am", 8, 9)},
    ],
)
def test_who_does_not_work_there_any_more_can_work_here(company: Company, free: dict[str, Any]) -> None:
    send(company.north, **free)
    send(company.south, **set_technician(shift("x", 9, 12)))


def test_who_has_signed_off_there_can_work_here_from_then_on(company: Company) -> None:
    company.clock.now += timedelta(hours=2)
    send(company.north, type="sign_on", technician="T-1", at=at(8))
    send(company.north, type="sign_off", technician="T-1", at=at(9))
    with pytest.raises(TechnicianElsewhereError):
        send(company.south, **set_technician(shift("x", 8, 12)))
    send(company.south, **set_technician(shift("x", 9, 12)))


def test_a_provider_works_for_several_boards(company: Company) -> None:
    provider = {"id": "X-1", "home": "P5", "shifts": [shift("am", 8, 12)]}
    for board in (company.north, company.south):
        send(board, type="set_provider", provider=provider)


def test_of_many_boards_that_want_somebody_at_once_one_has_the_technician(tmp_path: Path) -> None:
    with closing(open_event_log(f"sqlite:///{tmp_path / 'd.db'}")) as log:
        processes = [Boards(log, Clock()) for _ in range(4)]

        def opened(number: int) -> Accepted | str:
            try:
                return processes[number].open(f"board-{number}", opening(technician("T-1")))
            except TechnicianElsewhereError as error:
                return error.code

        with ThreadPoolExecutor(4) as threads:
            found = list(threads.map(opened, range(4)))
        assert sum(each == "technician_elsewhere" for each in found) == 3
        assert len(log.boards()) == 1


def test_a_process_that_does_not_come_to_an_end_is_not_waited_for_for_ever(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(crews, "WAIT_S", 0.05)
    with company.log.lead(crews.ALL_BOARDS, crews.PURPOSE), pytest.raises(CrewsBusyError):
        send(company.south, **set_technician(shift("pm", 13, 17)))
    send(company.south, **set_technician(shift("pm", 13, 17)))
