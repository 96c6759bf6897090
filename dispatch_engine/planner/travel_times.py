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
from dispatch_engine.planner.places import Places, users_of
from dispatch_engine.travel.source import added_travel
from solver.problem import UNREACHABLE, Travel

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from numpy.typing import NDArray

    from dispatch_engine.model.places import Place
    from dispatch_engine.planner.frame import Frame
    from dispatch_engine.planner.places import User
    from dispatch_engine.travel.source import AddedTravel, PlaceWarning, Provenance, TravelSource


@dataclass(frozen=True)
class TravelTimes:
    """The matrices with their origin.

    ``found`` is what the source has to say of places, ``places`` whose those are; the matrices are in the order of
    ``profiles``. There can be rows for more places, which are far from everything until they are used (``grown``);
    ``is_asked``: the source was asked.
    """

    travel: Travel
    provenance: TravelProvenance
    found: tuple[PlaceWarning, ...]
    places: Places
    profiles: list[str]
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
        return TravelTimes(Travel(nothing, nothing), provenance, (), places, [], is_asked=False)
    matrices = [source.matrix(places.for_travel, profile) for profile in frame.index.profile]
    legs = np.full((n_profiles, n_places + spare, n_places + spare, 2), UNREACHABLE, np.int32)
    for row, matrix in enumerate(matrices):
        legs[row, :n_places, :n_places, 0] = matrix.duration_s
        legs[row, :n_places, :n_places, 1] = matrix.distance_m
    found = {(each.place_id, each.code): each for matrix in matrices for each in matrix.warnings}
    provenance = provenance_of(matrices[0].provenance, frame.problem.travel)
    return TravelTimes(
        Travel.of(legs), provenance, tuple(found.values()), places, list(frame.index.profile), is_asked=True
    )


def known_times(known: TravelTimes, frame: Frame, source: TravelSource, spare: int) -> TravelTimes | None:
    """Return the times of another state of a board, asking the source for new places alone; None where it does not do.

    Raises
    ------
    TravelError
        The source cannot answer.
    """
    problem, profiles = frame.problem, list(frame.index.profile)
    if not known.is_asked or not problem.calls or known.profiles != profiles:
        return None
    everywhere = list(users_of(problem))
    times = grown(known, Places(problem, known.places.numbers), everywhere, source)
    return times if times is not None else _moved(known, frame.places, source, spare)


def _moved(known: TravelTimes, places: Places, source: TravelSource, spare: int) -> TravelTimes:
    """Return the times between places with numbers of their own, of which some are known under others."""
    before, keys = known.places.numbers.by_key, list(places.numbers.by_key)
    old = [row for row, key in enumerate(keys) if key in before]
    new = [row for row, key in enumerate(keys) if key not in before]
    was, here = [before[keys[row]] for row in old], places.for_travel
    n_places = len(keys) + spare
    legs = np.full((len(known.profiles), n_places, n_places, 2), UNREACHABLE, np.int32)
    legs[:, np.array(old)[:, None], old] = known.travel.side_by_side[:, np.array(was)[:, None], was]
    names = {known.places.for_travel[a].id: here[b].id for a, b in zip(was, old, strict=True)}
    found = [replace(each, place_id=names[each.place_id]) for each in known.found if each.place_id in names]
    for row, profile in enumerate(known.profiles if new else ()):
        more = added_travel(source, [here[k] for k in old], [here[k] for k in new], profile)
        _write(legs[row], more, old, new)
        found += [each for each in more.warnings if each not in found]
    return replace(known, travel=Travel.of(legs), found=tuple(found), places=places)


def _write(legs: NDArray[np.int32], more: AddedTravel, old: Sequence[int], new: Sequence[int]) -> None:
    """Write travel from and to the ``new`` places, all others of which are ``old``, in the matrix of a profile."""
    leaving = np.stack([more.from_added_s, more.from_added_m], axis=2)
    legs[np.array(new)[:, None], [*old, *new]] = leaving
    legs[np.array(old, np.int64)[:, None], new] = np.stack([more.to_added_s, more.to_added_m], axis=2)


def grown(
    times: TravelTimes, places: Places, new: Sequence[tuple[User, Place]], source: TravelSource
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
        for row, profile in enumerate(times.profiles if added else ()):
            more = added_travel(source, known, added, profile)
            _write(legs[row], more, range(first), range(first, end))
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
