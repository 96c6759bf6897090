"""Warnings: the document is used as it is, but a person should know."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import ABSENT, Change, Entry

WARNING_ENTRIES = (
    Entry(
        "no_calls",
        "No calls",
        "There is nothing to plan: the document has no calls.",
        "Maybe the wrong day was exported.",
        Change("/calls", [], [{"id": "C-1", "place": {"lat": 52.5, "lon": 13.4}, "duration": 600}]),
    ),
    Entry(
        "no_shifts",
        "No shifts",
        "Nobody can be sent: no technician or provider has a shift, so every call stays unplanned.",
        "Maybe the roster is missing.",
        Change(
            "/technicians",
            [],
            [
                {
                    "id": "T-1",
                    "home": {"lat": 52.5, "lon": 13.4},
                    "home_territories": [],
                    "shifts": [{"id": "mon", "start": "2026-03-02T08:00:00+01:00", "end": "2026-03-02T16:00:00+01:00"}],
                }
            ],
        ),
    ),
    Entry(
        "stale_promise",
        "A promise that names who or what is gone",
        "The earlier plan promised a {thing} that the document does not have; this promise is not counted.",
        "Maybe the call was cancelled, or the technician is away.",
        Change(
            "/previous_plan",
            {"visits": [{"call": "C-9", "technician": "T-1", "start": "2026-03-02T09:00:00+01:00"}]},
            ABSENT,
        ),
    ),
    Entry(
        "travel_unused",
        "Travel settings that are not used",
        "With travel source {source} the field {field} is not used.",
        "Maybe the source was meant to be another.",
        Change("/travel", {"source": "geodesic", "network": "coquimbo"}, {"source": "geodesic"}),
    ),
)
