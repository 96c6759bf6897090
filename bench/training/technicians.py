"""Made instances of the kind of ``trsp``: technicians with skills, tools and parts, and requests that need them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from bench.families.trsp import Technicians
from bench.families.trsp_file import Node, TrspFile
from bench.training.places import places, windows

if TYPE_CHECKING:
    from numpy.random import Generator
    from numpy.typing import NDArray

CREW, REQUESTS, KINDS = 25, 100, 5
"""Technicians, requests, and how many skills, tools and parts there are."""
NOTHING: frozenset[int] = frozenset()


def technicians_instance(seed: int) -> Technicians:
    """Return 100 requests for 25 technicians, who may fetch tools and parts at the depot."""
    rng = np.random.default_rng(seed)
    end, scattered, work = 240, (0.0, 1.0, 0.5)[seed % 3], 10
    where = places(rng, REQUESTS, 80.0, scattered)
    homes = rng.uniform(0, 80, (CREW, 2)).round(3)
    away = np.hypot(*(where[1:, None] - homes[None]).T).max(axis=0) + 1
    service = np.full(REQUESTS, work)
    opening = windows(rng, np.minimum(away, 80), service, end, rng.choice([12, 30, 60]), rng.choice([1.0, 0.75, 0.5]))
    depot = Node(*_at(where[0]), 0, end, 0, NOTHING, NOTHING, (0,) * KINDS)
    crew = [_technician(rng, place, end, number) for number, place in enumerate(homes)]
    requests = [
        Node(
            *_at(place),
            first,
            last,
            work,
            frozenset({int(rng.integers(KINDS))}),
            _some(rng, 0.1),
            _pieces(rng, 0.15, 2),
        )
        for place, (first, last) in zip(where[1:], opening.tolist(), strict=True)
    ]
    return Technicians(TrspFile(Path(f"trsp-{seed}.txt"), CREW, KINDS, KINDS, (depot, *crew, *requests)), None)


def _technician(rng: Generator, place: NDArray[np.float64], end: int, number: int) -> Node:
    """Return a technician with two skills or more; every skill is somebody's."""
    skills = _some(rng, 0.5) | {number % KINDS, int(rng.integers(KINDS))}
    return Node(*_at(place), 0, end, 0, skills, _some(rng, 0.4), _pieces(rng, 0.6, 6))


def _at(place: NDArray[np.float64]) -> tuple[float, float]:
    return float(place[0]), float(place[1])


def _some(rng: Generator, chance: float) -> frozenset[int]:
    return frozenset(np.flatnonzero(rng.random(KINDS) < chance).tolist())


def _pieces(rng: Generator, chance: float, most: int) -> tuple[int, ...]:
    return tuple((rng.integers(1, most, KINDS) * (rng.random(KINDS) < chance)).tolist())
