"""Travel times between all places of a document, for each profile in use, with what is to be known about them."""

from __future__ import annotations

import json
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, get_args

import numpy as np

from dispatch_engine.model.plan import PlanWarning, TravelProvenance
from dispatch_engine.model.travel import Travel as TravelSettings
from dispatch_engine.model.travel import TravelSourceName
from dispatch_engine.travel.source import added_travel
from solver.problem import UNREACHABLE, Travel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dispatch_engine.model.places import Place
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.places import Places, User
    from dispatch_engine.travel.source import PlaceWarning, Provenance, TravelSource


@dataclass(frozen=True)
class TravelTimes:
    """The matrices with their origin.

    ``found`` is what the source has to say of places, ``places`` whose those are. There can be rows for more places,
    which are far from everything until they are used (``grown``); ``is_asked``: the source was asked.
    """

    travel: Travel
    provenance: TravelProvenance
    found: tuple[PlaceWarning, ...]
    places: Places
    is_asked: bool

    @cached_property
    def warnings(self) -> tuple[PlanWarning, ...]:
        """A warning for each call and technician at a place that is hard to reach."""
        return tuple(place_warnings(self.places, self.found))


def travel_times(frame: Frame, source: TravelSource, spare: int = 0) -> TravelTimes:
    """Ask the source for every profile in use; there is at least one profile, if only for nobody.

    Where there is nobody to send or nothing to do, the source is not asked.

    Parameters
    ----------
    frame
        The document.
    source
        Of travel times.
    spare
        For so many places more there is room.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    places = frame.places
    n_places, n_profiles = len(places.for_travel), max(1, len(frame.index.profile))
    if not frame.problem.calls or not frame.index.profile:
        nothing = np.zeros((n_profiles, n_places, n_places), np.int32)
        provenance = provenance_of(source.provenance(), frame.problem.travel)
        return TravelTimes(Travel(nothing, nothing), provenance, (), places, is_asked=False)
    matrices = [source.matrix(places.for_travel, profile) for profile in frame.index.profile]
    legs = np.full((n_profiles, n_places + spare, n_places + spare, 2), UNREACHABLE, np.int32)
    for row, matrix in enumerate(matrices):
        legs[row, :n_places, :n_places, 0] = matrix.duration_s
        legs[row, :n_places, :n_places, 1] = matrix.distance_m
    found = {(each.place_id, each.code): each for matrix in matrices for each in matrix.warnings}
    provenance = provenance_of(matrices[0].provenance, frame.problem.travel)
    return TravelTimes(Travel.of(legs), provenance, tuple(found.values()), places, is_asked=True)


def grown(
    times: TravelTimes, places: Places, new: Sequence[tuple[User, Place]], profiles: Iterable[str], source: TravelSource
) -> TravelTimes | None:
    """Return the times with places more, written where there was room for them; None where there is too little.

    The matrices stay the same arrays: nobody reads the rows of places that have no number yet.

    Parameters
    ----------
    times
        So far.
    places
        Of the problem now, with the numbers so far.
    new
        What may have no number yet.
    profiles
        In the order of the matrices.
    source
        Of travel times.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    numbers, legs = places.numbers, times.travel.side_by_side
    with numbers.growing:
        known, missing = list(numbers.for_travel), places.without_number(new)
        first, end = len(known), len(known) + len(missing)
        if end > legs.shape[1]:
            return None
        added = list(missing.values())
        found = list(times.found)
        for row, profile in enumerate(profiles if added else ()):
            more = added_travel(source, known, added, profile)
            for kind, (leaving, coming) in enumerate(
                ((more.from_added_s, more.to_added_s), (more.from_added_m, more.to_added_m))
            ):
                legs[row, first:end, :end, kind] = leaving
                legs[row, :first, first:end, kind] = coming
            found += [each for each in more.warnings if each not in found]
        numbers.add(missing)
    return replace(times, places=places, found=tuple(found))


def place_warnings(places: Places, found: Iterable[PlaceWarning]) -> list[PlanWarning]:
    """Return the sources' warnings for each call, technician or provider at the place, each once."""
    number = {place.id: row for row, place in enumerate(places.for_travel)}
    return [_plan_warning(each, user) for each in found for user in places.users[number[each.place_id]]]


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
