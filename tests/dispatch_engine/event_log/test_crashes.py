"""Writers that are killed with SIGKILL at full speed: what was acknowledged is there, and nothing is there by half."""

import random
from contextlib import ExitStack

import pytest

from dispatch_engine.event_log.sql.log import SqlEventLog
from tests.programs import line_of, rest_of, running

pytestmark = pytest.mark.slow

KILLS = 6


def told_until_killed(url: str, board: str, seed: int, count: int) -> list[str]:
    """Return the lines of a writer that is killed some time after it has told so many."""
    with running("tests.appending", url, board, str(seed)) as writer:
        lines = [line_of(writer) for _ in range(count)]
        writer.kill()
        return lines + rest_of(writer)


def kept(log: SqlEventLog, board: str) -> list[str]:
    return [f"{entry.revision} {entry.hash}" for entry in log.read(board)]


def test_no_acknowledged_entry_is_lost_and_none_is_there_by_half(sql_log: SqlEventLog, url: str) -> None:
    chance = random.Random(5)
    acknowledged: list[str] = []
    for seed in range(KILLS):
        acknowledged += told_until_killed(url, "north", seed, chance.randrange(1, 60))
        found = kept(sql_log, "north")
        assert found[: len(acknowledged)] == acknowledged
        assert len(found) - len(acknowledged) <= 1  # durable, and killed before it could be told
        assert sql_log.verify("north").revision == len(found)
        acknowledged = found


def test_of_two_writers_on_one_database_the_other_goes_on_when_one_is_killed(sql_log: SqlEventLog, url: str) -> None:
    with ExitStack() as writers:
        north = writers.enter_context(running("tests.appending", url, "north", "1"))
        south = writers.enter_context(running("tests.appending", url, "south", "2"))
        told = {"north": [line_of(north) for _ in range(10)], "south": [line_of(south) for _ in range(10)]}
        north.kill()
        told["north"] += rest_of(north)
        told["south"] += [line_of(south) for _ in range(20)]
        south.kill()
        told["south"] += rest_of(south)
    for board, lines in told.items():
        assert kept(sql_log, board)[: len(lines)] == lines
        assert sql_log.verify(board).revision - len(lines) in {0, 1}
