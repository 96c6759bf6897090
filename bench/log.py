"""How long an entry takes to be durable in the log of a board, and how fast logs are read and verified.

    python -m bench.log --entries 2000 --kilobytes 10 --runs 3 --json FILE
    python -m bench.log --database postgresql://user@host/name

Entries are like those of a live board: an event, then a published plan. *sync* is what the disk alone takes for as
many bytes: a write at the end of a file and `fdatasync`. Without `--database` a new SQLite file in `--folder` is used.
Each run has boards of its own. Writes one JSON object a run, then a Markdown table.
"""

from __future__ import annotations

import os
import secrets
import statistics
import time
from argparse import ArgumentParser
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from bench.measurement import count
from bench.records import line_of, write_records
from dispatch_engine.event_log.entries import JSON, Draft, LoggedEvent
from dispatch_engine.event_log.opening import open_event_log

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable, Sequence

    from dispatch_engine.event_log.log import EventLog

BEGAN_AT = datetime(2026, 3, 2, 8, tzinfo=UTC)
STOP: dict[str, JSON] = {
    "call": "C0042",
    "place": "P0042",
    "arrival": "2026-03-02T08:12:31-03:00",
    "parts": {"KIT-7": 1},
    "cost": "12.30",
}
WRITERS = 8


@dataclass(frozen=True)
class Record:
    """One run: milliseconds of the disk and of one writer, entries a second of several writers, read and verified.

    ``append_cpu_ms`` is the processor time of an append, which other work on the machine does not stretch.
    """

    database: str
    bytes: int
    sync_ms: float
    append_p50_ms: float
    append_p99_ms: float
    append_cpu_ms: float
    writers_per_s: float
    read_per_s: float
    verify_per_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    records = []
    for _ in range(options.runs):
        with TemporaryDirectory(dir=options.folder) as folder:
            records.append(measure(options, Path(folder)))
        print(line_of(records[-1]), flush=True)
    write_records(records, options.json)
    print(table(records))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.log", description="Measure the log of a board.")
    parser.add_argument("--database", metavar="URL", help="default: a new SQLite file")
    parser.add_argument(
        "--folder", type=Path, default=Path(), metavar="DIR", help="on the disk meant; default: this one"
    )
    parser.add_argument("--entries", type=count, default=2000, metavar="N", help="of each writer; default 2000")
    parser.add_argument("--kilobytes", type=count, default=10, metavar="N", help="an entry; default 10")
    parser.add_argument("--runs", type=count, default=3, metavar="N", help="default 3")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def measure(options: Namespace, folder: Path) -> Record:
    """Append, read and verify in a database."""
    url = options.database or f"sqlite:///{folder / 'dispatch.db'}"
    run, made = secrets.token_hex(4), draft(options.kilobytes)
    with closing(open_event_log(url)) as log:
        before_s = time.process_time()
        alone = appended(log, f"{run} alone", made, options.entries)
        cpu_s = (time.process_time() - before_s) / options.entries
        with ThreadPoolExecutor(WRITERS) as pool:
            boards = [f"{run} {writer}" for writer in range(WRITERS)]
            together_s = _seconds(
                lambda: list(pool.map(lambda board: appended(log, board, made, options.entries), boards))
            )
        read_s = _seconds(lambda: [None for _ in log.read(boards[0])])
        verify_s = _seconds(lambda: log.verify(boards[0]))
        size = len(str(next(log.read(boards[0], upto=1)).events))
    return Record(
        database=url.split(":")[0],
        bytes=size,
        sync_ms=synchronised_ms(folder / "sync", b"x" * size, options.entries),
        append_p50_ms=_ms(alone[len(alone) // 2]),
        append_p99_ms=_ms(alone[len(alone) * 99 // 100]),
        append_cpu_ms=_ms(cpu_s),
        writers_per_s=round(WRITERS * options.entries / together_s),
        read_per_s=round(options.entries / read_s),
        verify_per_s=round(options.entries / verify_s),
    )


def draft(kilobytes: int) -> Draft:
    """Return an entry of about so many bytes."""
    stops = [STOP] * max(1, kilobytes * 1000 // len(str(STOP)))
    reported = LoggedEvent("call_reported", 1, {"call": "C0042"})
    return Draft((reported, LoggedEvent("plan_published", 1, {"stops": stops})), BEGAN_AT, "dispatcher-1")


def appended(log: EventLog, board: str, made: Draft, entries: int) -> list[float]:
    """Append entries to a new board; return the seconds of each, in ascending order."""
    return sorted(_seconds(partial(log.append, board, revision, made)) for revision in range(entries))


def synchronised_ms(path: Path, data: bytes, times: int) -> float:
    """Return the median of a write at the end of a file and its synchronisation."""
    with path.open("wb", buffering=0) as file:

        def write() -> None:
            file.write(data)
            os.fdatasync(file.fileno())

        return _ms(statistics.median(_seconds(write) for _ in range(times)))


def _seconds(work: Callable[[], object]) -> float:
    began_s = time.perf_counter()
    work()
    return time.perf_counter() - began_s


def _ms(seconds: float) -> float:
    return round(seconds * 1000, 3)


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table, a line a run."""
    lines = [
        f"| database | bytes | sync ms | append p50 ms | p99 | cpu | /s, {WRITERS} writers | read /s | verified /s |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines.extend(
        f"| {x.database} | {x.bytes} | {x.sync_ms:.2f} | {x.append_p50_ms:.2f} | {x.append_p99_ms:.2f} "
        f"| {x.append_cpu_ms:.2f} | {x.writers_per_s:,} | {x.read_per_s:,} | {x.verify_per_s:,} |"
        for x in records
    )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
