"""Tours of technicians costed and checked in double precision, also by the program that comes with the instances."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, NamedTuple

from bench.families.family import Judgement
from bench.families.tours import DEPOT, repeated

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from bench.families.tours import Tour
    from bench.families.trsp_file import TrspFile

PROGRAM = "evaluate_trsp.py"
PRECISION = 1e-4
"""Units of time that a tour may be late, and by which two programs may differ."""


class _Timing(NamedTuple):
    working_time: float
    late: tuple[int, ...]


def judgement(file: TrspFile, tours: Sequence[Tour]) -> Judgement:
    """Return the sum of working times, and what breaks the rules."""
    timings = [_timing(file, tour) for tour in tours]
    faults = [*repeated(tours)]
    for tour, timing in zip(tours, timings, strict=True):
        faults += [f"technician {tour.vehicle} is late at {node}" for node in timing.late]
        faults += _wants(file, tour)
    return Judgement(sum(timing.working_time for timing in timings), tuple(faults))


def _timing(file: TrspFile, tour: Tour) -> _Timing:
    """Come home as early as possible, having left as late as that allows."""
    home, nodes = tour.vehicle, file.nodes
    way = [home, *tour.stops, home]
    arrival, late = float(nodes[home].first), []
    for before, node in pairwise(way):
        work = nodes[before].service if before != home else 0
        arrival = max(arrival + work + file.way(before, node), nodes[node].first)
        if arrival > nodes[node].last + PRECISION:
            late.append(node)
    leaving = arrival
    for node, before in pairwise(way[::-1]):
        work = nodes[before].service if before != home else 0
        leaving = min(leaving, nodes[node].last) - file.way(before, node) - work
    return _Timing(arrival - leaving, tuple(late))


def _wants(file: TrspFile, tour: Tour) -> Iterator[str]:
    """Yield what a technician lacks at a request, and second visits to the depot."""
    technician = file.nodes[tour.vehicle]
    left, has_restocked = list(technician.parts), False
    for stop in tour.stops:
        request = file.nodes[stop]
        if stop == DEPOT:
            if has_restocked:
                yield f"technician {tour.vehicle} is at the depot twice"
            has_restocked = True
            continue
        if not request.skills <= technician.skills:
            yield f"technician {tour.vehicle} has not the skills for {stop}"
        if has_restocked:
            continue
        if not request.tools <= technician.tools:
            yield f"technician {tour.vehicle} has not the tools for {stop}"
        left = [have - need for have, need in zip(left, request.parts, strict=True)]
        if min(left, default=0) < 0:
            yield f"technician {tour.vehicle} has not the parts for {stop}"


def published_text(file: TrspFile, tours: Sequence[Tour]) -> str:
    """Return tours as the authors number them: ``<1,5,6,17|2,23,8,18|>``, empty where a technician stays at home."""
    stops_by_technician = {tour.vehicle: tour.stops for tour in tours}
    last = len(file.nodes) - 1
    texts = []
    for number in file.technicians:
        stops = stops_by_technician.get(number, ())
        numbered = [last + file.crew + number if stop == DEPOT else stop for stop in stops]
        texts.append(",".join(map(str, [number, *numbered, last + number])) if stops else "")
    return f"<{'|'.join(texts)}>"


def published_faults(file: TrspFile, tours: Sequence[Tour], cost: float) -> tuple[str, ...]:
    """Ask the program beside the instance, if there is one; it has to find no fault and the same cost."""
    program = file.path.with_name(PROGRAM)
    if not program.exists():
        return ()
    with TemporaryDirectory() as folder:
        written = Path(folder, "tours.txt")
        written.write_text(published_text(file, tours), encoding="utf-8")
        answer = subprocess.run(
            [sys.executable, str(program), str(file.path), str(written)], capture_output=True, text=True, check=False
        )
    stated = re.search(r"working time ([\d.]+)", answer.stdout)
    if answer.returncode != 0 or stated is None:
        return (f"{PROGRAM}: {(answer.stdout or answer.stderr).strip()}",)
    if abs(float(stated[1]) - cost) > PRECISION:
        return (f"{PROGRAM} says that the working time is {stated[1]}, not {cost:.4f}",)
    return ()
