import json
from pathlib import Path

import pytest

from bench import run
from bench.families.trsp_judge import PROGRAM
from tests.bench.families.tiny import solomon, trsp, written

KEYS = {
    *("instance", "family", "seconds", "cost", "bks", "gap_pct", "bound_gap_pct", "violations", "unplanned"),
    *("iterations", "peak_mb", "seed", "routes"),
}


def test_a_run_writes_a_record_and_ends_with_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    solomon(tmp_path / "vrptw", ["0 0 0 0 100 0", "0 10 5 0 100 5", "7 7 5 0 100 5"])
    written(tmp_path / "vrptw" / "bks.csv", ["instance,dist_only_DIMACS_trunc1", "TINY,27.4"])
    asked = ["vrptw", "--instances", str(tmp_path), "--time-limit", "0.2", "--json", str(tmp_path / "runs.jsonl")]
    assert run.main(asked) == 0
    (record,) = [json.loads(line) for line in (tmp_path / "runs.jsonl").read_text().splitlines()]
    assert record.keys() >= KEYS
    assert (record["cost"], record["gap_pct"], record["violations"], record["routes"]) == (27.4, 0, 0, 1)
    printed = capsys.readouterr()
    assert "| TINY | 0.2 | 1 | 27.40 | 27.40 (27.40) | 0.00 % |" in printed.out
    assert "[1] TINY, dispatch, rules all, seed 1: 27.40 (+0.00 %), 0 unplanned, 0 violations" in printed.err


def test_a_broken_rule_ends_the_measurement_with_one(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    trsp(tmp_path / "trsp", ["0 0 0 100 0 [] [] []", "0 10 0 100 0 [] [] []", "0 20 0 100 5 [] [] []"])
    written(tmp_path / "trsp" / PROGRAM, ["raise SystemExit('late at 2')"])
    assert run.main(["trsp", "--instances", str(tmp_path), "--time-limit", "0.2"]) == 1
    assert f"{PROGRAM}: late at 2" in capsys.readouterr().err


def test_peers_are_asked_in_the_same_run_under_the_rules_that_they_have(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = ["field", "--only", "10x60-plain", "--time-limit", "0.3", "--peers", "ortools-plain"]
    assert run.main([*asked, "--json", str(tmp_path / "runs.jsonl")]) == 0
    runs = [json.loads(line) for line in (tmp_path / "runs.jsonl").read_text().splitlines()]
    assert [(each["rules"], each["solver"]) for each in runs] == [
        ("all", "dispatch"),
        ("routing", "dispatch"),
        ("routing", "ortools-plain"),
    ]
    assert all(each.keys() >= KEYS and each["bks"] is None for each in runs)
    assert [each["gap_pct"] for each in runs][::2] == [None, 0]
    assert "Rules *routing* on 10x60-plain. Switched off for both: " in capsys.readouterr().out


def test_a_peer_that_is_not_known_ends_the_run_before_it_begins(capsys: pytest.CaptureFixture[str]) -> None:
    assert run.main(["field", "--only", "10x60-plain", "--peers", "abacus"]) == 2
    assert "'abacus' is not known" in capsys.readouterr().err


def test_of_a_family_that_makes_its_instances_names_are_enough() -> None:
    assert run.paths_of("field", None, "10x60-p*") == [
        Path("10x60-plain"),
        Path("10x60-parts"),
        Path("10x60-parts+breaks"),
        Path("10x60-parts+overtime"),
    ]
    with pytest.raises(run.InstancesMissingError, match="Maybe one of 10x60-plain"):
        run.paths_of("field", None, "huge")


def test_without_a_folder_the_way_out_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(run.VARIABLE, raising=False)
    assert run.main(["vrptw"]) == 2
    assert "Maybe name it with --instances or in DISPATCH_INSTANCES" in capsys.readouterr().err


def test_the_folder_is_that_of_the_environment_unless_one_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = solomon(tmp_path / "vrptw", ["0 0 0 0 100 0"])
    monkeypatch.setenv(run.VARIABLE, str(tmp_path))
    assert run.paths_of("vrptw", None, "TI*") == [path]
    with pytest.raises(run.InstancesMissingError, match="or --only"):
        run.paths_of("vrptw", None, "R*")
