"""Cycles in relations between named things."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from dispatch_engine.catalogue.faults import Path

Edges: TypeAlias = Mapping[str, Sequence[tuple["Path", str]]]
"""By name: where the relation is stated, and to whom it leads."""

SHOWN = 6
"""A longer cycle is cut in the middle."""


def cycles_of(edges: Edges) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Yield, for each relation that closes a cycle, where it is stated, and the names around the cycle."""
    done: set[str] = set()
    for start in edges:
        if start not in done:
            yield from _from(start, edges, done)


def _from(start: str, edges: Edges, done: set[str]) -> Iterator[tuple[Path, tuple[str, ...]]]:
    """Walk in depth from one name; a relation to a name that is still being walked closes a cycle."""
    depth = {start: 0}
    chain = [start]
    walks = [iter(edges[start])]
    done.add(start)
    while walks:
        following = next(walks[-1], None)
        if following is None:
            walks.pop()
            del depth[chain.pop()]
        elif following[1] in depth:
            yield following[0], _shown(chain, depth[following[1]])
        elif following[1] not in done:
            name = following[1]
            done.add(name)
            depth[name] = len(chain)
            chain.append(name)
            walks.append(iter(edges.get(name, ())))


def _shown(chain: Sequence[str], first: int) -> tuple[str, ...]:
    """Return the names of the cycle that begins at a position of the chain, the first one again at its end."""
    if len(chain) - first <= SHOWN:
        return (*chain[first:], chain[first])
    return (*chain[first : first + SHOWN // 2], "…", chain[-1], chain[first])
