"""What parts do in a machine. Every role has a part number for each make of machine. All numbers are illustrative."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(frozen=True, eq=False)
class Role:
    """What a part does.

    Parameters
    ----------
    code
        How its part numbers begin.
    name
        For people.
    numbers
        Its weight in sharing out part numbers; about how many it has in a catalogue of 120, one for each make.
    price
        Of a piece of the most frequent make, in euros.
    litres, kg, slots
        What a piece takes up in a van; slots are shelves of the larger parts.
    lead_days
        From the order to the delivery at a stock location.
    is_stepped
        The next larger model fits too, at a price.
    has_universal
        One number more fits every make, with an adapter.
    is_revised
        Makers replace its numbers by successors.
    contains
        Makes it a kit: pieces by role, of the same make.
    """

    code: str
    name: str
    numbers: int
    price: int
    litres: str
    kg: str
    slots: int = 0
    lead_days: int = 2
    is_stepped: bool = False
    has_universal: bool = False
    is_revised: bool = False
    contains: Mapping[str, int] = field(default_factory=dict)


ROLES = (
    Role("REF-CMP", "compressor", 5, 420, "24", "19", 2, 5, is_stepped=True, is_revised=True),
    Role("REF-FAN", "fan motor", 6, 95, "3.5", "1.8", 1, has_universal=True),
    Role("REF-REL", "start relay", 4, 24, "0.2", "0.1", has_universal=True),
    Role("REF-CAP", "run capacitor", 3, 18, "0.3", "0.2", is_stepped=True),
    Role("REF-GAS", "refrigerant bottle", 2, 85, "5", "6.5", 1, 1),
    Role("REF-DRY", "filter drier", 2, 16, "0.4", "0.3", 0, 1, is_stepped=True),
    Role("REF-VLV", "expansion valve", 5, 88, "0.6", "0.5", is_stepped=True),
    Role("REF-SOL", "solenoid coil", 4, 35, "0.3", "0.3"),
    Role("REF-SEN", "temperature probe", 3, 22, "0.1", "0.1", 0, 1, has_universal=True),
    Role("REF-TST", "controller", 5, 130, "0.8", "0.4", has_universal=True, is_revised=True),
    Role("REF-SEA", "door seal", 6, 58, "2.5", "0.9", 1, 3),
    Role("REF-HEA", "defrost heater", 4, 47, "1.2", "0.6"),
    Role("REF-KIT", "start kit", 2, 49, "0.6", "0.4", contains={"REF-REL": 1, "REF-CAP": 1}),
    Role("LFT-REL", "contactor", 4, 46, "0.5", "0.4", is_stepped=True),
    Role("LFT-PCB", "control board", 6, 540, "1.5", "0.7", 1, 6, is_revised=True),
    Role("LFT-BRK", "brake coil", 4, 170, "2", "3.2", 1, 4),
    Role("LFT-ROL", "door roller", 3, 9, "0.1", "0.1", 0, 1),
    Role("LFT-SEN", "light curtain", 4, 210, "2.2", "1.1", 1, has_universal=True),
    Role("LFT-BLT", "door belt", 3, 38, "0.4", "0.3"),
    Role("LFT-ENC", "encoder", 4, 260, "0.7", "0.6", 0, 4, is_revised=True),
    Role("LFT-INV", "inverter", 5, 890, "9", "7.5", 2, 7, is_stepped=True, is_revised=True),
    Role("LFT-BTN", "push button", 3, 14, "0.1", "0.1", 0, 1),
    Role("LFT-KIT", "door kit", 2, 82, "0.9", "0.8", contains={"LFT-ROL": 4, "LFT-BLT": 1}),
    Role("BLR-IGN", "ignition electrode", 3, 28, "0.2", "0.1", 0, 1),
    Role("BLR-PMP", "pump", 4, 195, "4.5", "3.4", 1, has_universal=True),
    Role("BLR-VLV", "gas valve", 4, 160, "1.4", "1.2", 0, 3),
    Role("BLR-EXP", "expansion vessel", 3, 78, "12", "3", 1, is_stepped=True),
    Role("BLR-PRV", "relief valve", 2, 31, "0.3", "0.4"),
    Role("BLR-BRN", "burner", 4, 310, "7", "5", 1, 5, is_revised=True),
    Role("BLR-PCB", "boiler board", 4, 280, "1.2", "0.5", 1, 4, is_revised=True),
    Role("BLR-FAN", "flue fan", 3, 145, "3", "1.9", 1),
    Role("BLR-GSK", "gasket", 2, 7, "0.1", "0.1", 0, 1),
    Role("BLR-SET", "service set", 2, 52, "0.8", "0.5", 0, 1, contains={"BLR-IGN": 1, "BLR-GSK": 2}),
    Role("ELE-FUS", "fuse", 2, 4, "0.1", "0.1", 0, 1),
)  # fmt: skip
