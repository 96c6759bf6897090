"""Solvers by name. A peer's library is loaded only when the peer is asked for."""

from __future__ import annotations

from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, NamedTuple

from bench.engine import Engine
from bench.record import OURS

if TYPE_CHECKING:
    from collections.abc import Iterable

    from bench.peer import Peer


class _Where(NamedTuple):
    library: str
    module: str


WHERE = {
    "ortools-gls": _Where("ortools", "bench.ortools_routing.peers"),
    "ortools-plain": _Where("ortools", "bench.ortools_routing.peers"),
    "ortools-ils": _Where("ortools", "bench.ortools_routing.peers"),
    "pyvrp": _Where("pyvrp", "bench.pyvrp_peer"),
    "vroom-x0": _Where("vroom", "bench.vroom_peer"),
    "vroom-x3": _Where("vroom", "bench.vroom_peer"),
    "vroom-x5": _Where("vroom", "bench.vroom_peer"),
}
"""Name of each peer, the library that it needs and the module that asks it."""


GROUPS = {"ortools": ("ortools-gls", "ortools-ils"), "vroom": ("vroom-x0", "vroom-x3", "vroom-x5")}
"""Names that stand for several peers."""


def peer_names(text: str) -> tuple[str, ...]:
    """Return the peers that a list with commas names, groups by their members; none where it is empty."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    return tuple(dict.fromkeys(member for name in names for member in GROUPS.get(name, (name,))))


class PeerMissingError(Exception):
    """A peer is not known or its library is not installed."""


def solver_named(name: str) -> Peer:
    """Return the engine or a peer.

    Raises
    ------
    PeerMissingError
        There is no such peer, or its library is not installed.
    """
    if name == OURS:
        return Engine()
    if name not in WHERE:
        raise PeerMissingError(f"peer {name!r} is not known. Maybe one of {', '.join((*WHERE, *GROUPS))}.")
    if find_spec(WHERE[name].library) is None:
        advice = "Maybe install the extra: pip install '.[bench]'"
        raise PeerMissingError(f"peer {name!r} needs the library {WHERE[name].library!r}. {advice}.")
    peers: tuple[Peer, ...] = import_module(WHERE[name].module).PEERS
    return next(peer for peer in peers if peer.name == name)


def require_peers(names: Iterable[str]) -> None:
    """Refuse peers that cannot be asked, before anything is measured.

    Raises
    ------
    PeerMissingError
    """
    for name in names:
        solver_named(name)
