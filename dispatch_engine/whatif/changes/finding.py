"""The things of a document by id, and the same document with another thing in place of one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, TypeVar

from dispatch_engine.catalogue.faults import scenario_fault, suggestion
from dispatch_engine.whatif.changes.change import refused

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.model.technicians import Capacity

C = TypeVar("C", bound="Capacity")

NAME_BY_KIND = {
    "calls": "calls",
    "contracts": "contracts",
    "meetings": "meetings",
    "parts": "parts",
    "places": "places",
    "stock_locations": "stock locations",
    "territories": "territories",
}
"""What messages call the things of a list, by the list's key in a document."""

PEOPLE = "technicians and providers"


def the_thing(problem: ProblemDocument, kind: str, name: str, field: str) -> Any:
    """Return a thing of a list by its id; ``field`` is where the change names it.

    Raises
    ------
    DocumentErrors
        There is none.
    """
    things = getattr(problem, kind)
    return _found({each.id: each for each in things}, name, NAME_BY_KIND[kind], (field,))


def the_capacity(problem: ProblemDocument, name: str, *path: str | int) -> Capacity:
    """Return a technician or provider by id; ``path`` leads to where the change names it.

    Raises
    ------
    DocumentErrors
        There is none.
    """
    found: Capacity = _found({each.id: each for each in problem.capacities}, name, PEOPLE, path)
    return found


def the_capacities(problem: ProblemDocument, names: tuple[str, ...] | None, field: str) -> tuple[Capacity, ...]:
    """Return technicians and providers by id, all where none are named.

    Raises
    ------
    DocumentErrors
        Some are not there.
    """
    if names is None:
        return problem.capacities
    known = {each.id: each for each in problem.capacities}
    faults = [unknown((field, i), name, known, PEOPLE) for i, name in enumerate(names) if name not in known]
    if faults:
        raise refused(*faults)
    return tuple(known[name] for name in names)


def with_capacities(problem: ProblemDocument, changed: Iterable[Capacity]) -> ProblemDocument:
    """Return the document with these in place of the technicians and providers of the same ids."""
    by_id = {each.id: each for each in changed}
    return problem.model_copy(update={kind: replaced(getattr(problem, kind), by_id) for kind in _kinds(problem, by_id)})


def replaced(things: Iterable[Any], by_id: dict[str, Any]) -> tuple[Any, ...]:
    """Return things, those of some ids as they are given."""
    return tuple(by_id.get(each.id, each) for each in things)


def with_calls(problem: ProblemDocument, changed: Callable[[Call], Call]) -> ProblemDocument:
    """Return the document with each call as it is changed; the same document where none is."""
    calls = tuple(changed(each) for each in problem.calls)
    is_same = all(after is before for after, before in zip(calls, problem.calls, strict=True))
    return problem if is_same else problem.model_copy(update={"calls": calls})


def kind_of(problem: ProblemDocument, name: str) -> str:
    """Return in which list a technician or provider of this id stands."""
    return "technicians" if any(each.id == name for each in problem.technicians) else "providers"


def unknown(path: tuple[str | int, ...], name: str, known: Iterable[str], things: str) -> Any:
    """Return the fault of an id that names nothing."""
    advice = suggestion(name, list(known), f"Maybe it is missing from the {things}, or an earlier change removed it.")
    return scenario_fault("change_unknown_id", path, name, things=things, suggestion=advice)


def _found(known: dict[str, Any], name: str, things: str, path: tuple[str | int, ...]) -> Any:
    if name not in known:
        raise refused(unknown(path, name, known, things))
    return known[name]


def _kinds(problem: ProblemDocument, names: Iterable[str]) -> set[str]:
    return {kind_of(problem, name) for name in names}
