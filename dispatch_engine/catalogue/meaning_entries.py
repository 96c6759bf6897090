"""Faults of meaning in ids, references, places, travel and territories: values that are fine each for itself."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import ABSENT, Change, Entry

_SQUARE = [
    {"lat": 52.51, "lon": 13.3},
    {"lat": 52.51, "lon": 13.5},
    {"lat": 52.6, "lon": 13.5},
    {"lat": 52.6, "lon": 13.3},
]
_RING = [[13.3, 52.51], [13.5, 52.51], [13.5, 52.6], [13.3, 52.51]]
_ENDLESS = {"start": "2026-01-01T00:00:00+01:00", "end": "2026-06-30T02:00:01+02:00"}
_DAY = {"start": "2026-03-02T08:00:00+01:00", "end": "2026-03-02T17:00:00+01:00"}

MEANING_ENTRIES = (
    Entry(
        "duplicate_id",
        "An id twice",
        "Ids are unique among {things}; this one stands first at {first}.",
        "Maybe an entry was copied, or technicians and providers share an id.",
        Change("/calls/1/id", "C-1", "C-2"),
    ),
    Entry(
        "unknown_reference",
        "An id that stands for nothing",
        "The id names one of the document's {things}.",
        "{suggestion}",
        Change("/calls/0/contract", "glod", "gold"),
    ),
    Entry(
        "place_missing",
        "A shift without a place to start from",
        "A shift starts at its start_place, else at the home of its technician or provider.",
        "Maybe give the technician a home.",
        Change("/technicians/1/home", ABSENT, {"lat": 52.49, "lon": 13.37}),
    ),
    Entry(
        "place_incomplete",
        "A place without a position",
        "A place has lat and lon, or the id of a place that has them.",
        "Maybe one of the two coordinates is missing.",
        Change("/calls/1/place", {"lat": 52.5}, {"lat": 52.5, "lon": 13.39}),
    ),
    Entry(
        "place_conflict",
        "One place id at two positions",
        "An id has one position; elsewhere it is at {other}.",
        "Maybe two places were given the same id.",
        Change(
            "/places",
            [{"id": "depot", "lat": 52.5, "lon": 13.4}, {"id": "depot", "lat": 52.6, "lon": 13.4}],
            [{"id": "depot", "lat": 52.5, "lon": 13.4}],
        ),
    ),
    Entry(
        "open_end_place",
        "An open end with an end place",
        "A shift with an open end has no end_place.",
        "Maybe leave out one of the two.",
        Change(
            "/technicians/1/shifts/0",
            {"id": "mon", **_DAY, "open_end": True, "end_place": {"lat": 52.5, "lon": 13.4}},
            {"id": "mon", **_DAY, "open_end": True},
        ),
    ),
    Entry(
        "time_zone_unknown",
        "Not a time zone",
        "The time zone is a name of the IANA data base.",
        "Maybe Europe/Berlin or America/Santiago; an offset is not enough, it says nothing about summer time.",
        Change("/time_zone", "CET+1", "Europe/Berlin"),
    ),
    Entry(
        "horizon_too_long",
        "A planning period of more than half a year",
        "The planning period lasts at most {limit} days, overtime included.",
        "Maybe a year is misspelt.",
        Change("/horizon", _ENDLESS, _DAY),
    ),
    Entry(
        "time_far",
        "A time far from the planning period",
        "This time lies within {limit} days of the start of the planning period, {start}.",
        "Maybe a year is misspelt; a report from long ago can be left out and its deadlines given.",
        Change("/calls/1/released_at", "2025-03-02T09:00:00+01:00", "2026-03-02T09:00:00+01:00"),
    ),
    Entry(
        "polygon_corners",
        "A polygon without area",
        "A polygon has at least three different corners; a GeoJSON ring repeats the first one at its end.",
        "Maybe corners are missing, or the ring is not closed.",
        Change("/territories/0/polygon", _SQUARE[:2], _SQUARE),
    ),
    Entry(
        "polygon_crossing",
        "A polygon that crosses itself",
        "The outline of an area does not cross or touch itself ({problem}).",
        "Maybe two corners are in the wrong order.",
        Change("/territories/0/polygon", [_SQUARE[0], _SQUARE[2], _SQUARE[1], _SQUARE[3]], _SQUARE),
    ),
    Entry(
        "polygon_twice",
        "Two outlines of one area",
        "An area has a polygon or a geojson, not both.",
        "Maybe leave out one of the two.",
        Change("/territories/0/geojson", {"type": "Polygon", "coordinates": [_RING]}, ABSENT),
    ),
    Entry(
        "geojson_range",
        "A GeoJSON position that is not on the globe",
        "A position is [longitude, latitude] in degrees.",
        "Maybe the two are swapped: GeoJSON puts the longitude first.",
        Change(
            "/territories/0",
            {
                "id": "north",
                "geojson": {
                    "type": "Polygon",
                    "coordinates": [[[13.3, 52.5], [13.5, 95.2], [13.5, 52.6], [13.3, 52.5]]],
                },
            },
            {"id": "north", "geojson": {"type": "Polygon", "coordinates": [_RING]}},
        ),
    ),
    Entry(
        "polygon_missing",
        "A closed area without an outline",
        "A closed area has a polygon or a geojson.",
        "Maybe the outline stands under another name.",
        Change(
            "/travel",
            {"source": "road", "network": "coquimbo", "closed_areas": [{"name": "Centre"}]},
            {"source": "road", "network": "coquimbo", "closed_areas": [{"name": "Centre", "polygon": _SQUARE}]},
        ),
    ),
    Entry(
        "closed_area_source",
        "A closed area without a road network",
        "Areas can be closed where travel times come from a road network; the travel source is {source}.",
        "Maybe use the travel source road, or state slower travel instead.",
        Change(
            "/travel",
            {"source": "geodesic", "closed_areas": [{"polygon": _SQUARE}]},
            {"source": "road", "network": "coquimbo", "closed_areas": [{"polygon": _SQUARE}]},
        ),
    ),
    Entry(
        "matrix_missing",
        "No travel matrix for a profile",
        "With travel source matrix every profile in use has exactly one matrix; {profile} has {count}.",
        "Maybe add it, or choose another travel source.",
        Change("/travel", {"source": "matrix"}, {"source": "geodesic"}),
    ),
    Entry(
        "matrix_shape",
        "A travel matrix that is not square",
        "duration_s and distance_m have a row and a column for each of the {places} places.",
        "Maybe a place was added and the matrix was not computed again.",
        Change(
            "/travel/matrices",
            [{"places": ["A", "B"], "duration_s": [[0, 60]], "distance_m": [[0, 500], [500, 0]]}],
            [{"places": ["A", "B"], "duration_s": [[0, 60], [60, 0]], "distance_m": [[0, 500], [500, 0]]}],
        ),
    ),
    Entry(
        "not_in_matrix",
        "A place that the travel matrix does not have",
        "With travel source matrix a place has an id that stands in the places of the matrix of profile {profile}.",
        "Maybe give the place its id, or add it to the matrix.",
        Change(
            "",
            {
                "version": 1,
                "id": "two-places",
                "currency": "EUR",
                "time_zone": "UTC",
                "technicians": [
                    {"id": "T-1", "home": "A", "shifts": [{"id": "mon", **_DAY}]},
                ],
                "calls": [{"id": "C-1", "place": "C", "duration": 600}],
                "places": [{"id": "C", "lat": 52.5, "lon": 13.4}],
                "travel": {
                    "source": "matrix",
                    "matrices": [
                        {"places": ["A", "B"], "duration_s": [[0, 60], [60, 0]], "distance_m": [[0, 500], [500, 0]]}
                    ],
                },
            },
            {
                "version": 1,
                "id": "two-places",
                "currency": "EUR",
                "time_zone": "UTC",
                "technicians": [
                    {"id": "T-1", "home": "A", "shifts": [{"id": "mon", **_DAY}]},
                ],
                "calls": [{"id": "C-1", "place": "B", "duration": 600}],
                "travel": {
                    "source": "matrix",
                    "matrices": [
                        {"places": ["A", "B"], "duration_s": [[0, 60], [60, 0]], "distance_m": [[0, 500], [500, 0]]}
                    ],
                },
            },
        ),
    ),
)
