"""The lines of routes, from whatever source knows them."""

import itertools
import json
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest

from dispatch_engine.exports.lines import driven_lines
from dispatch_engine.exports.view import PlanView
from tests.dispatch_engine.island import documents, parsed, stocked

MIDWAY = [166.95, -0.53]


class Server(BaseHTTPRequestHandler):
    """Answers every question for a route with a line over one point."""

    def do_GET(self) -> None:
        ends = [
            [float(part) for part in point.split(",")] for point in self.path.split("/")[-1].split("?")[0].split(";")
        ]
        line = {"coordinates": [ends[0], MIDWAY, ends[1]]}
        answer = {"code": "Ok", "routes": [{"geometry": line}], "waypoints": [{"distance": 1}, {"distance": 1}]}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(answer).encode())

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Server) as server:
        thread = Thread(target=server.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_route_server_draws_the_lines_without_streets(address: str) -> None:
    problem, plan = documents()
    problem["travel"], plan["travel"] = {"source": "osrm", "url": address}, {"source": "osrm"}
    lines = driven_lines(PlanView(*parsed(problem, plan)), Path())
    assert (lines.along_roads, lines.network, lines.note) == (True, None, "")
    assert all(any((point.lon, point.lat) == tuple(MIDWAY) for point in leg) for legs in lines.legs for leg in legs)


def test_each_leg_begins_where_the_one_before_ends() -> None:
    for legs in driven_lines(PlanView(*parsed(*documents())), Path()).legs:
        assert all(one[-1] == other[0] for one, other in itertools.pairwise(legs))


def test_a_route_has_a_leg_to_each_stop_and_back() -> None:
    lines = driven_lines(PlanView(*parsed(*documents())), Path())
    assert [len(legs) for legs in lines.legs] == [4, 2]


def test_an_open_end_has_no_way_back() -> None:
    problem, plan = documents()
    del plan["routes"][1]["end_place"]
    assert len(driven_lines(PlanView(*parsed(problem, plan)), Path()).legs[1]) == 1


def test_a_route_has_a_leg_to_each_restock_and_meeting() -> None:
    before, after = (driven_lines(PlanView(*parsed(*each)), Path()) for each in (documents(), stocked()))
    assert [len(legs) for legs in after.legs] == [len(before.legs[0]) + 1, len(before.legs[1]) + 2]


def test_a_restock_without_a_place_of_its_own_is_where_its_location_is() -> None:
    problem, plan = stocked()
    for stop in plan["routes"][1]["stops"][1:]:
        del stop["place"]
    assert len(driven_lines(PlanView(*parsed(problem, plan)), Path()).legs[1]) == 4
