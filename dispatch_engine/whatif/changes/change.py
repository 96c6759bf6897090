"""What all changes have in common: a type, what they do, and what they lay claim to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import TYPE_CHECKING, Any

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.base import Model

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument

Place = tuple[str, ...]
"""Where something stands in a document: names of fields, and ids in place of positions."""


class Fate(Enum):
    """What becomes of a whole thing."""

    ADDED = "added"
    REMOVED = "removed"


@dataclass(frozen=True)
class Claim:
    """What a change says of one place of the document; two that say different things of one place contradict.

    Attributes
    ----------
    place
        Of the document.
    value
        What is to stand there.
    pointer
        JSON pointer to where the change says so.
    """

    place: Place
    value: object
    pointer: str


class Change(Model):
    """A change of a problem document; the types are told apart by ``type``."""

    type: str

    def applied(self, problem: ProblemDocument) -> ProblemDocument:
        """Return the document with the change.

        Whether the fields of the result fit together is checked later, for all changes at once.

        Raises
        ------
        DocumentErrors
            What it names is not there, or cannot be changed so; pointers lead into the change.
        """
        raise NotImplementedError

    def claims(self) -> Iterator[Claim]:
        """Yield what no other change of the scenario may contradict."""
        yield from ()


def refused(*faults: Fault) -> DocumentErrors:
    """Return the error that refuses a change."""
    return DocumentErrors(faults, "the change")


def claims_of(place: Place, values: Mapping[str, Any], pointer: str) -> Iterator[Claim]:
    """Yield a claim for each value in nested objects."""
    for key, value in values.items():
        if isinstance(value, dict) and value:
            yield from claims_of((*place, key), value, f"{pointer}/{key}")
        else:
            yield Claim((*place, key), value, f"{pointer}/{key}")
