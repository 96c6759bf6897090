"""Values that many tasks need: a task carries where its value is, and each worker gets it once."""

from __future__ import annotations

import pickle
from dataclasses import dataclass
from pathlib import Path
from typing import Generic, Protocol, TypeVar
from uuid import uuid4

T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class Shared(Protocol[T_co]):
    """Where a value is; can be pickled."""

    @property
    def key(self) -> str:
        """What tells this value from all others, for whoever keeps what was made of it."""
        ...

    def get(self) -> T_co:
        """Return the value, wherever this is."""
        ...


@dataclass(frozen=True)
class Here(Generic[T]):
    """A value in this process."""

    key: str
    value: T

    def get(self) -> T:
        """Return the value."""
        return self.value


@dataclass(frozen=True)
class InFile(Generic[T]):
    """A value in a file of this machine."""

    key: str
    path: Path

    @classmethod
    def of(cls, value: T, folder: Path) -> InFile[T]:
        """Write a value to a file of its own."""
        key = new_key()
        (folder / key).write_bytes(pickle.dumps(value, pickle.HIGHEST_PROTOCOL))
        return cls(key, folder / key)

    def get(self) -> T:
        """Read the value; the file is one that this program has written."""
        value: T = pickle.loads(self.path.read_bytes())
        return value


@dataclass(frozen=True)
class OnCluster(Generic[T]):
    """A value that workers of a cluster hold, published under its key."""

    key: str

    def get(self) -> T:
        """Return the value, from this worker or the nearest that has it."""
        from distributed import get_client

        value: T = get_client().get_dataset(self.key).result()
        return value


def new_key() -> str:
    """Return a key that nothing else has."""
    return uuid4().hex
