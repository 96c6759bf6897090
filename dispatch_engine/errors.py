"""The root of everything that this package raises on purpose.

    DispatchError
    ├── DocumentErrors          document_faults: all faults of one document at once
    ├── SettingsError           settings
    ├── FileError               file
    │   ├── FileMissingError    file_missing
    │   ├── FileKindError       file_kind: a directory, or another thing that holds no document
    │   ├── FileConflictError   file_conflict: one place for two things
    │   ├── FileReadError       file_unreadable
    │   ├── FileTooLargeError   file_too_large
    │   └── FileWriteError      file_unwritable
    └── (travel)                dispatch_engine.travel.errors

Every code is explained in ``docs/errors.md``. What a class's docstring says is what that page says.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from typing import TYPE_CHECKING, Any

from dispatch_engine.listing import lines_listed

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SHOWN_FAULTS = 50
"""How many faults the message of ``DocumentErrors`` spells out; ``faults`` always holds all."""


class DispatchError(Exception):
    """Something a person can mend.

    Parameters
    ----------
    message
        Names the thing and its value, and states the rule.
    pointer
        JSON pointer to the place in the document, where there is one.
    value
        What was found.
    advice
        The way out, starting with "Maybe".
    """

    code = "internal"

    def __init__(self, message: str, *, pointer: str = "", value: object = None, advice: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.pointer = pointer
        self.value = value
        self.advice = advice

    def __str__(self) -> str:
        return f"{self.message}. {self.advice}" if self.advice else self.message

    def __reduce__(self) -> tuple[Any, ...]:
        """Have it pickled as it is, whatever its class is made with."""
        return _remade, (type(self), self.args, self.__dict__)

    def repoint(self, moved: Callable[[str], str]) -> None:
        """Point elsewhere: ``moved`` gets the pointer into a part and returns the one into the whole."""
        self.pointer = moved(self.pointer)


def _remade(kind: type[DispatchError], args: tuple[Any, ...], fields: dict[str, Any]) -> DispatchError:
    error = kind.__new__(kind, *args)
    error.__dict__.update(fields)
    return error


@contextmanager
def placed(place: str) -> Iterator[None]:
    """Have all that is refused within the block point below a place of the whole, a JSON pointer."""
    try:
        yield
    except DispatchError as error:
        error.repoint(lambda pointer: place + pointer)
        raise


@dataclass(frozen=True, order=True)
class Fault:
    """One fault of a document.

    ``pointer`` is a JSON pointer (RFC 6901) to the place, ``code`` a key of the catalogue, ``value`` what was found
    (as JSON, shortened), ``rule`` what must hold, ``advice`` the way out, starting with "Maybe".
    """

    pointer: str
    code: str
    value: str
    rule: str
    advice: str

    def __str__(self) -> str:
        place = self.pointer or "the document"
        found = f" ({self.value})" if self.value else ""
        return f"{place}{found}: {self.rule} {self.advice} [{self.code}]"

    def as_dict(self) -> dict[str, str]:
        """Return the fields by name, for JSON."""
        return asdict(self)


class DocumentErrors(DispatchError):  # noqa: N818 - it carries all of them, and its name says so
    """A document has faults; each is listed with its code, place, value, rule and advice."""

    code = "document_faults"

    def __init__(self, faults: tuple[Fault, ...], name: str = "the document") -> None:
        super().__init__(_listed(name, faults))
        self.faults = faults
        self.name = name

    def repoint(self, moved: Callable[[str], str]) -> None:
        """Point elsewhere with every fault; see ``DispatchError``."""
        super().repoint(moved)
        self.faults = tuple(replace(each, pointer=moved(each.pointer)) for each in self.faults)
        self.message = _listed(self.name, self.faults)
        self.args = (self.message,)


def _listed(name: str, faults: tuple[Fault, ...]) -> str:
    return f"{name} has {lines_listed(faults, 'fault', SHOWN_FAULTS, str)}"


class SettingsError(DispatchError):
    """The program cannot be set up as the environment or the options say."""

    code = "settings"


class FileError(DispatchError):
    """A file cannot be read or written."""

    code = "file"


class FileMissingError(FileError):
    """There is no file of this name."""

    code = "file_missing"


class FileKindError(FileError):
    """The name belongs to a directory or to something else that holds no document."""

    code = "file_kind"


class FileConflictError(FileError):
    """One file or stream is named for two things: an input that the output would replace, or two documents at once."""

    code = "file_conflict"


class FileReadError(FileError):
    """The file exists but cannot be read, most often for want of permission."""

    code = "file_unreadable"


class FileTooLargeError(FileError):
    """The file is larger than a document may be."""

    code = "file_too_large"


class FileWriteError(FileError):
    """The result cannot be written where it was asked for; an earlier file of this name is untouched."""

    code = "file_unwritable"
