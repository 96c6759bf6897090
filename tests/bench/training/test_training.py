"""Made instances are those of their seeds, somebody can serve each request, and settings are compared one by one."""

from __future__ import annotations

import json
from argparse import ArgumentTypeError
from pathlib import Path

import pytest

from bench.families.tours import DEPOT, Tour
from bench.training.__main__ import main, seeds
from bench.training.differences import table
from bench.training.kinds import KINDS
from bench.training.settings import assignment, with_settings
from bench.training.trial import Trial
from solver.params import Params


@pytest.mark.parametrize("family", KINDS)
def test_a_seed_makes_one_instance_and_another_seed_another(family: str) -> None:
    made, again, other = (KINDS[family](seed).document() for seed in (4, 4, 5))
    assert made == again
    assert made != other


@pytest.mark.parametrize("family", KINDS)
@pytest.mark.parametrize("seed", [1, 2, 3])
def test_somebody_can_serve_each_request_of_a_made_instance_by_itself(family: str, seed: int) -> None:
    instance = KINDS[family](seed)
    document = instance.document()
    for node in (int(call.id) for call in document.calls):
        tours = [
            Tour(int(technician.id), stops)
            for technician in document.technicians
            for stops in ((node,), *([(DEPOT, node)] if family == "trsp" else []))
        ]
        assert any(not instance.judged([tour]).faults for tour in tours), node


def test_settings_stand_in_place_of_the_defaults() -> None:
    params = with_settings(Params(), [("master.at", "0.5,0.8"), ("search.hot", "0.4"), ("search.neighbours", "50")])
    assert params.master is not None
    assert params.master.at == (0.5, 0.8)
    assert (params.search.hot, params.search.neighbours) == (0.4, 50)


@pytest.mark.parametrize("word", ["search.hotter=1", "search=1", "search.hot=warm", "search.hot", "gap=1"])
def test_a_setting_that_there_is_not_is_refused(word: str) -> None:
    with pytest.raises(ArgumentTypeError, match="sets nothing"):
        assignment(word)


def test_a_range_of_seeds_runs_from_the_first_to_the_last() -> None:
    assert [*seeds("2-4")] == [2, 3, 4]
    assert [*seeds("7")] == [7]
    for text in ("4-2", "a", "1-b"):
        with pytest.raises(ArgumentTypeError, match="no range"):
            seeds(text)


def trial_of(seed: int, cost: float, settings: str = "") -> Trial:
    return Trial(
        family="vrptw", seed=seed, time_limit=1.0, settings=settings, cost=cost, unplanned=0, iterations=int(cost)
    )


def test_settings_are_compared_with_the_first_on_the_same_instances() -> None:
    trials = [trial_of(1, 100), trial_of(1, 102, "a=1"), trial_of(2, 200), trial_of(2, 200, "a=1")]
    assert table(trials).splitlines()[-1] == "| vrptw | a=1 | 2 | +1.00 | 1.00 | 0 / 1 | x 1.01 |"


def test_trials_are_compared_with_those_before_a_change() -> None:
    before, now = [trial_of(1, 100), trial_of(2, 100)], [trial_of(2, 99), trial_of(3, 50)]
    assert table(now, before).splitlines()[-1] == "| vrptw | as they are | 1 | -1.00 |  | 1 / 0 | x 0.99 |"


def test_the_command_plans_each_instance_with_each_setting(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    kept = tmp_path / "trials.jsonl"
    asked = ["vrptw", "--seeds", "1", "--time-limit", "0.2", "--set", "search.hot=0.3", "search.cold=0.02"]
    assert main([*asked, "--json", str(kept)]) == 0
    trials = [json.loads(line) for line in kept.read_text(encoding="utf-8").splitlines()]
    assert [each["settings"] for each in trials] == ["", "search.hot=0.3 search.cold=0.02"]
    assert "| vrptw | search.hot=0.3 search.cold=0.02 | 1 |" in capsys.readouterr().out
