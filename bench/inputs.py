"""What comes before a search: how long a document takes to read, and the travel matrix of a city to compute.

    python -m bench.inputs --calls 300 --places 1000 --runs 5 --json FILE

Documents are generated on the sample city; the places of a matrix are those of a document with so many calls. The
first matrix of a process also prepares the network. Writes one JSON object a run, then a Markdown table.
"""

from __future__ import annotations

import time
from argparse import ArgumentParser
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, TypeVar

from bench.isolated import in_new_process
from bench.measurement import count
from bench.records import line_of, write_records
from dispatch_engine.formats.documents import parse_problem
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.settings import Settings
from dispatch_engine.travel.cache import MatrixCache
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import Place

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from dispatch_engine.travel.network.network import Network

NETWORK = "coquimbo"

R = TypeVar("R")


@dataclass(frozen=True)
class Asked:
    """So many calls in the document that is read, so many places in the matrix."""

    calls: int
    places: int


@dataclass(frozen=True)
class Record:
    """Seconds of one process: reading, opening the network, the matrix at first, once more, and from the cache."""

    calls: int
    places: int
    read_s: float
    open_s: float
    first_s: float
    again_s: float
    cached_s: float


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the measurement that the command line asks for."""
    options = _parser().parse_args(arguments)
    asked = Asked(options.calls, options.places)
    records = []
    for _ in range(options.runs):
        records.append(in_new_process(measure, asked))
        print(line_of(records[-1]), flush=True)
    write_records(records, options.json)
    print(table(records))
    return 0


def _parser() -> ArgumentParser:
    parser = ArgumentParser(prog="python -m bench.inputs", description="Measure what comes before a search.")
    parser.add_argument("--calls", type=count, default=300, metavar="N", help="in the document; default 300")
    parser.add_argument("--places", type=count, default=1000, metavar="N", help="in the matrix; default 1000")
    parser.add_argument("--runs", type=count, default=5, metavar="N", help="processes; default 5")
    parser.add_argument("--json", type=Path, metavar="FILE", help="one JSON object a run")
    return parser


def measure(asked: Asked) -> Record:
    """Measure in this process, which should be a new one."""
    path = locate_network(NETWORK, Path.cwd())
    network = load_network(path)
    data = generate(Settings(calls=asked.calls), network).model_dump_json().encode()
    places = _places(network, asked.places)
    with TemporaryDirectory() as folder:
        cache = MatrixCache(Path(folder))
        opened, open_s = _timed(lambda: RoadSource.from_file(path))
        first_s = _timed(lambda: opened.matrix(places))[1]
        again_s = _timed(lambda: opened.matrix(places))[1]
        RoadSource(network, cache).matrix(places)
        cached_s = _timed(lambda: RoadSource(network, cache).matrix(places))[1]
    return Record(asked.calls, asked.places, _timed(lambda: parse_problem(data))[1], open_s, first_s, again_s, cached_s)


def _places(network: Network, number: int) -> list[Place]:
    calls = generate(Settings(calls=number, seed=2), network).calls
    return [Place(f"P{i}", call.place.lat, call.place.lon) for i, call in enumerate(calls)]


def _timed(work: Callable[[], R]) -> tuple[R, float]:
    began_s = time.perf_counter()
    result = work()
    return result, round(time.perf_counter() - began_s, 4)


def table(records: Sequence[Record]) -> str:
    """Return a Markdown table, a line a process."""
    lines = [
        "| calls | read s | network s | matrix of | first s | again s | from the cache s |",
        "|--:|--:|--:|--:|--:|--:|--:|",
    ]
    lines.extend(
        (
            f"| {x.calls} | {x.read_s:.3f} | {x.open_s:.3f} | {x.places} places | {x.first_s:.3f} | {x.again_s:.3f} "
            f"| {x.cached_s:.3f} |"
        )
        for x in records
    )
    return "\n".join(lines)


if __name__ == "__main__":
    raise SystemExit(main())
