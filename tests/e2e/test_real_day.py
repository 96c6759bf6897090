"""Real calls played through HTTP, with a crew whose phones follow the plan: nothing is forgotten at the end."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from bench.city_day import Watch
from bench.real_day import Script, play, table

CALLS = "instances/calls_nyc_elevators/calls_2024_jan_jun.csv"


@pytest.mark.slow
@pytest.mark.needs_shared
def test_every_call_of_three_real_hours_is_completed_or_cancelled_or_explained(shared: Path) -> None:
    watches = (Watch("early", 9, 9, 14), Watch("late", 6, 10, 14.5))
    played = play(Script(date(2024, 6, 24), 9, 12, watches, speed=1200, seed=1, calls=shared / CALLS))
    sys.stdout.write(table(played))
    assert played.unexplained == ()
    assert (played.refused, played.gaps) == (0, 0)
    assert played.statuses["completed"] > played.statuses.total() / 6  # fewer on a machine that is busy
