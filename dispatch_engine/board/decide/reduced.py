"""The least document by which one call can be checked: the call and what it refers to.

A board has hundreds of calls and technicians that say nothing about a new call. What is no fault here is none in the
whole document; what is one is looked at again with all of the board, for the sake of its advice.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.places import NamedPlace
from dispatch_engine.model.stock import Part
from dispatch_engine.model.times import Window
from dispatch_engine.model.travel import Matrix

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.board.state import BoardState
    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.places import Place
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.travel import Travel


def reduced_to(state: BoardState, call: Call) -> ProblemDocument:
    """Return the board's document with one call and what it names."""
    people, setup = _people_of(call), state.setup
    update = {
        "technicians": tuple(each for name in people if (each := state.technicians.get(name)) is not None),
        "providers": tuple(who for name in people if (who := state.providers.get(name)) is not None),
        "calls": (call,),
        "contracts": tuple(each for each in setup.contracts if each.id == call.contract),
        "territories": tuple(each for each in setup.territories if each.id == call.territory),
        "parts": tuple(_parts(state, call)),
        "places": tuple(_places(state, call)),
        "stock_locations": (),
        "meetings": (),
        "previous_plan": None,
        "travel": _travel(state, call),
        "horizon": _period(state),
    }
    return setup.model_copy(update=update)


def is_reducible(state: BoardState, call: Call) -> bool:
    """Whether the least document says all about a call: whoever comes to it, travel times to its place are known."""
    travel, name = state.setup.travel, call.place.id
    return travel.source != "matrix" or all(name in matrix.places for matrix in travel.matrices)


def with_known_place(state: BoardState, call: Call) -> Call:
    """Return a call with the position of its place, where that is known from another call alone."""
    if call.place.id is None or call.place.has_coordinates:
        return call
    if any(each.id == call.place.id for each in state.setup.places):
        return call
    other = _place_of_others(state, call)
    return call if other is None else call.model_copy(update={"place": other})


def _people_of(call: Call) -> dict[str, None]:
    named = [*call.required_technicians, *call.preferred_technicians, *call.excluded_technicians, *call.durations]
    if call.pin is not None:
        named.append(call.pin.technician)
    if call.promise is not None and call.promise.technician is not None:
        named.append(call.promise.technician)
    return dict.fromkeys(named)


def _parts(state: BoardState, call: Call) -> Iterator[Part]:
    """Yield the parts that the call names and the board knows; where the board lists none, any name will do."""
    if not state.setup.parts:
        return
    cases = (part for case in call.parts_cases for part in case.parts)
    wanted = {*call.parts, *cases, *(each.part for each in call.substitutes)}
    wanted |= {each.substitute for each in call.substitutes}
    listed = {part.id for part in state.setup.parts}
    yield next(iter(state.setup.parts))  # so that the document lists parts, and others are refused
    for name in sorted(wanted):
        if name in listed or _is_held(state, name):
            yield Part(id=name)


def _is_held(state: BoardState, part: str) -> bool:
    vans = (*state.technicians.values(), *state.providers.values())
    in_vans = any(part in each.stock for each in vans)
    locations = state.setup.stock_locations
    return in_vans or any(part in each.stock or any(part in d.parts for d in each.deliveries) for each in locations)


def _places(state: BoardState, call: Call) -> Iterator[NamedPlace]:
    name = call.place.id
    if name is None:
        return
    yield from (each for each in state.setup.places if each.id == name)
    other = _place_of_others(state, call)
    if other is not None and other.lat is not None and other.lon is not None:
        yield NamedPlace(id=name, lat=other.lat, lon=other.lon)


def _place_of_others(state: BoardState, call: Call) -> Place | None:
    """Return the place of another call that has the id and says where it is."""
    same = (each.place for each in state.calls.values() if each.place.id == call.place.id and each.id != call.id)
    return next((place for place in same if place.has_coordinates), None)


def _travel(state: BoardState, call: Call) -> Travel:
    """Return the travel settings; of matrices that have the place, one with that place alone."""
    travel, name = state.setup.travel, call.place.id
    if travel.source != "matrix" or name is None:
        return travel
    known = tuple(
        Matrix(profile=each.profile, places=(name,), duration_s=((0,),), distance_m=((0,),)) for each in travel.matrices
    )
    return travel.model_copy(update={"matrices": known})


def _period(state: BoardState) -> Window | None:
    shifts = [shift for each in (*state.technicians.values(), *state.providers.values()) for shift in each.shifts]
    if not shifts:
        return None
    end = max(shift.end + shift.overtime_cap for shift in shifts)
    return Window(start=min(shift.start for shift in shifts), end=max(end, state.now.replace(microsecond=0)))
