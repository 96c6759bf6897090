import json
from pathlib import Path

import pytest

from bench import whatif


def test_the_cost_of_comparing_is_told_by_core(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    written = tmp_path / "runs.jsonl"
    asked = ["--technicians", "3", "--calls", "12", "--scenarios", "2", "--seeds", "1", "--time-limit", "0.3"]
    assert whatif.main([*asked, "--executor", "threads:1", "--json", str(written)]) == 0
    (record,) = [json.loads(line) for line in written.read_text().splitlines()]
    assert (record["runs"], record["scenarios"], record["at_once"]) == (3, 2, 1)
    assert record["ratio"] == pytest.approx(record["wall_s"] / record["search_s"], rel=0.1)
    assert "| 3 × 12 | 3 of 0.3 s | threads:1 |" in capsys.readouterr().out
