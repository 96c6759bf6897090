"""Kinds of work, with what each takes: time, skills, tools, parts. All numbers are illustrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

TRADES = {"refrigeration": 0.4, "lift": 0.35, "boiler": 0.25}
"""Trades of the company with their share of the calls and of the technicians; also the name of the main skill."""

PLANNED_SHARE = 0.25
"""Of the calls, those that are inspections and services by appointment."""


@dataclass(frozen=True, eq=False)
class Kind:
    """A kind of work.

    Parameters
    ----------
    name
        As in the calls.
    trade
        Its trade.
    weight
        How often it occurs among those of its trade, breakdowns and planned work apart.
    priority
        Of its calls, before the contract counts.
    median_min, spread
        Of the work on site, log-normal.
    skills
        Least level by skill.
    higher_level
        Probability that the main skill is needed one level higher.
    tools
        Needed always.
    parts
        Probability by part that one piece is used.
    is_planned
        An appointment instead of a breakdown.
    """

    name: str
    trade: str
    weight: float
    priority: int
    median_min: float
    skills: Mapping[str, int]
    spread: float = 0.35
    higher_level: float = 0.0
    tools: tuple[str, ...] = ()
    parts: Mapping[str, float] = field(default_factory=dict)
    is_planned: bool = False


KINDS = (
    Kind(
        "cold_room_down", "refrigeration", 0.3, 1, 80, {"refrigeration": 2}, 0.4, 0.15, ("gauge_set",),
        {"REF-CMP-3": 0.1, "REF-FAN-2": 0.3, "REF-REL-1": 0.25, "REF-GAS-5": 0.3},
    ),
    Kind(
        "temperature_alarm", "refrigeration", 0.35, 2, 50, {"refrigeration": 1},
        parts={"REF-SEN-1": 0.35, "REF-TST-3": 0.25},
    ),
    Kind(
        "refrigerant_leak", "refrigeration", 0.2, 2, 95, {"refrigeration": 2}, 0.3, 0.1, ("gauge_set", "recovery_unit"),
        {"REF-GAS-5": 0.8, "REF-DRY-1": 0.6},
    ),
    Kind("door_seal", "refrigeration", 0.15, 4, 35, {"refrigeration": 1}, parts={"REF-SEA-2": 0.9}),
    Kind(
        "lift_stopped", "lift", 0.4, 2, 60, {"lift": 2}, 0.45,
        parts={"LFT-REL-4": 0.25, "LFT-PCB-2": 0.12, "LFT-BRK-1": 0.12},
    ),
    Kind(
        "lift_door_fault", "lift", 0.35, 3, 45, {"lift": 1},
        parts={"LFT-ROL-1": 0.4, "LFT-SEN-2": 0.3, "LFT-BLT-1": 0.2},
    ),
    Kind("lift_levelling", "lift", 0.15, 3, 70, {"lift": 2, "electrical": 1}, parts={"LFT-ENC-1": 0.3}),
    Kind(
        "lift_drive_fault", "lift", 0.1, 2, 110, {"lift": 3, "electrical": 2}, tools=("hoist",),
        parts={"LFT-INV-1": 0.2, "LFT-ENC-1": 0.2},
    ),
    Kind(
        "no_heat", "boiler", 0.45, 2, 65, {"boiler": 2, "gas": 1}, 0.4,
        parts={"BLR-IGN-1": 0.3, "BLR-PMP-2": 0.2, "BLR-VLV-3": 0.2},
    ),
    Kind("low_pressure", "boiler", 0.25, 3, 40, {"boiler": 1}, parts={"BLR-EXP-1": 0.25, "BLR-PRV-1": 0.2}),
    Kind(
        "burner_fault", "boiler", 0.2, 2, 90, {"boiler": 2, "gas": 2}, 0.35, 0.2, ("flue_gas_analyser",),
        {"BLR-BRN-1": 0.2, "BLR-IGN-1": 0.4},
    ),
    Kind("boiler_control_fault", "boiler", 0.1, 3, 60, {"boiler": 1, "electrical": 2}, parts={"BLR-PCB-1": 0.3}),
    Kind(
        "refrigeration_service", "refrigeration", 1, 5, 60, {"refrigeration": 1}, 0.2,
        parts={"REF-DRY-1": 0.3}, is_planned=True,
    ),
    Kind("lift_inspection", "lift", 1, 4, 55, {"lift": 2}, 0.2, is_planned=True),
    Kind(
        "boiler_service", "boiler", 1, 5, 75, {"boiler": 2, "gas": 1}, 0.2,
        tools=("flue_gas_analyser",), parts={"BLR-SET-1": 0.9}, is_planned=True,
    ),
)  # fmt: skip

TOOLS_BY_TRADE = {
    "refrigeration": ("gauge_set", "recovery_unit"),
    "lift": ("hoist",),
    "boiler": ("flue_gas_analyser",),
}

LEVEL_BEYOND = 4
"""A level of skill that nobody has; the technicians' highest is 3."""

PART_BEYOND = "REF-VLV-9"
"""A part that no van carries."""


def kinds_of(trade: str, *, planned: bool) -> dict[Kind, float]:
    """Return the kinds of a trade with their weights."""
    return {kind: kind.weight for kind in KINDS if kind.trade == trade and kind.is_planned == planned}


def parts_of(trade: str) -> dict[str, float]:
    """Return the parts of a trade with the expected number of pieces a call."""
    expected: dict[str, float] = {}
    for kind in KINDS:
        share = kind.weight * (PLANNED_SHARE if kind.is_planned else 1 - PLANNED_SHARE)
        for part, probability in kind.parts.items() if kind.trade == trade else ():
            expected[part] = expected.get(part, 0.0) + share * probability
    return expected
