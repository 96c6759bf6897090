import json
import os
import sys
from pathlib import Path

import pytest

from bench import command, inputs, live, log, peers
from bench.command import spend


def test_what_a_process_held_is_not_what_its_starter_held() -> None:
    ballast = bytearray(b"x" * 200_000_000)
    spent = spend([sys.executable, "-I", "-S", "-c", "raise SystemExit(3)"], dict(os.environ))
    assert len(ballast) > 0
    assert spent.exit_code == 3
    assert spent.peak_mb < 100


def test_a_comparison_writes_a_record_a_run(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "runs.jsonl"
    asked = ["--time-limit", "0.3", "--seeds", "1", "--peers", "ortools-plain", "--json", str(written)]
    assert peers.main([str(root / "data/nauru/day.json"), *asked]) == 0
    runs = [json.loads(line) for line in written.read_text().splitlines()]
    assert [run["solver"] for run in runs] == ["dispatch", "dispatch", "ortools-plain"]
    assert all(run["violations"] == 0 and run["stated_cost"] == run["cost"] for run in runs)
    assert [run["rules"] for run in runs] == ["all", "routing", "routing"]
    assert min(run["gap_pct"] for run in runs[1:]) == 0
    assert "Switched off for both: price of starting outside" in capsys.readouterr().out


def test_an_unknown_peer_ends_the_comparison_with_advice(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert peers.main([str(root / "data/nauru/day.json"), "--peers", "abacus"]) == 2
    assert "Maybe one of" in capsys.readouterr().err


def test_a_missing_document_ends_the_measurement(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main([str(tmp_path / "none.json")]) == 2
    assert "wrote no plan" in capsys.readouterr().err


def test_the_inputs_of_a_search_are_timed_in_new_processes(tmp_path: Path) -> None:
    written = tmp_path / "runs.jsonl"
    assert inputs.main(["--calls", "20", "--places", "30", "--runs", "2", "--json", str(written)]) == 0
    runs = [json.loads(line) for line in written.read_text().splitlines()]
    assert [(run["calls"], run["places"]) for run in runs] == [(20, 30)] * 2
    assert all(min(run["read_s"], run["first_s"], run["cached_s"]) > 0 for run in runs)


def test_a_log_is_measured_and_leaves_nothing_behind(tmp_path: Path) -> None:
    written = tmp_path / "runs.jsonl"
    asked = ["--entries", "3", "--kilobytes", "10", "--runs", "2", "--folder", str(tmp_path), "--json", str(written)]
    assert log.main(asked) == 0
    runs = [json.loads(line) for line in written.read_text().splitlines()]
    assert [run["database"] for run in runs] == ["sqlite", "sqlite"]
    assert all(9_000 < run["bytes"] < 12_000 and 0 < run["append_p50_ms"] <= run["append_p99_ms"] for run in runs)
    assert list(tmp_path.iterdir()) == [written]


@pytest.mark.slow
def test_a_live_board_is_measured_over_http_event_by_event(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "events.jsonl"
    asked = ["--technicians", "4", "--visits", "16", "--events", "20", "--settle-s", "0", "--json", str(written)]
    assert live.main(asked) == 0
    events = [json.loads(line) for line in written.read_text().splitlines()]
    assert len(events) == 20
    assert all(event["status"] == 200 and event["ms"] > 0 for event in events)
    assert "| all | 20 |" in capsys.readouterr().out
