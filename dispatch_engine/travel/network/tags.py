"""What the tags of an OpenStreetMap way allow a car to do.

Class speeds are those of OSRM's car profile; a signed limit counts at 80 % of its value, as there. Surfaces, turn
restrictions and private ways (taken as closed) are where the two differ.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

CLASS_SPEED_KMH = {
    "motorway": 90,
    "motorway_link": 45,
    "trunk": 85,
    "trunk_link": 40,
    "primary": 65,
    "primary_link": 30,
    "secondary": 55,
    "secondary_link": 25,
    "tertiary": 40,
    "tertiary_link": 20,
    "unclassified": 25,
    "residential": 25,
    "living_street": 10,
    "service": 15,
}
ROAD_CLASSES = tuple(CLASS_SPEED_KMH)
LIMIT_FACTOR = 0.8
"""Share of a signed limit that is driven on average."""

KMH_BY_UNIT = {"": 1.0, "km/h": 1.0, "kmh": 1.0, "kph": 1.0, "mph": 1.609344}
MAX_LIMIT_KMH = 140.0

ACCESS_KEYS = ("motorcar", "motor_vehicle", "vehicle", "access")
_OTHER_VEHICLES = frozenset(("psv", "bus", "minibus", "taxi", "share_taxi", "agricultural", "forestry", "foot"))
_AUTHORITIES = frozenset(("emergency", "emergency_vehicle", "military", "official"))
_CLOSED = _OTHER_VEHICLES | _AUTHORITIES | {"no", "private", "restricted"}
_OPEN_CROSSINGS = frozenset(("toll_booth", "border_control", "cattle_grid", "sally_port", "height_restrictor"))
_OPEN_BARRIERS = _OPEN_CROSSINGS | {"no", "entrance", "arch", "gate", "lift_gate"}
_YES = frozenset(("yes", "true", "1"))
_REVERSED = frozenset(("-1", "reverse"))
_ROUND = frozenset(("roundabout", "circular"))
_LIMIT = re.compile(r"\s*(\d+(?:\.\d+)?)\s*([a-z/]*)\s*")


@dataclass(frozen=True, slots=True)
class Road:
    """How a way is driven; a speed of zero closes the direction."""

    road_class: str
    name: str
    forward_kmh: float
    backward_kmh: float

    def reversed(self) -> "Road":
        """Return the same road seen from its other end."""
        return Road(self.road_class, self.name, self.backward_kmh, self.forward_kmh)


def road(tags: Mapping[str, str]) -> Road | None:
    """Return how a car drives the way with these tags; None where it may not."""
    road_class = tags.get("highway", "")
    if road_class not in CLASS_SPEED_KMH or _closed(tags) or tags.get("area") == "yes":
        return None
    forward, backward = _directions(tags, road_class)
    return Road(
        road_class,
        tags.get("name", ""),
        _speed_kmh(tags, "forward", road_class) if forward else 0.0,
        _speed_kmh(tags, "backward", road_class) if backward else 0.0,
    )


def blocks(tags: Mapping[str, str]) -> bool:
    """Return whether a node with these tags stops a car."""
    access = _access(tags)
    if access:
        return access in _CLOSED
    return tags.get("barrier", "no") not in _OPEN_BARRIERS


def is_signal(tags: Mapping[str, str]) -> bool:
    """Return whether a node with these tags is a traffic light."""
    return tags.get("highway") == "traffic_signals"


def limit_kmh(text: str) -> float | None:
    """Read a signed speed limit; None where the text is no positive number with a known unit.

    Examples
    --------
    >>> limit_kmh("50"), limit_kmh("30 mph"), limit_kmh("none")
    (50.0, 48.28032, None)
    """
    found = _LIMIT.fullmatch(text.lower())
    if not found or found[2] not in KMH_BY_UNIT:
        return None
    kmh = float(found[1]) * KMH_BY_UNIT[found[2]]
    return min(kmh, MAX_LIMIT_KMH) if kmh > 0 else None


def _access(tags: Mapping[str, str]) -> str:
    return next((tags[key] for key in ACCESS_KEYS if key in tags), "")


def _closed(tags: Mapping[str, str]) -> bool:
    return _access(tags) in _CLOSED or tags.get("service") == "emergency_access"


def _directions(tags: Mapping[str, str], road_class: str) -> tuple[bool, bool]:
    oneway = tags.get("oneway", "")
    if oneway in _REVERSED:
        return False, True
    implied = tags.get("junction") in _ROUND or road_class == "motorway"
    one_way = oneway in _YES or (implied and oneway != "no")
    return True, not one_way


def _speed_kmh(tags: Mapping[str, str], direction: str, road_class: str) -> float:
    limit = limit_kmh(tags.get(f"maxspeed:{direction}", tags.get("maxspeed", "")))
    return CLASS_SPEED_KMH[road_class] if limit is None else limit * LIMIT_FACTOR
