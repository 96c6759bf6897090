"""Answer what is asked of travel times without planning anything."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from dispatch_engine.catalogue.faults import fault, suggestion
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.places import Point
from dispatch_engine.model.travel_question import Line, PlaceNote, TravelAnswer
from dispatch_engine.planner.travel_times import provenance_of
from dispatch_engine.travel.source import UNREACHABLE_S, Place

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.errors import Fault
    from dispatch_engine.model.travel_question import Leg, TravelQuestion
    from dispatch_engine.travel.arrays import Int32Matrix
    from dispatch_engine.travel.source import TravelSource


def require_meaning(question: TravelQuestion, name: str = "the question") -> None:
    """Refuse a question that names a place twice, or one that it does not have.

    Raises
    ------
    DocumentErrors
        With every fault.
    """
    faults = (*_repeated(question), *_unknown(question))
    if faults:
        raise DocumentErrors(tuple(sorted({*faults})), name)


def answer(question: TravelQuestion, source: TravelSource) -> TravelAnswer:
    """Return durations, distances and lines.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    place_by_id = {each.id: Place(each.id, each.lat, each.lon) for each in question.places}
    found = source.matrix(list(place_by_id.values()), question.profile)
    return TravelAnswer(
        places=tuple(place_by_id),
        duration_s=_rows(found.duration_s),
        distance_m=_rows(found.distance_m),
        lines=tuple(_line(leg, place_by_id, source, question.profile) for leg in question.lines),
        warnings=tuple(PlaceNote(place=each.place_id, code=each.code, message=each.message) for each in found.warnings),
        travel=provenance_of(found.provenance, question.travel),
    )


def _line(leg: Leg, place_by_id: dict[str, Place], source: TravelSource, profile: str) -> Line:
    points = source.geometry(place_by_id[leg.origin], place_by_id[leg.destination], profile)
    shown = None if points is None else tuple(Point(lat=point.lat, lon=point.lon) for point in points)
    return Line(origin=leg.origin, destination=leg.destination, points=shown)


def _rows(matrix: Int32Matrix) -> tuple[tuple[int | None, ...], ...]:
    rows = np.where(matrix >= UNREACHABLE_S, -1, matrix).tolist()
    return tuple(tuple(None if entry < 0 else entry for entry in row) for row in rows)


def _repeated(question: TravelQuestion) -> Iterator[Fault]:
    first: dict[str, int] = {}
    for i, place in enumerate(question.places):
        if first.setdefault(place.id, i) != i:
            at = f"/places/{first[place.id]}"
            yield fault("duplicate_id", ("places", i, "id"), place.id, things="places", first=at)


def _unknown(question: TravelQuestion) -> Iterator[Fault]:
    known = {place.id for place in question.places}
    for i, leg in enumerate(question.lines):
        for end, place in (("origin", leg.origin), ("destination", leg.destination)):
            if place not in known:
                advice = suggestion(place, known, "Maybe add it to the places.")
                yield fault("unknown_reference", ("lines", i, end), place, things="places", suggestion=advice)
