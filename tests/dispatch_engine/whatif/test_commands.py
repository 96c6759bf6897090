"""What a board is asked for so that a scenario comes true."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.evolve import folded
from dispatch_engine.board.state import BoardState
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.whatif.commands import commands_of, known_of
from tests.dispatch_engine.whatif.sample import at, scenario
from tests.dispatch_engine.whatif.test_changes import CHANGES, FREE, STOCKED

NOW = STOCKED.technicians[0].shifts[0].start
UNFIT = {
    "scale_demand", "resample_demand", "change_travel", "close_area", "add_place", "remove_place", "change_place",
    "remove_contract", "remove_territory", "remove_part",
}  # fmt: skip


REPORTED: dict[str, Callable[[BoardState], object]] = {
    "absence": lambda state: state.crew["T-1"].absences,
    "add_call": lambda state: state.visits["C-3"].status == "new",
    "remove_call": lambda state: state.visits["C-1"].status == "cancelled",
}
"""What a board keeps apart from what it was told at first, and how one sees it."""


@pytest.fixture(scope="module")
def board() -> BoardState:
    return folded(None, 1, NOW, decide(None, OpenBoard(type="open_board", document=STOCKED), NOW))


def asked(board: BoardState, *changes: dict[str, Any]) -> list[dict[str, Any]]:
    found = commands_of(board, [scenario(*changes)])
    return [each.model_dump(mode="json", exclude_unset=True) for each in found]


@pytest.mark.parametrize("kind", [kind for kind in CHANGES if kind not in UNFIT])
def test_the_board_takes_what_a_change_asks_for_and_is_then_as_the_scenario_says(board: BoardState, kind: str) -> None:
    commands = commands_of(board, [scenario({"type": kind, **CHANGES[kind][0]})])
    assert commands
    state = board
    for number, command in enumerate(commands):
        state = folded(state, number + 2, NOW, decide(state, command, NOW))
    if kind in REPORTED:
        assert REPORTED[kind](state)
        return
    wanted = scenario({"type": kind, **CHANGES[kind][0]}).changes[0].applied(known_of(board))
    assert known_of(state) == wanted.model_copy(update={"now": known_of(state).now})


@pytest.mark.parametrize("kind", sorted(UNFIT))
def test_what_no_event_brings_about_is_refused_and_named(board: BoardState, kind: str) -> None:
    changes = [{"type": kind, **CHANGES[kind][0]}, *([FREE[kind]] if kind in FREE else [])]
    with pytest.raises(DocumentErrors) as caught:
        asked(board, *changes)
    assert [(each.pointer, each.code) for each in caught.value.faults] == [
        ("/changes/0/type", "change_unfit_for_board")
    ]


def test_a_call_is_changed_in_the_fields_that_differ_alone(board: BoardState) -> None:
    change = {"type": "change_call", "call": "C-1", "set": {"priority": 1, "windows": None}}
    (command,) = asked(board, change)
    assert command == {"type": "change_call", "call": "C-1", "changes": {"priority": 1, "windows": None}}


def test_of_scenarios_that_are_based_on_each_other_all_come_true_in_order(board: BoardState) -> None:
    first = scenario({"type": "absence", "technician": "T-1", "since": at(11)}, id="first")
    second = scenario({"type": "train", "technicians": ["T-2"], "skills": {"lift": 2}}, id="second", based_on="first")
    assert [each.type for each in commands_of(board, [first, second])] == ["report_absence", "set_technician"]


def test_who_is_removed_is_taken_out_of_what_names_them_by_the_board_itself(board: BoardState) -> None:
    assert asked(board, {"type": "remove_technician", "technician": "T-1"}) == [
        {"type": "remove_technician", "technician": "T-1"}
    ]
