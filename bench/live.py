"""A live board over HTTP: how long from an event sent to the revision with its plan, checked, durable and visible.

    python -m bench.live --technicians 100 --visits 800 --events 1000 [--database URL] [--json FILE]

A server process of its own serves a generated day on loopback and improves its plan in the background all the while.
One client sends events one after the other, as a dispatcher and phones would: new calls, cancelled calls, technicians
who set out, arrive and finish in the order of their plans, estimates, pins, absences. Calls end about as often as they
come in, so that the board keeps its size. Writes a JSON object an event, then a Markdown table.
"""

from __future__ import annotations

import random
import sys
import time
from argparse import ArgumentParser
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from bench.measurement import count
from bench.records import write_records
from bench.serving import ServerFailedError, serving
from dispatch_engine.formats.documents import problem_text
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    import httpx

NETWORK, SEED = "coquimbo", 5
JSON = {"Content-Type": "application/json"}
BEGIN = "2026-03-10T08:30:00-03:00"
"""The day has begun: some technicians are under way."""

SETTINGS = {"DISPATCH_API_CLOCK_START": BEGIN, "DISPATCH_API_SAMPLE_BOARD": "false"}

SHARES = {
    "create_call": 30,
    "cancel_call": 12,
    "report_visit": 48,
    "estimate": 5,
    "pin_call": 3,
    "report_absence": 1,
    "end_absence": 1,
}
"""How often each kind of event comes, of a hundred."""


@dataclass(frozen=True)
class Record:
    """One event: from sent to answered, and the revision at which it is in effect."""

    kind: str
    ms: float
    status: int
    revision: int | None
    at_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    try:
        records, notes = measure(
            options.technicians, options.visits, options.events, options.database, options.settle_s
        )
    except ServerFailedError as error:
        print(error, file=sys.stderr)
        return 2
    write_records(records, options.json)
    print(table(records))
    print(notes)
    return 0 if all(record.status == 200 for record in records) else 1


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.live", description="Measure a live board over HTTP.")
    parser.add_argument("--technicians", type=count, default=100, metavar="N", help="default 100")
    parser.add_argument("--visits", type=count, default=800, metavar="N", help="on the board; default 800")
    parser.add_argument("--events", type=count, default=1000, metavar="N", help="default 1000")
    parser.add_argument("--database", metavar="URL", help="default: a new SQLite file")
    parser.add_argument("--settle-s", type=float, default=20.0, metavar="S", help="of improvement before; default 20")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object an event")
    return parser


def measure(
    technicians: int, visits: int, events: int, database: str | None, settle_s: float
) -> tuple[list[Record], str]:
    """Send events to a board of this size; return their records and what else is to be said."""
    network = load_network(locate_network(NETWORK, Path.cwd()))
    day = Settings(technicians=technicians, calls=visits, seed=SEED)
    document = problem_text(generate(day, network))
    more = generate(Settings(technicians=1, calls=events, seed=SEED + 1), network).calls
    with (
        TemporaryDirectory() as folder,
        serving(Path(folder), database, SETTINGS) as server,
        server.client() as client,
    ):
        began_s = time.perf_counter()
        client.put("/v1/boards/city", content=b'{"document":%s}' % document, headers=JSON).raise_for_status()
        opened_s = time.perf_counter() - began_s
        time.sleep(settle_s)
        script = _Script(client, [each.model_dump(mode="json", exclude_unset=True) for each in more])
        records = list(script.played(events))
        board = client.get("/v1/boards/city").json()
        notes = (
            f"\nThe board was opened in {opened_s:.2f} s; {script.improvements} better plans were published by the "
            f"background in between; at the end: revision {board['revision']}, {server.memory_mb:.0f} MiB."
        )
    return records, notes


