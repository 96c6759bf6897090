"""The report of a full day stays small enough to be sent around."""

from pathlib import Path

from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from dispatch_engine.reports.frame import frame_around
from dispatch_engine.reports.streets import streets_in
from dispatch_engine.travel.network.file import load_network
from dispatch_engine.travel.source import LatLon
from tests.dispatch_engine.island import island


def test_all_streets_of_a_city_take_less_than_half_a_megabyte(root: Path) -> None:
    network = load_network(root / "data" / "coquimbo" / "network.npz")
    box = network.bbox
    frame = frame_around([LatLon(box.south, box.west), LatLon(box.north, box.east)])
    assert sum(len(streets.path) for streets in streets_in(network, frame)) < 500_000


def test_a_street_that_leaves_the_frame_is_cut() -> None:
    lines = driven_lines(PlanView(*island()), Path())
    assert lines.network is not None
    frame = frame_around([LatLon(-0.53, 166.92), LatLon(-0.52, 166.93)])
    whole = frame_around([LatLon(-0.554, 166.909), LatLon(-0.503, 166.959)])
    cut, full = (sum(len(each.path) for each in streets_in(lines.network, one)) for one in (frame, whole))
    assert 0 < cut < full / 2
