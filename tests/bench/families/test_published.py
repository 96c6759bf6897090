"""The published solutions, judged anew: all keep the rules as we read them, and cost what is stated."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

import pytest

from bench.families.delivery import Delivery
from bench.families.family import Instance
from bench.families.registry import PUBLISHED
from bench.families.tours import DEPOT, Tour
from bench.families.trsp import Technicians, Trsp
from bench.families.vrplib import read_solution
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel
from solver.money import TICKS_PER_UNIT
from solver.objective import Objective
from solver.stops import StopNumbers
from solver.tables import build_tables
from solver.timetable import timed_route

pytestmark = pytest.mark.needs_shared


@pytest.mark.parametrize(("family", "count"), [("sdvrptw", 24), ("mtvrptwr", 42), ("vrptw_1000", 6)])
def test_published_solutions_keep_the_rules_and_cost_what_is_stated(shared: Path, family: str, count: int) -> None:
    paths = sorted((shared / "instances" / family).glob(PUBLISHED[family].pattern))
    assert len(paths) == count
    for path in paths:
        instance = PUBLISHED[family].read(path)
        assert isinstance(instance, Delivery)
        tours, stated = read_solution(path.with_suffix(".sol"))
        judgement = instance.judged(tours)
        assert judgement.faults == ()
        assert judgement.cost == stated == instance.bks
        assert sum(stop != DEPOT for tour in tours for stop in tour.stops) == len(instance.nodes) - 1


def test_published_tours_of_technicians_keep_the_rules_and_cost_what_is_stated(shared: Path) -> None:
    published = technicians_and_tours(shared)
    assert len(published) == 29
    for instance, tours in published:
        judgement = instance.judged(tours)
        assert judgement.faults == ()
        assert judgement.cost == pytest.approx(instance.bks, abs=1e-4)


def technicians_and_tours(shared: Path) -> list[tuple[Technicians, list[Tour]]]:
    """Return the instances with the tours of the list beside them, without technicians who stay at home."""
    folder = shared / "instances" / "trsp"
    with (folder / "bks.csv").open(encoding="utf-8", newline="") as text:
        rows = list(csv.DictReader(text))
    instances = [Trsp().read(folder / f"{row['instance']}.txt") for row in rows]
    return [(instance, _tours(row["routes"], instance)) for instance, row in zip(instances, rows, strict=True)]


def _tours(text: str, instance: Technicians) -> list[Tour]:
    """Read tours in the authors' numbers, each with the end at home as its last node."""
    last = instance.file.requests[-1] + instance.file.crew
    numbered = [[int(node) for node in tour.split(",")] for tour in text[1:-1].split("|") if tour]
    tours = [Tour(home, tuple(DEPOT if node > last else node for node in stops[:-1])) for home, *stops in numbered]
    return [tour for tour in tours if tour.stops]


def cost_as_plan(instance: Instance, tours: Iterable[Tour]) -> float:
    """Return what tours cost by the instance's document; all of them can be driven."""
    document = instance.document()
    translation = translate(document, open_travel(document.travel, Path()))
    problem, index = translation.solver_problem, translation.frame.index
    tables, numbers = build_tables(problem), StopNumbers.of(problem)
    routes = []
    for tour in tours:
        stops = [numbers.restock(0) if stop == DEPOT else index.visit[str(stop)] for stop in tour.stops]
        route = timed_route(problem, tables, index.shift[str(tour.vehicle), "day"], stops)
        assert route is not None
        routes.append(route)
    costs = Objective(problem, tables).cost_by_term(tuple(routes), ())
    return sum(costs.values()) / TICKS_PER_UNIT


def test_published_tours_of_technicians_are_plans_of_the_documents_but_for_ways_rounded_up(shared: Path) -> None:
    for instance, tours in technicians_and_tours(shared)[::7]:
        assert instance.bks is not None
        assert instance.bks < cost_as_plan(instance, tours) < instance.bks * 1.0001


def test_published_trips_are_plans_of_the_documents(shared: Path) -> None:
    for path in sorted((shared / "instances" / "mtvrptwr").glob("*.vrp"))[::7]:
        instance = PUBLISHED["mtvrptwr"].read(path)
        loaded = [Tour(tour.vehicle, (DEPOT, *tour.stops)) for tour in read_solution(path.with_suffix(".sol"))[0]]
        assert cost_as_plan(instance, loaded) == instance.bks


@pytest.mark.parametrize(("family", "name"), [("sdvrptw", "PR01"), ("vrptw_1000", "C1_10_1")])
def test_published_tours_are_plans_of_the_documents(shared: Path, family: str, name: str) -> None:
    path = shared / "instances" / family / f"{name}.vrp"
    instance = PUBLISHED[family].read(path)
    assert cost_as_plan(instance, read_solution(path.with_suffix(".sol"))[0]) == instance.bks


def test_solomons_instances_have_a_best_known_cost(shared: Path) -> None:
    paths = sorted((shared / "instances" / "vrptw").glob("*.txt"))
    instances = [PUBLISHED["vrptw"].read(path) for path in paths]
    assert len(instances) == 56
    assert all(instance.bks is not None for instance in instances)
