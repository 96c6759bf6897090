"""Families by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.families.field import Field
from bench.families.mtvrptwr import MultiTrip
from bench.families.sdvrptw import SiteDependent
from bench.families.trsp import Trsp
from bench.families.vrptw import Homberger, Solomon

if TYPE_CHECKING:
    from bench.families.family import Family, MadeFamily

_PUBLISHED: tuple[Family, ...] = (Trsp(), MultiTrip(), SiteDependent(), Solomon(), Homberger())
_MADE: tuple[MadeFamily, ...] = (Field(),)

PUBLISHED = {family.name: family for family in _PUBLISHED}
"""Families of published instances."""

FAMILIES: dict[str, Family | MadeFamily] = {**PUBLISHED, **{family.name: family for family in _MADE}}
"""All families, by the name on the command line."""
