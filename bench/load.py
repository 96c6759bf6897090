"""Many status reports on several boards while many follow them: how long each takes, and whether anybody misses any.

    python -m bench.load [--rate 200] [--seconds 60] [--boards 10] [--streams 50] [--database URL] [--json FILE]

A server process of its own serves generated days on loopback, and improves their plans in the background. One client
process sends status reports at a steady rate, whether earlier ones are answered or not, and holds the streams. A report
counts from the moment at which it was due, so that waiting of the client counts as well. Writes a JSON object a board,
then Markdown tables; ends with 1 where a report was refused, a revision was missed, or a limit is not kept.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import uvloop

from bench.connection import OK, Connection, ConnectionEndedError, Endpoint, Stream
from bench.measurement import count
from bench.records import write_records
from bench.serving import ServerFailedError, Serving, serving
from bench.shift_work import VISIT, work_of
from dispatch_engine.formats.documents import problem_text
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Sequence

NETWORK, SEED = "coquimbo", 7
BEGIN = "2026-03-10T08:30:00-03:00"
CONNECTIONS = 32
CATCH_UP_S = 10.0
"""So long streams may take to tell the last revision."""

P99_MS, GROWTH = 150.0, 0.05
"""Limits: of a report, and of the share by which memory grows in the second half."""


@dataclass(frozen=True)
class Load:
    """How much is asked of the server."""

    boards: int
    technicians: int
    streams: int
    rate: float
    seconds: float
    settle_s: float
    database: str | None
    planners: int

    @property
    def names(self) -> list[str]:
        """The ids of the boards."""
        return [f"board-{number}" for number in range(self.boards)]

    @property
    def calls(self) -> int:
        """Enough on each board for all that is reported of it."""
        reports = self.rate * self.seconds / self.boards
        return max(3 * self.technicians, round(1.5 * reports / len(VISIT)) + 2 * self.technicians)


@dataclass(frozen=True)
class Report:
    """One status report: its board, from due to answered, and from sent to answered."""

    board: str
    status: int
    ms: float
    sent_ms: float
    revision: int
    answered_s: float


@dataclass
class Outcome:
    """All that was measured."""

    reports: list[Report] = field(default_factory=list)
    streams: list[Stream] = field(default_factory=list)
    memory_mb: list[float] = field(default_factory=list)
    last_by_board: dict[str, int] = field(default_factory=dict)
    processor: float = 0.0
    """Processor seconds of the server in a second."""


@dataclass(frozen=True)
class Record:
    """One board."""

    board: str
    reports: int
    refused: int
    p50_ms: float
    p99_ms: float
    longest_ms: float
    revisions: int
    streams: int
    streams_with_all: int
    stream_p99_ms: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        outcome = measure(_load(options))
    except ServerFailedError as error:
        print(error, file=sys.stderr)
        return 2
    records = [*_records(outcome)]
    write_records(records, options.json)
    print(table(records, outcome))
    shortcomings = [*_shortcomings(outcome)]
    print("\n".join(["", *shortcomings] if shortcomings else ["", "All limits are kept."]))
    return 1 if shortcomings else 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.load", description="Measure live boards under load over HTTP.")
    parser.add_argument("--rate", type=float, default=200.0, metavar="N", help="reports a second; default 200")
    parser.add_argument("--seconds", type=float, default=60.0, metavar="S", help="default 60")
    parser.add_argument("--boards", type=count, default=10, metavar="N", help="default 10")
    parser.add_argument("--technicians", type=count, default=20, metavar="N", help="on each board; default 20")
    parser.add_argument("--streams", type=count, default=50, metavar="N", help="over all boards; default 50")
    parser.add_argument("--settle-s", type=float, default=5.0, metavar="S", help="of improvement before; default 5")
    parser.add_argument("--database", metavar="URL", help="default: a new SQLite file")
    parser.add_argument("--planners", type=int, default=0, metavar="N", help="processes that plan; default none")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a board")
    return parser


def _load(options: Namespace) -> Load:
    return Load(
        boards=options.boards,
        technicians=options.technicians,
        streams=options.streams,
        rate=options.rate,
        seconds=options.seconds,
        settle_s=options.settle_s,
        database=options.database,
        planners=options.planners,
    )


def measure(load: Load) -> Outcome:
    """Serve boards, and put the load on them."""
    settings = {
        "DISPATCH_API_CLOCK_START": BEGIN,
        "DISPATCH_API_RATE_PER_SECOND": "100000",
        "DISPATCH_API_PLANNERS": str(load.planners),
    }
    with TemporaryDirectory() as folder, serving(Path(folder), load.database, settings) as server:
        _open_boards(load, server)
        time.sleep(load.settle_s)
        return uvloop.run(_loaded(load, server))


def _open_boards(load: Load, server: Serving) -> None:
    network = load_network(locate_network(NETWORK, Path.cwd()))
    with server.client() as client:
        for number, name in enumerate(load.names):
            day = Settings(
                technicians=load.technicians, calls=load.calls, seed=SEED + number, technician_prefix=f"{name}-"
            )
            body = b'{"document":%s}' % problem_text(generate(day, network))
            client.put(
                f"/v1/boards/{name}", content=body, headers={"Content-Type": "application/json"}
            ).raise_for_status()


async def _loaded(load: Load, server: Serving) -> Outcome:
    endpoint, outcome = Endpoint.of(server.address, server.key), Outcome()
    first = await Connection.connected(endpoint)
    reports = []
    for name in load.names:
        plan = await first.json(f"/v1/boards/{name}/plan")
        reports.append([(name, each) for each in work_of(plan, datetime.fromisoformat(BEGIN))])
        followers = range(load.names.index(name), load.streams, load.boards)
        outcome.streams += [await Stream.following(endpoint, name, plan["revision"]) for _ in followers]
    watching = asyncio.create_task(_watch_memory(server, outcome))
    began_s, processor_s = time.perf_counter(), server.processor_s
    await _send(load, endpoint, _in_turn(reports), outcome)
    outcome.processor = (server.processor_s - processor_s) / (time.perf_counter() - began_s)
    watching.cancel()
    await _caught_up(load, await Connection.connected(endpoint), outcome)
    return outcome


def _in_turn(reports: Sequence[Sequence[tuple[str, dict[str, Any]]]]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield reports from one board after the other."""
    longest = max(map(len, reports))
    yield from chain.from_iterable((each[place] for each in reports if place < len(each)) for place in range(longest))


