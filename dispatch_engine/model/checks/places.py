"""Every place that is used has a position, and one only."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import Path, fault, suggestion
from dispatch_engine.model.effective import start_place_of
from dispatch_engine.model.paths import capacity_paths, place_paths
from dispatch_engine.model.positions import positions_of

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.places import NamedPlace, Place
    from dispatch_engine.model.problem import ProblemDocument


def check_places(problem: ProblemDocument) -> Iterator[Fault]:
    """Find places without position (with travel source matrix the matrix decides instead)."""
    positions = positions_of(problem)
    in_matrices = {name for matrix in problem.travel.matrices for name in matrix.places}
    known = {*positions, *in_matrices}
    for path, place in place_paths(problem):
        yield from _position_fault(path, place, positions, known, problem.travel.source == "matrix")


def _position_fault(
    path: Path, place: Place, positions: Collection[str], known: Collection[str], by_matrix: bool
) -> Iterator[Fault]:
    if (place.lat is None) != (place.lon is None) or (place.id is None and not place.has_coordinates):
        yield fault("place_incomplete", path, place)
    elif place.id is not None and place.id not in known:
        advice = suggestion(place.id, known, "Maybe it is missing from the places.")
        yield fault("unknown_reference", path, place.id, things="places", suggestion=advice)
    elif place.id is not None and place.id not in positions and not by_matrix:
        yield fault("place_incomplete", path, place)


def check_positions(problem: ProblemDocument) -> Iterator[Fault]:
    """Find ids that stand at two positions."""
    first: dict[str, tuple[float, float]] = {}
    places: list[tuple[Path, NamedPlace | Place]] = [(("places", i), place) for i, place in enumerate(problem.places)]
    for path, place in [*places, *place_paths(problem)]:
        if place.id is None or place.lat is None or place.lon is None:
            continue
        position = first.setdefault(place.id, (place.lat, place.lon))
        if position != (place.lat, place.lon):
            yield fault("place_conflict", path, place, other=f"lat {position[0]}, lon {position[1]}")


def check_shift_places(problem: ProblemDocument) -> Iterator[Fault]:
    """Find shifts that start nowhere, or end both open and at a place."""
    for path, capacity in capacity_paths(problem):
        for i, shift in enumerate(capacity.shifts):
            if start_place_of(capacity, shift) is None:
                yield fault("place_missing", (*path, "shifts", i), shift)
            if shift.open_end and shift.end_place is not None:
                yield fault("open_end_place", (*path, "shifts", i, "end_place"), shift.end_place)
