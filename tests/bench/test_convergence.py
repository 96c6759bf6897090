import json
from pathlib import Path

from bench import convergence, profile
from bench.phases import REST
from bench.trace import Trace

PNG = b"\x89PNG"


def test_a_plan_that_is_no_better_is_passed_over() -> None:
    trace = Trace()
    for seconds, ticks in ((0.1, 50), (0.2, 50), (0.3, 40), (0.4, 60)):
        trace.add(seconds, ticks)
    assert trace.points == ((0.1, 50), (0.3, 40))


def test_what_plans_cost_as_time_goes_by_is_written_and_drawn_and_drawn_again(tmp_path: Path) -> None:
    written, png, again = tmp_path / "runs.jsonl", tmp_path / "a.png", tmp_path / "b.png"
    asked = ["10x60-plain", "--time-limit", "0.3", "--peers", "ortools-plain", "--json", str(written)]
    assert convergence.main([*asked, "--png", str(png)]) == 0
    runs = [json.loads(line) for line in written.read_text().splitlines()]
    assert [(run["rules"], run["solver"]) for run in runs] == [
        ("all", "dispatch"),
        ("routing", "dispatch"),
        ("routing", "ortools-plain"),
    ]
    assert all(run["points"][-1][1] <= run["points"][0][1] for run in runs)
    assert convergence.main(["--read", str(written), "--png", str(again)]) == 0
    assert png.read_bytes()[:4] == again.read_bytes()[:4] == PNG


def test_a_profile_tells_all_seconds_by_phase(tmp_path: Path) -> None:
    written = tmp_path / "runs.jsonl"
    assert profile.main(["10x60-plain", "--time-limit", "0.3", "--json", str(written)]) == 0
    (record,) = [json.loads(line) for line in written.read_text().splitlines()]
    assert (record["technicians"], record["calls"]) == (10, 60)
    assert record["seconds"]["search (kernel)"] > 0
    assert all(spent >= 0 for spent in record["seconds"].values())
    assert record["seconds"][REST] < sum(record["seconds"].values())
