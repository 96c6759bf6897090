"""Every source of travel times, on the same places of Nauru.

OSRM comes twice: a real osrm-routed where there is one (on the PATH, or named by DISPATCH_OSRM_ROUTED), and a local
server that repeats what a real one said. To record anew: DISPATCH_OSRM_RECORD=1 with a real osrm-routed at hand.
"""

import json
import os
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import httpx
import pytest

from dispatch_engine.travel.geodesic import GeodesicSource
from dispatch_engine.travel.given import GivenSource, GivenTable
from dispatch_engine.travel.osrm import OsrmSource
from dispatch_engine.travel.osrm_client import OsrmClient
from dispatch_engine.travel.road import RoadSource
from dispatch_engine.travel.source import Place, TravelSource

RECORDING = Path(__file__).with_name("recorded_osrm.json")
SOURCES = ("road", "osrm recorded", "osrm real", "matrix", "geodesic")
WITH_ROADS = SOURCES[:3]
BLOCK_PLACES = 4


@pytest.fixture(scope="session")
def places() -> tuple[Place, ...]:
    """Six places by the road, one 600 m out at sea, one 20 km out."""
    return (
        Place("airport", -0.5471, 166.9172),
        Place("harbour", -0.5302, 166.9090),
        Place("lagoon", -0.5228, 166.9293),
        Place("north", -0.5037, 166.9330),
        Place("east", -0.5222, 166.9560),
        Place("south", -0.5520, 166.9400),
        Place("boat", -0.5600, 166.9250),
        Place("ship", -0.7000, 167.0000),
    )


def seconds_or_none(value: int) -> int | None:
    """Return an entry as a document would state it."""
    return value if value < 100_000 else None


@pytest.fixture(scope="session")
def road_source(root: Path) -> RoadSource:
    return RoadSource.from_file(root / "data/nauru/network.npz")


@pytest.fixture(scope="session")
def given_source(road_source: RoadSource, places: tuple[Place, ...]) -> GivenSource:
    matrix = road_source.matrix(places)
    tables = [
        [[seconds_or_none(value) for value in row] for row in rows.tolist()]
        for rows in (matrix.duration_s, matrix.distance_m)
    ]
    return GivenSource({"car": GivenTable([place.id for place in places], *tables)})


@pytest.fixture(scope="session")
def osrm_url(root: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Yield the address of a real osrm-routed that serves Nauru."""
    program = os.environ.get("DISPATCH_OSRM_ROUTED") or shutil.which("osrm-routed")
    if not program:
        pytest.skip("needs osrm-routed on the PATH or in DISPATCH_OSRM_ROUTED")
    folder = tmp_path_factory.mktemp("osrm")
    graph = prepared(Path(program).parent, root / "data/nauru/nauru.osm.pbf", folder)
    port = free_port()
    with (folder / "routed.log").open("wb") as log:
        server = subprocess.Popen([program, "--ip", "127.0.0.1", "--port", str(port), graph], stdout=log, stderr=log)
    try:
        wait_until_open(server, port)
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(timeout=10)


def prepared(programs: Path, osm: Path, folder: Path) -> Path:
    """Run osrm-extract and osrm-contract; return the name of the graph."""
    profiles = (programs.parent / "share/profiles/car.lua", programs.parent / "share/osrm/profiles/car.lua")
    profile = next((path for path in profiles if path.exists()), None)
    if profile is None:
        pytest.skip(f"needs OSRM's car profile in {' or '.join(map(str, profiles))}")
    copy = Path(shutil.copy(osm, folder))
    graph = folder / "nauru.osrm"
    for name, *arguments in (("osrm-extract", "-p", profile, copy), ("osrm-contract", graph)):
        subprocess.run([programs / str(name), *arguments], cwd=folder, check=True, capture_output=True, timeout=60)
    return graph


def free_port() -> int:
    """Return a port that nobody listens on just now."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


def wait_until_open(server: subprocess.Popen[bytes], port: int) -> None:
    """Wait until the server accepts connections."""
    for _ in range(200):
        assert server.poll() is None, "osrm-routed ended on its own"
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.05)
    raise TimeoutError("osrm-routed did not open its port within 10 s")


@pytest.fixture(scope="session")
def recorded_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """Yield the address of a server that repeats what osrm-routed answered to the same requests."""
    upstream = request.getfixturevalue("osrm_url") if os.environ.get("DISPATCH_OSRM_RECORD") else None
    answers: dict[str, object] = {} if upstream else json.loads(RECORDING.read_text(encoding="utf-8"))

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            if upstream and self.path not in answers:
                answers[self.path] = httpx.get(upstream + self.path).json()
            unknown = {"code": "NotRecorded", "message": f"record anew, nothing is recorded for {self.path}"}
            content = json.dumps(answers.get(self.path, unknown)).encode()
            self.send_response(200)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()
    if upstream:
        text = ",\n".join(f"{json.dumps(path)}: {json.dumps(answers[path])}" for path in sorted(answers))
        RECORDING.write_text(f"{{\n{text}\n}}\n", encoding="utf-8")


@pytest.fixture(scope="session")
def source_named(request: pytest.FixtureRequest) -> Callable[[str], TravelSource]:
    """Return a function that gives the source of a name, and skips where it cannot be had."""

    def source(name: str) -> TravelSource:
        if name == "geodesic":
            return GeodesicSource()
        if name in {"road", "matrix"}:
            found: TravelSource = request.getfixturevalue("road_source" if name == "road" else "given_source")
            return found
        url = request.getfixturevalue("osrm_url" if name == "osrm real" else "recorded_url")
        return OsrmSource(OsrmClient(url), block_places=BLOCK_PLACES)

    return source


@pytest.fixture(params=SOURCES)
def source(request: pytest.FixtureRequest, source_named: Callable[[str], TravelSource]) -> TravelSource:
    return source_named(request.param)


@pytest.fixture(params=WITH_ROADS)
def source_with_roads(request: pytest.FixtureRequest, source_named: Callable[[str], TravelSource]) -> TravelSource:
    return source_named(request.param)
