"""Kinds of made instances, by the family that they are like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.training.deliveries import sites_instance, trips_instance, windows_instance
from bench.training.technicians import technicians_instance

if TYPE_CHECKING:
    from collections.abc import Callable

    from bench.families.family import Instance

KINDS: dict[str, Callable[[int], Instance]] = {
    "trsp": technicians_instance,
    "sdvrptw": sites_instance,
    "mtvrptwr": trips_instance,
    "vrptw": windows_instance,
}
"""What makes an instance of a seed, by family."""
