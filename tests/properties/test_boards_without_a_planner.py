"""Long random histories under plans of chance: a board is a valid problem after each step, however it was planned."""

import random
from datetime import timedelta

import pytest

from dispatch_engine.board.document import ProblemWriter, problem_of
from dispatch_engine.board.errors import CommandRefusedError
from dispatch_engine.board.snapshots import StateWriter, bytes_of, state_of
from dispatch_engine.board.warnings import warnings_of
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.checks.run import faults_of
from tests.dispatch_engine.board.desk import Desk
from tests.dispatch_engine.board.histories import drawn

HISTORIES, STEPS = 20, 80


def planned(desk: Desk, chance: random.Random) -> None:
    """Publish a route of chance for one shift: some of the calls, from about now on."""
    shifts = [(each.id, shift.id) for each in desk.state.capacities.values() for shift in each.shifts]
    calls = [call for call, visit in desk.state.visits.items() if not visit.is_closed]
    if not shifts or not calls:
        return
    who, shift = chance.choice(shifts)
    taken = {call for call, (key, _) in desk.state.plan.places.items() if key != (who, shift)}
    own = [call for call in calls if call not in taken][: chance.randint(1, 4)]
    moment = desk.now.replace(microsecond=0) + timedelta(minutes=chance.randint(-10, 40))
    stops = []
    for call in own:
        stops.append(desk.stop(call, moment.isoformat()))
        moment += timedelta(minutes=chance.randint(20, 60))
        if chance.random() < 0.2:
            stops.append(desk.stop("", moment.isoformat(), kind="break", minutes=30))
            moment += timedelta(minutes=30)
    if stops:
        desk.publish(who, shift, tuple(stops))


@pytest.mark.parametrize("seed", range(HISTORIES))
def test_a_board_stays_a_valid_problem(seed: int) -> None:
    chance, desk, writer = random.Random(1000 + seed), Desk(), ProblemWriter()
    snapshots = StateWriter()
    for _ in range(STEPS):
        desk.now += timedelta(seconds=chance.choice([0, 7, 300, 1500, 4000, 20_000]))
        said = drawn(chance, desk.state, desk.now)
        try:
            desk.do(said.pop("type"), **said)
        except (CommandRefusedError, DocumentErrors):
            continue
        if chance.random() < 0.5:
            planned(desk, chance)
        problem = problem_of(desk.state)
        assert faults_of(problem) == ()
        assert writer.problem_of(desk.state) == problem
        assert snapshots.bytes_of(desk.state) == bytes_of(desk.state)
        again = state_of(bytes_of(desk.state))
        assert problem_of(again) == problem
        assert warnings_of(again) == warnings_of(desk.state)
