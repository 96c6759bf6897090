"""What is proven about a document is printed by the rules of all and of the peers."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.proven import main
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY


def test_no_plan_costs_less_than_what_is_proven(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "day.json"
    path.write_text(json.dumps(SAMPLE_DAY), encoding="utf-8")
    assert main([str(path), "--time-limit", "1", "--peers", "ortools-gls"]) == 0
    rows = [line.split(" | ") for line in capsys.readouterr().out.splitlines()[2:]]
    assert [row[1] for row in rows] == ["all", "routing"]
    for _, _, plan, bound, *_ in rows:
        assert 0 < float(bound) <= float(plan)
