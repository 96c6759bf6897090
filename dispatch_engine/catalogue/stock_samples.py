"""What the samples about parts and stock are made of."""

from __future__ import annotations

from typing import Any


def at(hour: int) -> str:
    """Return a time of the sample day."""
    return f"2026-03-02T{hour:02}:00:00+01:00"


def depot(**more: Any) -> dict[str, Any]:
    """Return a stock location; a field that is None is left out."""
    opening = [{"start": at(7), "end": at(17)}]
    stated = {"id": "depot", "place": {"lat": 52.51, "lon": 13.41}, "opening": opening, **more}
    return {key: value for key, value in stated.items() if value is not None}


def one_van(parts: list[dict[str, Any]], van: dict[str, Any], **more: Any) -> dict[str, Any]:
    """Return a document with one technician, one call and a list of parts."""
    shift = {"id": "mon", "start": at(8), "end": at(16)}
    return {
        "version": 1,
        "id": "one-van",
        "currency": "EUR",
        "time_zone": "Europe/Berlin",
        "technicians": [{"id": "T-1", "home": {"lat": 52.52, "lon": 13.4}, "shifts": [shift], **van}],
        "calls": [{"id": "C-1", "place": {"lat": 52.53, "lon": 13.42}, "duration": "PT45M"}],
        "parts": parts,
        **more,
    }
