"""Faults of meaning in what is said of how drives and work vary."""

from __future__ import annotations

from dispatch_engine.catalogue.entry import Change, Entry

_WORK = {"p10": 0.7, "p90": 1.5}

SPREAD_ENTRIES = (
    Entry(
        "quantiles_wrong",
        "Quantiles that fall, or one alone",
        "There are two quantiles at least, and none is less than a lower one; here they are {named}.",
        "Maybe two values are swapped.",
        Change(
            "/policy",
            {"spread": {"travel": {"p10": 1.3, "p90": 0.8}}},
            {"spread": {"travel": {"p10": 0.8, "p90": 1.3}}},
        ),
    ),
    Entry(
        "history_empty",
        "A history in which nothing took any time",
        "How long past visits of kind {kind} took is known of one at least.",
        "Maybe leave the kind out.",
        Change(
            "/policy",
            {"spread": {"work_history": {"repair": []}}},
            {"spread": {"work_history": {"repair": ["PT50M", "PT80M"]}}},
        ),
    ),
    Entry(
        "spread_missing",
        "A wanted probability where nothing varies",
        "To be on time with a probability, drives or work have to be said to vary.",
        "Maybe state policy.spread, or duration_quantiles of calls.",
        Change("/policy", {"on_time_probability": 0.9}, {"on_time_probability": 0.9, "spread": {"work": _WORK}}),
    ),
)
