"""Days on which requests come in, replayed on a live board."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench import replay_report, run
from bench.families.family import InstanceError
from bench.families.trsp_drive import Drive, Leg
from bench.families.trsp_dynamic import ComingIn, TrspDynamic
from bench.replay import Effort, replayed
from tests.bench.families.tiny import trsp, written

DEPOT = "0 0 0 100 0 [] [] []"
HOME = "0 10 0 100 0 [0] [] [0]"
NEAR, FAR = "0 20 0 100 5 [0] [] []", "0 30 40 60 5 [0] [] []"
EFFORT = Effort(first=50, each=50)


def day(folder: Path, *requests: tuple[str, int], crew: int = 1) -> Path:
    """Write an instance with requests and their release dates; return the file of the latter."""
    trsp(folder / "trsp", [DEPOT, *[HOME] * crew, *(node for node, _ in requests)], crew)
    rows = [f"{crew + 1 + number}  {at}" for number, (_, at) in enumerate(requests)]
    return written(folder / "trsp_dynamic" / "tiny_rd_50.txt", ["# made up", "Dyn Stat", "1 1", "ID RD", *rows])


def read(folder: Path, *requests: tuple[str, int], crew: int = 1) -> ComingIn:
    return TrspDynamic().read(day(folder, *requests, crew=crew))


def test_a_request_that_comes_in_is_served_on_the_way(tmp_path: Path) -> None:
    instance = read(tmp_path, (NEAR, -1), (FAR, 20))
    drives = replayed(instance, EFFORT, 1).drives
    assert [drive.tour.stops for drive in drives] == [(2, 3)]
    assert instance.driven(drives).faults == ()


def test_nobody_leaves_for_a_request_before_it_comes_in(tmp_path: Path) -> None:
    instance = read(tmp_path, (FAR, 35))
    (drive,) = replayed(instance, EFFORT, 1).drives
    assert drive.legs[0].left == pytest.approx(35, abs=0.01)


def test_a_request_that_comes_in_too_late_is_rejected(tmp_path: Path) -> None:
    assert replayed(read(tmp_path, (FAR, 45)), EFFORT, 1).drives == ()


def test_a_technician_who_drives_to_the_depot_is_not_sent_elsewhere(tmp_path: Path) -> None:
    lacking = "0 30 0 100 5 [0] [1] [1]"
    instance = read(tmp_path, (lacking, -1), (NEAR, 89))
    drives = replayed(instance, EFFORT, 1).drives
    assert [drive.tour.stops for drive in drives] in ([(0, 2)], [(0, 2, 3)])
    assert instance.driven(drives).faults == ()


def test_working_time_is_what_was_executed(tmp_path: Path) -> None:
    instance = read(tmp_path, (NEAR, -1), (FAR, 20))
    drive = Drive(1, (Leg(2, 10, 20, 25), Leg(3, 30, 40, 45)))
    assert instance.driven([drive]).cost == 45 + 20 - 10
    assert instance.driven([drive]).faults == ()


@pytest.mark.parametrize(
    ("legs", "fault"),
    [
        ([Leg(3, 19, 40, 45)], "technician 1 leaves for 3 at 19.0000, known from 20 on"),
        ([Leg(2, 10, 19, 25)], "technician 1 is at 2 sooner than the way takes"),
        ([Leg(2, 10, 20, 24)], "technician 1 ends at 2 too soon"),
        ([Leg(2, 10, 20, 25), Leg(3, 24, 40, 45)], "technician 1 leaves for 3 before the work before it is done"),
        ([Leg(3, 20, 61, 66)], "technician 1 begins at 3 outside of its window"),
        ([Leg(2, 10, 90, 95)], "technician 1 is home too late"),
    ],
)
def test_what_cannot_have_been_done_is_a_fault(tmp_path: Path, legs: list[Leg], fault: str) -> None:
    instance = read(tmp_path, (NEAR, -1), (FAR, 20))
    assert instance.driven([Drive(1, tuple(legs))]).faults == (fault,)


def test_a_replay_writes_a_record_and_a_table_by_degree(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day(tmp_path, (NEAR, -1), (FAR, 52))
    written(tmp_path / "trsp" / "bks.csv", ["instance,bks_working_time", "tiny,55"])
    asked = ["trsp-dynamic", "--instances", str(tmp_path), "--json", str(tmp_path / "runs.jsonl")]
    assert run.main(asked) == 0
    (record,) = [json.loads(line) for line in (tmp_path / "runs.jsonl").read_text().splitlines()]
    assert (record["rejections"], record["cost"], record["gap_pct"]) == (1, 25, None)
    assert "| 50 % | live board | 1 | 1.00 (1) | -54.55 % |" in capsys.readouterr().out


def test_no_peer_replays_a_board(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    day(tmp_path, (NEAR, -1))
    assert run.main(["trsp-dynamic", "--instances", str(tmp_path), "--peers", "vroom"]) == 2
    assert "Maybe leave --peers out" in capsys.readouterr().err


def test_release_dates_of_an_unknown_instance_are_refused(tmp_path: Path) -> None:
    with pytest.raises(InstanceError, match="INSTANCE_rd_PERCENT"):
        TrspDynamic().read(tmp_path / "unnamed.txt")


def test_the_authors_results_stand_beside_ours(tmp_path: Path) -> None:
    head = "instance,dod_percent,static_bks_full_information,wait_rejected,wait_reported_duration"
    path = written(tmp_path / "bks.csv", [head, "tiny,50,100,2,110", "other,50,100,,"])
    table = replay_report.table([], replay_report.authors_days(path))
    assert "| 50 % | wait | 1 | 2.00 (2) | +10.00 % |" in table