async def _send(
    load: Load, endpoint: Endpoint, reports: Iterator[tuple[str, dict[str, Any]]], outcome: Outcome
) -> None:
    """Send reports when they are due, whether the server has answered the earlier ones or not."""
    idle: asyncio.Queue[Connection] = asyncio.Queue()
    for _ in range(CONNECTIONS):
        idle.put_nowait(await Connection.connected(endpoint))
    began_s, sending = time.perf_counter(), []
    for number in range(round(load.rate * load.seconds)):
        due_s = began_s + number / load.rate
        await asyncio.sleep(max(0.0, due_s - time.perf_counter()))
        board, command = next(reports)
        sending.append(asyncio.create_task(_sent(idle, board, command, due_s, outcome)))
    await asyncio.gather(*sending)


async def _sent(
    idle: asyncio.Queue[Connection], board: str, command: dict[str, Any], due_s: float, outcome: Outcome
) -> None:
    connection = await idle.get()
    sent_s = time.perf_counter()
    try:
        status, body = await connection.ask("POST", f"/v1/boards/{board}/events", json.dumps(command).encode())
    except ConnectionEndedError:
        status, body = 0, b"no answer"
        connection = await Connection.connected(connection.endpoint)
    answered_s = time.perf_counter()
    idle.put_nowait(connection)
    if status != OK:
        print(command, body.decode(), file=sys.stderr)
    revision = json.loads(body)["revision"] if status == OK else 0
    ms, sent_ms = 1000 * (answered_s - due_s), 1000 * (answered_s - sent_s)
    outcome.reports.append(Report(board, status, ms, sent_ms, revision, answered_s))


async def _watch_memory(server: Serving, outcome: Outcome) -> None:
    while True:
        outcome.memory_mb.append(server.memory_mb)
        await asyncio.sleep(1)


async def _caught_up(load: Load, connection: Connection, outcome: Outcome) -> None:
    """Wait until the streams have told the last revision of their boards."""
    for name in load.names:
        outcome.last_by_board[name] = (await connection.json(f"/v1/boards/{name}"))["revision"]
    until_s = time.perf_counter() + CATCH_UP_S
    while time.perf_counter() < until_s:
        if all((each.last or 0) >= outcome.last_by_board[each.board] for each in outcome.streams):
            return
        await asyncio.sleep(0.1)


