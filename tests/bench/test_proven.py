"""What is proven about a document is printed by the rules of all and of the peers."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from bench.proven import main
from bench.record import Record
from bench.records import line_of
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY


def test_no_plan_costs_less_than_what_is_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "day.json"
    path.write_text(json.dumps(SAMPLE_DAY), encoding="utf-8")
    assert main([str(path), "--time-limit", "1", "--peers", "ortools-gls"]) == 0
    rows = rows_of(capsys.readouterr().out)
    assert [row[1] for row in rows] == ["all", "routing"]
    for _, _, plan, bound, *_ in rows:
        assert 0 < number(bound) <= number(plan)


def test_results_of_peers_say_how_much_cheaper_anybody_can_be(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    runs = [
        Record(instance="10x60-plain", seconds=10, cost=cost, violations=0, peak_mb=1, seed=seed, time_limit=10)
        for seed, cost in enumerate((9_000.0, 9_100.0))
    ]
    results = tmp_path / "runs.jsonl"
    results.write_text("".join(f"{line_of(replace(run, solver='ortools-gls', rules='routing'))}\n" for run in runs))
    asked = ["10x60-plain", "--time-limit", "1", "--peers", "ortools-gls", "--results", str(results)]
    assert main(asked) == 0
    everything, routing = rows_of(capsys.readouterr().out)
    assert everything[5:] == ["", ""]
    assert number(routing[5]) == 9_050
    assert float(routing[6].removesuffix(" %")) == pytest.approx(100 * (1 - number(routing[3]) / 9_050), abs=0.01)


def test_a_document_that_is_not_there_is_named(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nowhere.json"]) == 2
    assert "nowhere.json" in capsys.readouterr().err


def rows_of(table: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()[2:]]


def number(cell: str) -> float:
    return float(cell.replace(",", ""))
