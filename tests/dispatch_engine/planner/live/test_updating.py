"""A translation that is carried on says the same as one made anew, whatever has happened."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner import PlanOptions, effective_options, plan
from dispatch_engine.planner.index import Index
from dispatch_engine.planner.translate import Translation, translate
from dispatch_engine.planner.updating import updated
from dispatch_engine.travel.open import open_travel
from dispatch_engine.travel.source import (
    CAR,
    AddedTravel,
    LatLon,
    Place,
    Provenance,
    TravelMatrix,
    TravelSource,
    added_travel,
)
from solver.problem import NONE, Csr, Steps
from tests.dispatch_engine.planner.days import call, day, technician
from tests.dispatch_engine.planner.live.happenings import begun, happened

PLACES = {"place", "start_place", "end_place", "resume_place"}
NAMED = {
    "skill_level": "skill",
    "has_tool": "tool",
    "needs_tool": "tool",
    "tools": "tool",
    "stock": "part",
    "parts": "part",
    "parcel_parts": "part",
    "overnight_limit": "part",
}
"""Columns by name, which may have more of them where a translation is carried on."""
HAPPENINGS = 40


def described(translation: Translation, index: Index) -> dict[str, Any]:
    """Return what a translation says of what ``index`` knows, by names in place of the numbers that may differ."""
    problem, own = translation.solver_problem, translation.frame.index
    places = [*(place.id for place in translation.frame.places.for_travel), None]
    said: dict[str, Any] = {"horizon": problem.horizon_s, "ways": translation.frame.ways.by_call}
    for table in ("technicians", "shifts", "visits", "sourcings", "stock", "meetings"):
        for field in fields(getattr(problem, table)):
            column, name = getattr(getattr(problem, table), field.name), field.name
            if name in NAMED:
                said[f"{table}.{name}"] = _by_name(column, name, getattr(own, NAMED[name]), getattr(index, NAMED[name]))
            elif not name.startswith(("supply_", "part_")):
                said[f"{table}.{name}"] = _values(column, name, places)
    parts, stock = list(own.part), problem.stock
    supplies = zip(stock.supply_location, stock.supply_part, stock.supply_from_s, stock.supply_pieces, strict=True)
    said["supplies"] = [(a, parts[part], c, d) for a, part, c, d in supplies if parts[part] in index.part]
    said["sizes"] = {part: stock.part_size[own.part[part]].tolist() for part in index.part}
    return said


def _values(column: Any, name: str, places: list[str | None]) -> Any:
    if isinstance(column, Csr | Steps):
        return [column.row(row) for row in range(len(column.after if isinstance(column, Steps) else column))]
    return [places[number] for number in column] if name in PLACES else column.tolist()


def _by_name(column: Any, name: str, own: Mapping[str, int], names: Mapping[str, int]) -> Any:
    idle = NONE if name == "overnight_limit" else 0
    return [{each: row[own[each]] for each in names if row[own[each]] != idle} for row in column.tolist()]


def travel_of(translation: Translation, problem: ProblemDocument) -> Any:
    """Return the travel between the places of a problem's calls, in their order."""
    rows = np.array([translation.frame.places.number(each.place) for each in problem.calls])
    return translation.solver_problem.travel.side_by_side[:, rows][:, :, rows]


class OnlyAdded:
    """A source that may only be asked for places that are added."""

    def __init__(self, source: TravelSource) -> None:
        self._source = source
        self.added_places: list[str] = []

    def matrix(self, places: Sequence[Place], profile: str) -> TravelMatrix:
        raise AssertionError(f"asked for {len(places)} places of {profile}")

    def added(self, places: Sequence[Place], added: Sequence[Place], profile: str) -> AddedTravel:
        self.added_places += [place.id for place in added]
        return added_travel(self._source, places, added, profile)

    def geometry(self, origin: Place, destination: Place, profile: str = CAR) -> list[LatLon] | None:
        return None

    def provenance(self) -> Provenance:
        return self._source.provenance()


@pytest.mark.parametrize("seed", range(12))
def test_whatever_happens_what_is_carried_on_is_what_is_made_anew(seed: int) -> None:
    rng, carried = random.Random(seed), 0
    problem = begun(rng)
    source = open_travel(problem.travel, Path.cwd())
    routes = {
        (route.technician, route.shift): route
        for route in plan(problem, effective_options(PlanOptions(iterations=0), problem.policy)).routes
    }
    translation = translate(problem, source, spare_places=4)
    for number in range(HAPPENINGS):
        problem = happened(rng, problem, routes, number)
        anew, found = translate(problem, source), updated(translation, problem, source)
        translation = translate(problem, source, spare_places=4) if found is None else found[0]
        carried += found is not None
        index = anew.frame.index
        assert described(translation, index) == described(anew, index)
        assert translation.times.warnings == anew.times.warnings
    assert carried > HAPPENINGS // 2


def located(*names: str) -> ProblemDocument:
    """Return a day on the globe with a call at a place of its own for each name, which ends on a digit."""
    calls = [call(name) | {"place": {"lat": -29.9 - int(name[-1]) / 100, "lon": -71.3}} for name in names]
    crew = [technician() | {"home": {"lat": -29.95, "lon": -71.32}}]
    return day(calls, crew, travel={"source": "geodesic"})


def test_a_place_that_is_new_is_added_to_the_matrices_that_there_are() -> None:
    few, many = located("C-1", "C-2"), located("C-1", "C-2", "C-3")
    source = open_travel(few.travel, Path.cwd())
    before = translate(few, source, spare_places=1)
    found = updated(before, many, source)
    assert found is not None
    assert found[0].solver_problem.travel is before.solver_problem.travel
    three = found[0].frame.places.for_travel
    assert len(three) == 4
    whole = source.matrix(three, "car")
    assert np.array_equal(found[0].solver_problem.travel.duration_s[0, :4, :4], whole.duration_s)
    assert np.array_equal(found[0].solver_problem.travel.distance_m[0, :4, :4], whole.distance_m)


def test_where_there_is_no_room_for_another_place_all_is_to_be_translated() -> None:
    few, many = located("C-1", "C-2"), located("C-1", "C-2", "C-3")
    source = open_travel(few.travel, Path.cwd())
    assert updated(translate(few, source), many, source) is None


def test_a_translation_of_all_asks_for_the_travel_of_new_places_alone() -> None:
    few, many = located("C-1", "C-2", "C-3"), located("C-4", "C-5", "C-3", "C-2")
    source = open_travel(few.travel, Path.cwd())
    for spare in (0, 9):
        asked = OnlyAdded(source)
        found, anew = translate(many, asked, known=translate(few, source, spare).times), translate(many, source)
        assert asked.added_places == ["call C-4", "call C-5"]
        assert np.array_equal(travel_of(found, many), travel_of(anew, many))


def test_two_states_that_follow_the_same_one_do_not_share_the_rows_of_their_new_places() -> None:
    few = located("C-1", "C-2")
    source = open_travel(few.travel, Path.cwd())
    before = translate(few, source, spare_places=2)
    one, other = (updated(before, located("C-1", "C-2", *more), source) for more in (["C-3"], ["C-3", "C-4"]))
    assert one is not None
    assert other is not None
    places = other[0].frame.places.for_travel
    whole = source.matrix(places, "car")
    assert np.array_equal(other[0].solver_problem.travel.duration_s[0, :5, :5], whole.duration_s)
    assert one[0].solver_problem.visits.place.tolist() == other[0].solver_problem.visits.place.tolist()[:3]
