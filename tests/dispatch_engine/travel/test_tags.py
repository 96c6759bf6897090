import pytest

from dispatch_engine.travel.network.tags import blocks, is_signal, limit_kmh, road


def speeds(**tags: str) -> tuple[float, float] | None:
    found = road(tags)
    return (found.forward_kmh, found.backward_kmh) if found else None


def test_a_street_without_a_limit_has_the_speed_of_its_class() -> None:
    assert speeds(highway="residential") == (25, 25)


def test_a_signed_limit_counts_at_eighty_percent() -> None:
    assert speeds(highway="residential", maxspeed="50") == (40, 40)


def test_a_limit_of_one_direction_holds_in_that_direction() -> None:
    found = speeds(highway="primary", **{"maxspeed:forward": "50", "maxspeed:backward": "100"})
    assert found == (40, 80)


@pytest.mark.parametrize(
    ("text", "kmh"),
    [("50", 50), ("50 km/h", 50), ("30 mph", 48.28032), ("none", None), ("RO:urban", None), ("0", None), ("900", 140)],
)
def test_a_limit_is_read_with_its_unit_or_not_at_all(text: str, kmh: float | None) -> None:
    assert limit_kmh(text) == (pytest.approx(kmh) if kmh else None)


@pytest.mark.parametrize("oneway", ["yes", "1", "true"])
def test_a_one_way_street_is_closed_backwards(oneway: str) -> None:
    assert speeds(highway="residential", oneway=oneway) == (25, 0)


def test_a_reversed_one_way_street_is_closed_forwards() -> None:
    assert speeds(highway="residential", oneway="-1") == (0, 25)


def test_a_roundabout_and_a_motorway_are_one_way_unless_tagged_otherwise() -> None:
    assert speeds(highway="tertiary", junction="roundabout") == (40, 0)
    assert speeds(highway="motorway") == (90, 0)
    assert speeds(highway="motorway", oneway="no") == (90, 90)


@pytest.mark.parametrize("highway", ["footway", "track", "path", "steps", "proposed", ""])
def test_a_way_that_is_no_street_is_not_driven(highway: str) -> None:
    assert speeds(highway=highway) is None


@pytest.mark.parametrize("tags", [{"access": "no"}, {"access": "private"}, {"motor_vehicle": "no"}, {"area": "yes"}])
def test_a_closed_way_is_not_driven(tags: dict[str, str]) -> None:
    assert road({"highway": "service", **tags}) is None


def test_the_more_particular_access_tag_decides() -> None:
    assert speeds(highway="service", access="no", motor_vehicle="yes") == (15, 15)


def test_a_barrier_stops_cars_unless_it_opens_for_them() -> None:
    assert blocks({"barrier": "bollard"})
    assert not blocks({"barrier": "gate"})
    assert not blocks({"barrier": "bollard", "motor_vehicle": "yes"})
    assert blocks({"barrier": "gate", "access": "private"})
    assert not blocks({"highway": "traffic_signals"})


def test_a_traffic_light_is_known_by_its_tag() -> None:
    assert is_signal({"highway": "traffic_signals"})
    assert not is_signal({"highway": "crossing"})
