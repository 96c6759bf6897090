"""Families by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.families.mtvrptwr import MultiTrip
from bench.families.sdvrptw import SiteDependent
from bench.families.trsp import Trsp
from bench.families.vrptw import Homberger, Solomon

if TYPE_CHECKING:
    from bench.families.family import Family

_ALL: tuple[Family, ...] = (Trsp(), MultiTrip(), SiteDependent(), Solomon(), Homberger())

FAMILIES = {family.name: family for family in _ALL}
"""All families, by the name on the command line."""
