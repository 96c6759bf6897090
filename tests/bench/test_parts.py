import json
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from bench import parts, parts_report
from bench.means import ALL, NOBODYS_PART, NOTHING, PARTS, SWITCHES, means_of, without
from dispatch_engine.formats.documents import dump_problem, load_problem, parse_problem, problem_text
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import PRESETS
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.travel.network.file import load_network

IN_DOCUMENT = ["lent tools", "parts for uncertain causes"]
SMALL = replace(PRESETS["nauru"], parts=60, technicians=2, calls=8)


@pytest.fixture(scope="module")
def path(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Write a small day with parts."""
    written = tmp_path_factory.mktemp("parts") / "day.json"
    settings = replace(SMALL, network=str(root / "data/nauru/network.npz"))
    dump_problem(generate(settings, load_network(root / "data/nauru/network.npz")), str(written))
    return written


@pytest.fixture(scope="module")
def day(root: Path) -> ProblemDocument:
    return load_problem(root / "data/coquimbo/parts.json")


@pytest.mark.parametrize("off", [NOTHING, *SWITCHES, *IN_DOCUMENT, ALL, PARTS])
def test_a_day_with_something_switched_off_is_a_valid_document(off: str, day: ProblemDocument) -> None:
    changed = without(day, off)
    assert parse_problem(problem_text(changed)) == changed


def test_a_switch_of_the_policy_is_all_that_changes(day: ProblemDocument) -> None:
    for switch in SWITCHES:
        changed = without(day, switch)
        assert getattr(changed.policy, switch) == "none"
        assert changed.model_copy(update={"policy": day.policy}) == day


def test_what_is_no_switch_of_the_policy_is_taken_out_of_the_document(day: ProblemDocument) -> None:
    assert not any(location.tools for location in without(day, "lent tools").stock_locations)
    uncovered = without(day, "parts for uncertain causes")
    cases = [case for call in uncovered.calls for case in call.parts_cases]
    assert {part for case in cases for part in case.parts} == {NOBODYS_PART}
    chances = [case.probability for call in day.calls for case in call.parts_cases]
    assert [case.probability for case in cases] == chances


def test_without_parts_nothing_is_left_of_them_and_the_calls_are_the_same(day: ProblemDocument) -> None:
    plain = without(day, PARTS)
    assert [*plain.parts, *plain.stock_locations, *plain.meetings] == []
    assert not any(each.stock or each.loadout or each.reserved_stock for each in plain.capacities)
    assert not any(call.parts or call.parts_cases or call.substitutes for call in plain.calls)
    assert [(call.id, call.duration, call.skills) for call in plain.calls] == [
        (call.id, call.duration, call.skills) for call in day.calls
    ]


def test_nights_are_a_means_only_where_there_are_some(day: ProblemDocument) -> None:
    assert [*means_of(day)] == [*SWITCHES, *IN_DOCUMENT]
    first, *others = day.technicians
    (shift,) = first.shifts
    twice = first.model_copy(update={"shifts": (shift, shift.model_copy(update={"id": "next"}))})
    assert "nights" in means_of(day.model_copy(update={"technicians": (twice, *others)}))


def test_a_measurement_writes_a_record_a_run_and_ends_with_a_table(
    path: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    written = tmp_path / "runs.jsonl"
    asked = ["--problem", str(path), "--time-limit", "0.2", "--off", f"{NOTHING}, restocking,{PARTS}"]
    assert parts.main([*asked, "--json", str(written)]) == 0
    runs = [json.loads(line) for line in written.read_text().splitlines()]
    assert [run["off"] for run in runs] == [NOTHING, "restocking", PARTS]
    assert all(run["violations"] == 0 and run["planned"] + run["unplanned"] == 8 for run in runs)
    assert runs[1]["restock_stops"] == 0
    assert runs[2]["first_time_fix"] == 1
    assert all(run["cost"] == pytest.approx(sum(run["cost_by_term"].values()), abs=0.01) for run in runs)
    printed = capsys.readouterr()
    assert "| restocking | 1 |" in printed.out
    assert "Having parts costs a factor" in printed.out
    assert Counter(printed.err.split())["iterations/s"] == 3


def test_the_table_states_what_each_means_is_worth(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    base = parts_report.Record(
        problem="day", off=NOTHING, seed=1, time_limit=1, seconds=1, cost=1000, violations=0, planned=9, unplanned=1,
        restock_stops=3, lent_tools=1, parcels=2, substitutes=4, transfers=1, first_time_fix=0.9, iterations=100,
        iterations_per_s=100, peak_mb=1, cost_by_term={}, faults=(),
    )  # fmt: skip
    runs = [base, replace(base, seed=2, cost=1200), replace(base, off="couriers", cost=1210, parcels=0)]
    runs += [replace(base, off=PARTS, cost=500, iterations_per_s=250), replace(base, off="restocking", cost=None)]
    lines = parts_report.table(runs).splitlines()
    assert lines[2].startswith("| nothing | 2 | 1,100.00 |  |  | 9 | 1 | 3 |")
    assert lines[3].startswith("| couriers | 1 | 1,210.00 | +110.00 | +10.00 % |")
    assert lines[4].startswith("| parts altogether | 1 | 500.00 |  |  |")
    assert lines[5].startswith("| restocking | 1 | no plan |  |  |")
    assert lines[-1].startswith("Having parts costs a factor 2.50 in iterations per second: 250 without them, 100")
    written = tmp_path / "runs.jsonl"
    written.write_text("".join(json.dumps(run.__dict__) + "\n" for run in runs))
    parts_report.main([str(written)])
    assert capsys.readouterr().out.splitlines() == lines


def test_means_that_the_day_does_not_offer_end_the_measurement(path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert parts.main(["--problem", str(path), "--off", "teleport"]) == 2
    assert "offers no 'teleport' to switch off. Maybe one of: nothing, restocking" in capsys.readouterr().err
