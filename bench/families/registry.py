"""Families by name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bench.families.field import Field
from bench.families.mtvrptwr import MultiTrip
from bench.families.sdvrptw import SiteDependent
from bench.families.trsp import Trsp
from bench.families.trsp_dynamic import TrspDynamic
from bench.families.vrptw import Homberger, Solomon

if TYPE_CHECKING:
    from bench.families.family import Family, MadeFamily, ReplayedFamily

_PUBLISHED: tuple[Family, ...] = (Trsp(), MultiTrip(), SiteDependent(), Solomon(), Homberger())
_REPLAYED: tuple[ReplayedFamily, ...] = (TrspDynamic(),)
_MADE: tuple[MadeFamily, ...] = (Field(),)

PUBLISHED = {family.name: family for family in _PUBLISHED}
"""Families of published instances."""

REPLAYED = {family.name: family for family in _REPLAYED}
"""Families whose requests come in during the day."""

FAMILIES: dict[str, Family | MadeFamily | ReplayedFamily] = {
    **PUBLISHED,
    **REPLAYED,
    **{family.name: family for family in _MADE},
}
"""All families, by the name on the command line."""
