"""The published solutions, judged anew: all keep the rules as we read them, and cost what is stated."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from bench.families.registry import FAMILIES
from bench.families.tours import DEPOT, Tour
from bench.families.vrplib import read_solution

pytestmark = pytest.mark.needs_shared


@pytest.mark.parametrize(("family", "count"), [("sdvrptw", 24), ("mtvrptwr", 42), ("vrptw_1000", 6)])
def test_published_solutions_keep_the_rules_and_cost_what_is_stated(shared: Path, family: str, count: int) -> None:
    paths = sorted((shared / "instances" / family).glob(FAMILIES[family].pattern))
    assert len(paths) == count
    for path in paths:
        instance = FAMILIES[family].read(path)
        tours, stated = read_solution(path.with_suffix(".sol"))
        judgement = instance.judged(tours)
        assert judgement.faults == ()
        assert judgement.cost == stated == instance.bks
        assert sum(stop != DEPOT for tour in tours for stop in tour.stops) == len(instance.document().calls)


def test_published_tours_of_technicians_keep_the_rules_and_cost_what_is_stated(shared: Path) -> None:
    folder = shared / "instances" / "trsp"
    with (folder / "bks.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    assert len(rows) == 29
    for row in rows:
        instance = FAMILIES["trsp"].read(folder / f"{row['instance']}.txt")
        judgement = instance.judged(_tours(row["routes"], last_request=len(instance.document().calls) + 25))
        assert judgement.faults == ()
        assert judgement.cost == pytest.approx(instance.bks, abs=1e-4)


def _tours(text: str, last_request: int) -> list[Tour]:
    """Read tours in the authors' numbers, without the end at home."""
    numbered = [[int(node) for node in tour.split(",")] for tour in text[1:-1].split("|") if tour]
    return [
        Tour(home, tuple(DEPOT if node > last_request else node for node in stops[:-1])) for home, *stops in numbered
    ]


def test_solomons_instances_have_a_best_known_cost(shared: Path) -> None:
    paths = sorted((shared / "instances" / "vrptw").glob("*.txt"))
    instances = [FAMILIES["vrptw"].read(path) for path in paths]
    assert len(instances) == 56
    assert all(instance.bks is not None for instance in instances)
