"""Faults of shape: a single value that cannot be what its field needs."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import ABSENT, Change, Entry

SHAPE_ENTRIES = (
    Entry(
        "missing_field",
        "A field is missing",
        "This field has no default and must be given.",
        "Maybe it was left out, or its name is misspelt.",
        Change("/calls/1/duration", ABSENT, "PT30M"),
    ),
    Entry(
        "unknown_key",
        "A key that means nothing here",
        "Only the keys of the schema are allowed here; an unknown one would be ignored without a word.",
        "{suggestion}",
        Change("/calls/1/skils", {"lift": 1}, ABSENT),
    ),
    Entry(
        "wrong_type",
        "A value of the wrong type",
        "{wanted}.",
        "Maybe quotes are missing or too many, or brackets.",
        Change("/calls/0/skills/lift", "1", 1),
    ),
    Entry(
        "unknown_choice",
        "None of the allowed words",
        "The value is one of: {allowed}.",
        "{suggestion}",
        Change("/policy", {"paid_from": "shift"}, {"paid_from": "shift_start"}),
    ),
    Entry(
        "out_of_range",
        "A number, time or duration outside of its range",
        "{limit}.",
        "Maybe the unit is another one, or two values are swapped, such as latitude and longitude.",
        Change("/calls/1/place/lat", 200, 52.5),
    ),
    Entry(
        "quantity_negative",
        "Less than no pieces",
        "A number of pieces is not negative.",
        "Maybe more was booked out than was there; correct the stock, or state 0.",
        Change("/technicians/0/stock/KIT-7", -1, 0),
    ),
    Entry(
        "quantity_fractional",
        "A fraction of a piece",
        "Pieces are whole numbers.",
        "Maybe it is measured in metres or litres: count rolls, bottles or another unit that is used up whole.",
        Change("/calls/0/parts/KIT-7", 1.5, 2),
    ),
    Entry(
        "probability_range",
        "A probability below 0 or above 1",
        "A probability lies from 0 (never) to 1 (always).",
        "Maybe it is given in percent.",
        Change(
            "/calls/1/parts_cases",
            [{"probability": 40, "parts": {"KIT-7": 1}}],
            [{"probability": 0.4, "parts": {"KIT-7": 1}}],
        ),
    ),
    Entry(
        "spread_negative",
        "A distribution with negative values",
        "What drives and work may take is not negative.",
        "Maybe these are deviations; state the whole: 0.8 in place of -0.2, or PT40M in place of -300.",
        Change(
            "/policy", {"spread": {"work": {"p10": -0.2, "p90": 0.3}}}, {"spread": {"work": {"p10": 0.8, "p90": 1.3}}}
        ),
    ),
    Entry(
        "quantile_name",
        "Not the name of a quantile",
        "A quantile is named p1 to p99, by the percentage that stays below it.",
        "Maybe p50 in place of 0.5 or median.",
        Change("/calls/1/duration_quantiles", {"0.5": "PT30M", "p90": "PT1H"}, {"p50": "PT30M", "p90": "PT1H"}),
    ),
    Entry(
        "not_finite",
        "NaN or infinite",
        "Numbers are finite.",
        "Maybe the program that writes the document divides by zero; leave out what is not known.",
        Change("/calls/1/place/lat", float("nan"), 52.5),
    ),
    Entry(
        "too_precise",
        "Too many decimal places",
        "{limit}.",
        "Maybe round it.",
        Change("/policy", {"prices": {"per_km": 0.3456}}, {"prices": {"per_km": 0.346}}),
    ),
    Entry(
        "empty_value",
        "Nothing where something is needed",
        "The value is not empty.",
        "Maybe leave the whole key out, or fill it in.",
        Change("/calls/1/id", "", "C-2"),
    ),
    Entry(
        "too_long",
        "Too long",
        "{limit}.",
        "Maybe another field was copied into this one; shorten it.",
        Change("/technicians/0/name", "x" * 3_000, "Van 1"),
    ),
    Entry(
        "id_syntax",
        "An id with blanks around it or control characters in it",
        "An id has no blanks at its ends and no control characters.",
        "Maybe a blank or a line end was copied with it.",
        Change("/calls/1/id", "C-2 ", "C-2"),
    ),
    Entry(
        "currency_syntax",
        "Not a currency code",
        "A currency is three capital letters (ISO 4217).",
        "Maybe EUR or CLP, not its name or sign.",
        Change("/currency", "Euro", "EUR"),
    ),
    Entry(
        "time_syntax",
        "Not a time",
        "A time is written as in ISO 8601, such as 2026-03-02T08:00:00+01:00.",
        "Maybe day and month are swapped, or it is a number of seconds.",
        Change("/calls/1/released_at", "02.03.2026 09:00", "2026-03-02T09:00:00+01:00"),
    ),
    Entry(
        "naive_time",
        "A time without offset",
        "A time carries its offset from UTC, so that it means one moment, also when the clocks change.",
        'Maybe append the offset, such as "+01:00", or "Z" for UTC.',
        Change("/calls/1/released_at", "2026-03-02T09:00:00", "2026-03-02T09:00:00+01:00"),
    ),
    Entry(
        "not_whole_seconds",
        "A fraction of a second",
        "Times and durations are whole seconds.",
        "Maybe round it.",
        Change("/calls/1/duration", 1800.5, 1800),
    ),
    Entry(
        "duration_syntax",
        "Not a duration",
        "A duration is a number of seconds or ISO 8601 in weeks, days, hours, minutes, seconds, such as PT45M.",
        'Maybe the T is missing: "PT1M" is a minute; years and months have no fixed length.',
        Change("/calls/1/duration", "30 min", "PT30M"),
    ),
)
