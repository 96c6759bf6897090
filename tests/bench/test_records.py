from argparse import ArgumentTypeError
from dataclasses import dataclass
from pathlib import Path

import pytest

from bench.measurement import count
from bench.records import read_records, write_records


@dataclass(frozen=True)
class Timed:
    name: str
    seconds: float | None


def test_records_of_several_files_are_read_as_they_were_written(tmp_path: Path) -> None:
    records = [Timed("first", 1.5), Timed("second", None), Timed("third", 0.0)]
    paths = [tmp_path / "a.jsonl", tmp_path / "b.jsonl"]
    write_records(records[:2], paths[0])
    write_records(records[2:], paths[1])
    assert read_records(Timed, map(str, paths)) == records


@pytest.mark.parametrize("text", ["0", "-1", "two", ""])
def test_a_number_of_seeds_or_threads_is_at_least_one(text: str) -> None:
    with pytest.raises(ArgumentTypeError, match="is not a number from 1 on"):
        count(text)
