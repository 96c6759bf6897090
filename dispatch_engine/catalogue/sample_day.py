"""A small valid problem document, from which the catalogue's broken samples are made."""

from __future__ import annotations

from typing import Any

SAMPLE_DAY: dict[str, Any] = {
    "version": 1,
    "id": "sample-day",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "horizon": {"start": "2026-03-02T07:00:00+01:00", "end": "2026-03-02T18:00:00+01:00"},
    "technicians": [
        {
            "id": "T-1",
            "home": {"lat": 52.52, "lon": 13.40},
            "home_territories": ["north"],
            "skills": {"lift": 2},
            "stock": {"KIT-7": 2},
            "shifts": [
                {
                    "id": "mon",
                    "start": "2026-03-02T08:00:00+01:00",
                    "end": "2026-03-02T16:00:00+01:00",
                    "overtime_cap": "PT1H",
                    "breaks": [
                        {
                            "earliest": "2026-03-02T11:00:00+01:00",
                            "latest": "2026-03-02T13:00:00+01:00",
                            "duration": "PT30M",
                        }
                    ],
                }
            ],
        },
        {
            "id": "T-2",
            "home": {"lat": 52.49, "lon": 13.37},
            "shifts": [{"id": "mon", "start": "2026-03-02T08:00:00+01:00", "end": "2026-03-02T16:00:00+01:00"}],
        },
    ],
    "calls": [
        {
            "id": "C-1",
            "place": {"lat": 52.53, "lon": 13.42},
            "duration": "PT45M",
            "contract": "gold",
            "reported_at": "2026-03-02T07:10:00+01:00",
            "windows": [{"start": "2026-03-02T09:00:00+01:00", "end": "2026-03-02T12:00:00+01:00"}],
            "skills": {"lift": 1},
            "parts": {"KIT-7": 1},
        },
        {"id": "C-2", "place": {"lat": 52.50, "lon": 13.39}, "duration": "PT30M"},
    ],
    "contracts": [
        {
            "id": "gold",
            "response_within": "PT4H",
            "response_steps": [{"per_hour": 80}, {"after": "PT1H", "per_hour": 40}],
        }
    ],
    "territories": [
        {
            "id": "north",
            "polygon": [
                {"lat": 52.51, "lon": 13.30},
                {"lat": 52.51, "lon": 13.50},
                {"lat": 52.60, "lon": 13.50},
                {"lat": 52.60, "lon": 13.30},
            ],
        }
    ],
}
