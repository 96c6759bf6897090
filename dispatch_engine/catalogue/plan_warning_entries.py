"""Warnings of a plan: what a person should know about how it came to be. They depend on more than one document."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Entry

PLAN_WARNING_ENTRIES = (
    Entry(
        "far_from_road",
        "Far from the nearest road",
        "The place is further from the nearest road than usual; the way from the road is not in the travel times.",
        "Maybe its coordinates are wrong.",
    ),
    Entry(
        "outside_network",
        "Outside of the road network",
        "The place is so far from the nearest road that it counts as unreachable; calls there stay unplanned.",
        "Maybe lat and lon are swapped, or the network is that of another region.",
    ),
    Entry(
        "no_route",
        "No way to or from a place",
        "No way leads from the place to any other, or from any other to it; calls there stay unplanned.",
        "Maybe its coordinates are wrong.",
    ),
    Entry(
        "closed_area",
        "In an area that is closed to traffic",
        "The place lies in one of the closed areas of the travel settings; calls there stay unplanned.",
        "Maybe draw the area closer, or let it be open.",
    ),
    Entry(
        "sourcings_cut",
        "More ways to get parts than are weighed",
        "Substitutes, kits, couriers and cases make more ways for a call to get its parts than are weighed; those that "
        "cost the most are left out.",
        "Maybe list fewer substitutes, or fewer cases.",
    ),
    Entry(
        "warm_start_stale",
        "An earlier plan that names what is gone",
        "The earlier plan to begin with names calls or shifts that the problem does not have; they are left out.",
        "Maybe it is the plan of another day.",
    ),
)
