"""Moments as text, where there may be none."""

from __future__ import annotations

from datetime import datetime


def moment_text(moment: datetime | None) -> str | None:
    """Return a moment as ISO 8601."""
    return None if moment is None else moment.isoformat()


def moment_of(text: str | None) -> datetime | None:
    """Return the moment of a text in ISO 8601."""
    return None if text is None else datetime.fromisoformat(text)
