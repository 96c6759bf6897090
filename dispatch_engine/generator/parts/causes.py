"""Causes of faults: what a kind of work uses, with probabilities. All numbers are illustrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Cause:
    """One of the disjoint causes of a fault: its probability and the pieces by role that mend it."""

    probability: float
    pieces: Mapping[str, int]


CAUSES = {
    "cold_room_down": (
        Cause(0.27, {"REF-FAN": 1}),
        Cause(0.24, {"REF-REL": 1, "REF-CAP": 1}),
        Cause(0.22, {"REF-GAS": 2, "REF-DRY": 1}),
        Cause(0.12, {"REF-CMP": 1, "REF-DRY": 1, "REF-GAS": 2}),
    ),
    "temperature_alarm": (
        Cause(0.33, {"REF-SEN": 1}),
        Cause(0.24, {"REF-TST": 1}),
        Cause(0.18, {"REF-HEA": 1}),
    ),
    "refrigerant_leak": (
        Cause(0.5, {"REF-GAS": 2, "REF-DRY": 1}),
        Cause(0.25, {"REF-VLV": 1, "REF-GAS": 2, "REF-DRY": 1}),
        Cause(0.15, {"REF-SOL": 1, "REF-GAS": 1, "REF-DRY": 1}),
    ),
    "door_seal": (Cause(0.85, {"REF-SEA": 1}), Cause(0.1, {"REF-SEA": 1, "REF-HEA": 1})),
    "lift_stopped": (
        Cause(0.28, {"LFT-REL": 1}),
        Cause(0.2, {"LFT-PCB": 1}),
        Cause(0.16, {"LFT-BRK": 1}),
        Cause(0.12, {"ELE-FUS": 2}),
    ),
    "lift_door_fault": (
        Cause(0.33, {"LFT-ROL": 4}),
        Cause(0.25, {"LFT-SEN": 1}),
        Cause(0.22, {"LFT-BLT": 1, "LFT-ROL": 2}),
        Cause(0.08, {"LFT-BTN": 1}),
    ),
    "lift_levelling": (Cause(0.4, {"LFT-ENC": 1}), Cause(0.25, {"LFT-BRK": 1})),
    "lift_drive_fault": (
        Cause(0.4, {"LFT-INV": 1}),
        Cause(0.25, {"LFT-ENC": 1}),
        Cause(0.15, {"LFT-REL": 1, "ELE-FUS": 2}),
    ),
    "no_heat": (
        Cause(0.3, {"BLR-IGN": 1, "BLR-GSK": 1}),
        Cause(0.22, {"BLR-PMP": 1, "BLR-GSK": 1}),
        Cause(0.18, {"BLR-VLV": 1}),
        Cause(0.12, {"BLR-FAN": 1}),
    ),
    "low_pressure": (Cause(0.4, {"BLR-EXP": 1}), Cause(0.3, {"BLR-PRV": 1})),
    "burner_fault": (
        Cause(0.35, {"BLR-IGN": 1, "BLR-GSK": 1}),
        Cause(0.3, {"BLR-BRN": 1, "BLR-GSK": 2}),
        Cause(0.15, {"BLR-FAN": 1}),
    ),
    "boiler_control_fault": (Cause(0.5, {"BLR-PCB": 1}), Cause(0.2, {"ELE-FUS": 1})),
    "refrigeration_service": (Cause(0.5, {"REF-DRY": 1}), Cause(0.2, {"REF-SEN": 1})),
    "lift_inspection": (Cause(0.3, {"LFT-ROL": 2}), Cause(0.2, {"LFT-BTN": 1})),
    "boiler_service": (Cause(0.95, {"BLR-SET": 1}),),
}  # fmt: skip
"""By name of the kind of work. What is left of the probability takes no part."""