def _has_all(stream: Stream, last: int) -> bool:
    """Whether a stream told every revision up to the last one, in order."""
    if stream.begun is None or stream.is_ended:
        return False
    told = range(stream.begun + 1, stream.begun + 1 + len(stream.revisions))
    return stream.revisions == [*told] and (stream.last or 0) >= last


def _records(outcome: Outcome) -> Iterator[Record]:
    by_board: defaultdict[str, list[Report]] = defaultdict(list)
    for report in outcome.reports:
        by_board[report.board].append(report)
    for board, reports in sorted(by_board.items()):
        ms = [each.ms for each in reports]
        streams = [each for each in outcome.streams if each.board == board]
        yield Record(
            board=board,
            reports=len(reports),
            refused=sum(each.status != OK for each in reports),
            p50_ms=round(_at(ms, 0.5), 1),
            p99_ms=round(_at(ms, 0.99), 1),
            longest_ms=round(max(ms), 1),
            revisions=outcome.last_by_board[board],
            streams=len(streams),
            streams_with_all=sum(_has_all(each, outcome.last_by_board[board]) for each in streams),
            stream_p99_ms=round(_at(_lags_ms(reports, streams), 0.99), 1),
        )


def _lags_ms(reports: Sequence[Report], streams: Sequence[Stream]) -> list[float]:
    """Return how much later than the answer each stream told of a report; before it counts as nothing."""
    answered_s = {each.revision: each.answered_s for each in reports}
    return [
        1000 * max(0.0, heard_s - answered_s[revision])
        for stream in streams
        for revision, heard_s in zip(stream.revisions, stream.heard_s, strict=True)
        if revision in answered_s
    ] or [0.0]


def _at(values: Sequence[float], share: float) -> float:
    return sorted(values)[min(len(values) - 1, int(share * len(values)))]


def _growth(memory_mb: Sequence[float]) -> float:
    """Return by which share memory grew in the second half."""
    half = len(memory_mb) // 2
    return memory_mb[-1] / memory_mb[half] - 1


def _shortcomings(outcome: Outcome) -> Iterator[str]:
    p99_ms = _at([each.ms for each in outcome.reports], 0.99)
    refused = sum(each.status != OK for each in outcome.reports)
    missed = [each for each in outcome.streams if not _has_all(each, outcome.last_by_board[each.board])]
    if refused:
        yield f"{refused} reports were refused."
    if missed:
        yield f"{len(missed)} streams did not tell every revision in order."
    if p99_ms > P99_MS:
        yield f"p99 is {p99_ms:.0f} ms, above {P99_MS:.0f}."
    if _growth(outcome.memory_mb) > GROWTH:
        yield f"Memory grew by {_growth(outcome.memory_mb):.0%} in the second half, more than {GROWTH:.0%}."


def table(records: Sequence[Record], outcome: Outcome) -> str:
    """Return a Markdown table, a line a board and one for all, and what else is to be said."""
    lines = [
        "| board | reports | refused | p50 ms | p99 ms | most ms | revisions | streams (with all) | stream p99 ms |",
        "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines += [
        f"| {x.board} | {x.reports} | {x.refused} | {x.p50_ms} | {x.p99_ms} | {x.longest_ms} | {x.revisions} "
        f"| {x.streams} ({x.streams_with_all}) | {x.stream_p99_ms} |"
        for x in records
    ]
    ms = [each.ms for each in outcome.reports]
    sent_ms = [each.sent_ms for each in outcome.reports]
    mb, quarter = outcome.memory_mb, len(outcome.memory_mb) // 4
    mib = " → ".join(f"{mb[min(len(mb) - 1, place * quarter)]:.0f}" for place in range(5))
    told = sum(len(each.revisions) for each in outcome.streams)
    sent_mb = sum(each.n_bytes for each in outcome.streams) / 2**20
    return "\n".join(
        [
            *lines,
            f"\nAll: {len(ms)} reports, p50 {_at(ms, 0.5):.1f} ms, p95 {_at(ms, 0.95):.1f} ms, p99 {_at(ms, 0.99):.1f} "
            f"ms, longest {max(ms):.1f} ms; from sent on, p99 {_at(sent_ms, 0.99):.1f} ms.",
            f"Streams told {told} revisions in {sent_mb:.0f} MiB. Memory of the server: {mib} MiB. "
            f"It used {outcome.processor:.2f} processors.",
        ]
    )


if __name__ == "__main__":
    raise SystemExit(main())
