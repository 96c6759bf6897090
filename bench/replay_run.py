"""One day on which requests came in, replayed on a live board in a process of its own, and judged."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from bench.families.registry import REPLAYED
from bench.families.tours import DEPOT
from bench.isolated import in_new_process, peak_mb
from bench.record import Record
from bench.replay import replayed
from bench.report import gap_pct
from dispatch_engine.clock import Stopwatch
from dispatch_engine.kernels import warmup

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from bench.families.trsp_drive import Drive
    from bench.replay import Effort


@dataclass(frozen=True)
class Replay:
    """What is asked for."""

    family: str
    path: Path
    effort: Effort
    seed: int


def replay(asked: Replay) -> Record:
    """Replay an instance in a new process."""
    return in_new_process(_replay, asked)


def _replay(asked: Replay) -> Record:
    """Replay the day, and once more with all requests known at the start."""
    instance = REPLAYED[asked.family].read(asked.path)
    warmup()
    watch = Stopwatch()
    day = replayed(instance, asked.effort, asked.seed)
    seconds = round(watch.elapsed_s, 2)
    at_once = replayed(instance.known_at_once(), asked.effort, asked.seed)
    done, known = instance.driven(day.drives), instance.known_at_once().driven(at_once.drives)
    checked = (*done.faults, *instance.judged([drive.tour for drive in day.drives]).faults, *known.faults)
    faults, rejections = tuple(dict.fromkeys(checked)), len(instance.releases) - _served(day.drives)
    cost = round(done.cost, 4)
    return Record(
        instance=instance.name,
        family=asked.family,
        seconds=seconds,
        cost=cost,
        bks=instance.bks,
        gap_pct=None if rejections or instance.bks is None else gap_pct(cost, instance.bks),
        violations=len(faults),
        unplanned=rejections,
        iterations=day.iterations,
        peak_mb=round(peak_mb(), 1),
        seed=asked.seed,
        routes=len(day.drives),
        time_limit=0.0,
        note=f"{asked.effort.first} iterations at first, {asked.effort.each} behind each release; "
        f"{day.revisions} revisions, {day.better} better plans of the background",
        rejections=rejections,
        value_of_information_pct=gap_pct(cost, known.cost)
        if _served(at_once.drives) == len(instance.releases)
        else None,
        faults=faults,
        tours=tuple((drive.technician, *drive.tour.stops) for drive in day.drives),
    )


def _served(drives: Sequence[Drive]) -> int:
    return sum(leg.node != DEPOT for drive in drives for leg in drive.legs)