class _Script:
    """What happens on the board, drawn by chance from what its plan says."""

    def __init__(self, client: httpx.Client, calls: list[dict[str, Any]]) -> None:
        self.client, self.chance = client, random.Random(SEED)
        self.calls = [_fresh(number, call) for number, call in enumerate(calls)]
        self.sequence: defaultdict[str, int] = defaultdict(int)
        self.absent: list[str] = []
        self.busy: dict[str, tuple[str, str]] = {}
        self.finished: set[str] = set()
        self.improvements, self._revision = 0, 0

    def played(self, events: int) -> Iterator[Record]:
        """Send so many events; yield their records."""
        began_s = time.perf_counter()
        self._read_plan()
        for number in range(events):
            command = self._drawn()
            sent_s = time.perf_counter()
            answer = self.client.post("/v1/boards/city/events", json=command)
            ms = 1000 * (time.perf_counter() - sent_s)
            said = answer.json()
            if answer.status_code != 200:
                print(command, said, file=sys.stderr)
            yield Record(
                _kind(command), round(ms, 2), answer.status_code, said.get("revision"), round(sent_s - began_s, 3)
            )
            if number % 10 == 9:
                self._read_plan()

    def _read_plan(self) -> None:
        """Look at the plan now and then, between the measured requests."""
        entries = self.client.get("/v1/boards/city/events", params={"after": self._revision, "limit": 1000}).json()
        self.improvements += sum(entry["actor"] == "improver" for entry in entries["items"])
        plan = self.client.get("/v1/boards/city/plan").json()
        self._revision = plan["revision"]
        self.routes = {
            route["technician"]: [stop["call"] for stop in route["stops"] if stop.get("call")]
            for route in plan["routes"]
        }

    def _drawn(self) -> dict[str, Any]:
        while True:
            kind = self.chance.choices(list(SHARES), list(SHARES.values()))[0]
            command: dict[str, Any] | None = getattr(self, f"_{kind}")()
            if command is not None:
                return {"type": kind, **command}

    def _create_call(self) -> dict[str, Any] | None:
        return {"call": self.calls.pop()} if self.calls else None

    def _cancel_call(self) -> dict[str, Any] | None:
        open_calls = [call for calls in self.routes.values() for call in calls[3:] if call not in self.finished]
        if not open_calls:
            return None
        call = self.chance.choice(open_calls)
        self.finished.add(call)
        return {"call": call}

    def _report_visit(self) -> dict[str, Any] | None:
        ahead = {who: [c for c in calls if c not in self.finished] for who, calls in self.routes.items()}
        who = self.chance.choice([who for who, calls in ahead.items() if calls or who in self.busy])
        self.sequence[who] += 1
        call, status = self.busy.get(who) or (ahead[who][0], "")
        following = {"": "en_route", "en_route": "on_site", "on_site": "completed"}[status]
        if following == "completed":
            del self.busy[who]
            self.finished.add(call)
        else:
            self.busy[who] = (call, following)
        return {"call": call, "technician": who, "status": following, "sequence": self.sequence[who]}

    def _estimate(self) -> dict[str, Any] | None:
        open_calls = [call for calls in self.routes.values() for call in calls[2:] if call not in self.finished]
        return {"call": self.chance.choice(open_calls), "duration": 60 * self.chance.randint(15, 120)}

    def _pin_call(self) -> dict[str, Any] | None:
        open_calls = [call for calls in self.routes.values() for call in calls[2:] if call not in self.finished]
        return {"call": self.chance.choice(open_calls), "level": "technician"}

    def _report_absence(self) -> dict[str, Any] | None:
        who = self.chance.choice([who for who in self.routes if who not in self.busy])
        self.absent.append(who)
        return {"technician": who, "reason": "van broke down"}

    def _end_absence(self) -> dict[str, Any] | None:
        return {"technician": self.absent.pop()} if self.absent else None


def _fresh(number: int, call: dict[str, Any]) -> dict[str, Any]:
    """Return a generated call as one that comes in now, from a place of its own."""
    gone = ("pin", "promise", "reported_at", "released_at", "preferred_technicians", "required_technicians", "windows")
    kept = {name: value for name, value in call.items() if name not in (*gone, "excluded_technicians", "down_since")}
    place = {name: value for name, value in call["place"].items() if name != "id"}
    return kept | {"id": f"NEW-{number:05d}", "place": place}


def _kind(command: dict[str, Any]) -> str:
    return f"{command['type']} {command['status']}" if "status" in command else str(command["type"])


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table, a line a kind of event and one for all."""
    lines = ["| event | number | p50 ms | p95 ms | p99 ms | most ms | refused |", "|---|--:|--:|--:|--:|--:|--:|"]
    by_kind: defaultdict[str, list[Record]] = defaultdict(list)
    for record in records:
        by_kind[record.kind].append(record)
    lines += [_row(kind, by_kind[kind]) for kind in sorted(by_kind)]
    return "\n".join([*lines, _row("all", records)])


def _row(name: str, records: Sequence[Record]) -> str:
    ms = sorted(record.ms for record in records)
    p50, p95, p99 = (ms[min(len(ms) - 1, int(share * len(ms)))] for share in (0.5, 0.95, 0.99))
    refused = sum(record.status != 200 for record in records)
    return f"| {name} | {len(ms)} | {p50:.1f} | {p95:.1f} | {p99:.1f} | {ms[-1]:.1f} | {refused} |"


if __name__ == "__main__":
    raise SystemExit(main())
