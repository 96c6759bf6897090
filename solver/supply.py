"""Where parts come from: other ways to source a visit, places that keep stock, and meetings of two vans.

The meaning of every field is stated in ``docs/model.md``. Units as in ``solver.problem``; NONE (-1): there is none.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from solver.problem import Csr

if TYPE_CHECKING:
    from solver.problem import Bools, Ints

MEASURES = 3
"""How many measures of size a part has: volume, weight and slots."""


@dataclass(frozen=True)
class Sourcings:
    """Other ways in which visits get their parts than out of the van as stated; one row a way, in order of visit.

    ``visit`` (n_sourcings,) ascends; ``parts`` (n_sourcings, n_parts) pieces used from the van in place of
    ``Visits.parts``; ``courier_ticks``, ``substitute_ticks`` and ``revisit_ticks`` (n_sourcings,) what the way costs,
    ``revisit_ticks`` in place of ``Visits.revisit_ticks``; ``release_s`` (n_sourcings,) when the last parcel is on the
    site, 0 = no parcel. Parcels, in order of sourcing: ``parcel_sourcing``, ``parcel_location``, ``parcel_pickup_s``
    (n_parcels,) and ``parcel_parts`` (n_parcels, n_parts).
    """

    visit: Ints
    parts: Ints
    courier_ticks: Ints
    substitute_ticks: Ints
    revisit_ticks: Ints
    release_s: Ints
    parcel_sourcing: Ints
    parcel_location: Ints
    parcel_pickup_s: Ints
    parcel_parts: Ints

    @classmethod
    def none(cls, n_parts: int) -> Sourcings:
        """Return the table without a row."""
        empty, pieces = np.zeros(0, np.int64), np.zeros((0, n_parts), np.int64)
        return cls(empty, pieces, empty, empty, empty, empty, empty, empty, empty, pieces)

    def __len__(self) -> int:
        """Return the number of sourcings."""
        return len(self.visit)


@dataclass(frozen=True)
class Stock:
    """Places that keep parts and lend tools, what they hold and when more arrives, and the room in the vans.

    One row a location: ``place``, ``handling_s`` (fixed), ``line_s`` (for each part or tool taken on), shapes
    (n_locations,); ``opening_earliest_s``, ``opening_latest_s``: opening hours in order and disjoint, none = always;
    ``tools`` (n_locations, n_tools) pieces that are lent; ``may_restock`` (n_technicians, n_locations).
    Supplies (n_supplies,): ``supply_pieces`` of ``supply_part`` are at ``supply_location`` from ``supply_from_s`` on.
    Sizes: ``part_size`` (n_parts, MEASURES) of a piece; ``van_room`` (n_technicians, MEASURES) of a van, NONE: no
    limit; ``van_held`` (n_technicians, MEASURES) what all that it holds at the beginning takes up.
    """

    place: Ints
    handling_s: Ints
    line_s: Ints
    opening_earliest_s: Csr
    opening_latest_s: Csr
    tools: Ints
    may_restock: Bools
    supply_location: Ints
    supply_part: Ints
    supply_from_s: Ints
    supply_pieces: Ints
    part_size: Ints
    van_room: Ints
    van_held: Ints

    @classmethod
    def none(cls, n_technicians: int, n_parts: int, n_tools: int) -> Stock:
        """Return no location, and vans without a limit of room."""
        empty = np.zeros(0, np.int64)
        return cls(
            place=empty,
            handling_s=empty,
            line_s=empty,
            opening_earliest_s=Csr.of([]),
            opening_latest_s=Csr.of([]),
            tools=np.zeros((0, n_tools), np.int64),
            may_restock=np.zeros((n_technicians, 0), np.bool_),
            supply_location=empty,
            supply_part=empty,
            supply_from_s=empty,
            supply_pieces=empty,
            part_size=np.zeros((n_parts, MEASURES), np.int64),
            van_room=np.full((n_technicians, MEASURES), -1, np.int64),
            van_held=np.zeros((n_technicians, MEASURES), np.int64),
        )

    def __len__(self) -> int:
        """Return the number of locations."""
        return len(self.place)


@dataclass(frozen=True)
class Meetings:
    """Where and when two vans can meet to hand parts over; one row a meeting, shapes (n_meetings,) unless said.

    ``place``, ``at_s`` when it begins, ``handling_s`` how long it takes; ``may_meet`` (n_technicians, n_meetings).
    """

    place: Ints
    at_s: Ints
    handling_s: Ints
    may_meet: Bools

    @classmethod
    def none(cls, n_technicians: int) -> Meetings:
        """Return no meeting."""
        empty = np.zeros(0, np.int64)
        return cls(empty, empty, empty, np.zeros((n_technicians, 0), np.bool_))

    def __len__(self) -> int:
        """Return the number of meetings."""
        return len(self.place)
