"""Real calls played through HTTP, with a crew whose phones follow the plan: nothing is forgotten at the end."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from bench.real_day import WATCHES, Script, play, table

CALLS = "instances/calls_nyc_elevators/calls_2024_jan_jun.csv"


@pytest.mark.slow
@pytest.mark.needs_shared
def test_every_call_of_a_whole_real_day_is_completed_or_cancelled_or_explained(shared: Path) -> None:
    played = play(Script(date(2024, 6, 24), 0, 24, WATCHES, speed=600, seed=1, calls=shared / CALLS))
    sys.stdout.write(table(played))
    assert played.unexplained == ()
    assert (played.refused, played.gaps) == (0, 0)
    assert played.statuses["completed"] > played.statuses.total() / 4  # fewer on a machine that is busy
