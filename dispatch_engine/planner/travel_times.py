"""Travel times between all places of a document, for each profile in use, with what is to be known about them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, get_args

import numpy as np

from dispatch_engine.model.plan import PlanWarning, TravelProvenance
from dispatch_engine.model.travel import Travel as TravelSettings
from dispatch_engine.model.travel import TravelSourceName
from solver.problem import Travel

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.places import Places, User
    from dispatch_engine.travel.source import PlaceWarning, Provenance, TravelMatrix, TravelSource


@dataclass(frozen=True)
class TravelTimes:
    """The matrices with their origin, and a warning for each call and technician at a place that is hard to reach."""

    travel: Travel
    provenance: TravelProvenance
    warnings: tuple[PlanWarning, ...]


def travel_times(frame: Frame, source: TravelSource) -> TravelTimes:
    """Ask the source for every profile in use; there is at least one profile, if only for nobody.

    Where there is nobody to send or nothing to do, the source is not asked.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    places = frame.places
    if not frame.problem.calls or not frame.index.profile:
        n_profiles, n_places = max(1, len(frame.index.profile)), len(places.users)
        nothing = np.zeros((n_profiles, n_places, n_places), np.int32)
        return TravelTimes(Travel(nothing, nothing), provenance_of(source.provenance(), frame.problem.travel), ())
    matrices = [source.matrix(places.for_travel, profile) for profile in frame.index.profile]
    return TravelTimes(
        Travel(np.stack([each.duration_s for each in matrices]), np.stack([each.distance_m for each in matrices])),
        provenance_of(matrices[0].provenance, frame.problem.travel),
        tuple(place_warnings(places, matrices)),
    )


def place_warnings(places: Places, matrices: Sequence[TravelMatrix]) -> list[PlanWarning]:
    """Return the sources' warnings for each call, technician or provider at the place, each once."""
    number = {place.id: row for row, place in enumerate(places.for_travel)}
    found = {(each.place_id, each.code): each for matrix in matrices for each in matrix.warnings}
    return [_plan_warning(each, user) for each in found.values() for user in places.users[number[each.place_id]]]


def provenance_of(provenance: Provenance, stated: TravelSettings) -> TravelProvenance:
    """Return where travel times came from, as a plan states it: with the network's name, where there is one."""
    detail = {name: _scalar(value) for name, value in provenance.parameters.items()}
    if stated.network is not None and provenance.source == "road":
        detail["network"] = stated.network
    source: TravelSourceName = next(name for name in get_args(TravelSourceName) if name == provenance.source)
    return TravelProvenance(
        source=source, detail={"version": provenance.version, **detail}, attribution=provenance.attribution or None
    )


def _plan_warning(found: PlaceWarning, user: User) -> PlanWarning:
    """Return the warning for a user; a stock location or meeting stands in the detail."""
    whose: dict[str, str] = {user.kind: user.id}
    detail = {"place": found.place_id} | ({} if found.distance_m is None else {"distance_m": found.distance_m})
    return PlanWarning(
        code=found.code,
        message=found.message,
        call=whose.pop("call", None),
        technician=whose.pop("technician", None),
        detail=detail | whose,
    )


def _scalar(value: object) -> str | int | float | bool | None:
    return value if value is None or isinstance(value, str | int | float | bool) else json.dumps(value)
