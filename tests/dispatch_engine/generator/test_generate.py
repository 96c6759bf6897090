"""Generated documents: the same each time, valid, on the streets, with work that can be done."""

from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import shapely

from dispatch_engine.errors import DispatchError
from dispatch_engine.formats.documents import load_problem, parse_problem, problem_text
from dispatch_engine.generator.arrivals import REPEAT_SHARE
from dispatch_engine.generator.errors import NoStreetsError, TimeZoneUnknownError, TooManyTerritoriesError
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.kinds import LEVEL_BEYOND, PART_BEYOND
from dispatch_engine.generator.settings import PRESETS, Settings
from dispatch_engine.generator.streets import Streets
from dispatch_engine.model.areas import areas_of, territory_at
from dispatch_engine.model.calls import Call
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.places import Place, Point
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.technicians import Capacity
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.snap import Snapper
from dispatch_engine.travel.source import LatLon

FILES = {"tomorrow": "coquimbo/tomorrow", "large": "coquimbo/large", "week": "coquimbo/week", "nauru": "nauru/day"}
SMALL = PRESETS["nauru"]

each_day = pytest.mark.parametrize("name", FILES)


@pytest.fixture(scope="module")
def days(root: Path) -> dict[str, ProblemDocument]:
    return {name: load_problem(root / "data" / f"{file}.json") for name, file in FILES.items()}


def can_serve(capacity: Capacity, call: Call) -> bool:
    """Whether skills, tools and van are enough for the call alone."""
    return (
        all(capacity.skills.get(skill, 0) >= level for skill, level in call.skills.items())
        and set(call.tools) <= set(capacity.tools)
        and all(capacity.stock.get(part, 0) >= pieces for part, pieces in call.parts.items())
        and capacity.id not in call.excluded_technicians
        and (not call.required_technicians or capacity.id in call.required_technicians)
    )


def located(place: Place | None) -> Point:
    assert place is not None
    assert place.lat is not None
    assert place.lon is not None
    return Point(lat=place.lat, lon=place.lon)


@each_day
def test_a_shipped_day_is_what_its_preset_generates_to_the_byte(
    name: str, root: Path, networks: dict[str, Network]
) -> None:
    made = problem_text(generate(PRESETS[name], networks[PRESETS[name].network]))
    assert made == (root / "data" / f"{FILES[name]}.json").read_bytes(), "Maybe generate it anew, see data/README.md."


@each_day
def test_a_shipped_day_has_the_size_of_its_preset_and_no_warnings(name: str, days: dict[str, ProblemDocument]) -> None:
    day, wanted = days[name], PRESETS[name]
    sizes = (len(day.technicians), len(day.calls), len(day.providers), len(day.territories))
    assert sizes == (wanted.technicians, wanted.calls, wanted.providers, wanted.territories)
    assert warnings_of(day) == ()


@each_day
def test_each_call_can_be_served_by_someone_but_those_that_are_meant_not_to(
    name: str, days: dict[str, ProblemDocument]
) -> None:
    day = days[name]
    hopeless = [call for call in day.calls if not any(can_serve(capacity, call) for capacity in day.capacities)]
    beyond_skill = [call for call in hopeless if LEVEL_BEYOND in call.skills.values()]
    beyond_stock = [call for call in hopeless if PART_BEYOND in call.parts]
    assert (len(beyond_skill), len(beyond_stock)) == (PRESETS[name].beyond_skill, PRESETS[name].beyond_stock)
    assert len(hopeless) == len(beyond_skill) + len(beyond_stock)


@each_day
def test_every_place_lies_on_a_street(
    name: str, days: dict[str, ProblemDocument], networks: dict[str, Network]
) -> None:
    places = [located(call.place) for call in days[name].calls] + [located(t.home) for t in days[name].capacities]
    snapped = Snapper(networks[PRESETS[name].network]).snap([LatLon(place.lat, place.lon) for place in places])
    assert snapped.distance_m.max() < 0.5


@each_day
def test_territories_tile_the_city_and_technicians_are_at_home_where_they_live(
    name: str, days: dict[str, ProblemDocument]
) -> None:
    day = days[name]
    areas = areas_of(day.territories)
    whole = shapely.union_all(list(areas.values()))
    assert whole.area == pytest.approx(sum(area.area for area in areas.values()))
    assert whole.area == pytest.approx(whole.envelope.area)
    assert all(territory_at(located(call.place), areas) for call in day.calls)
    assert all((territory_at(located(t.home), areas),) == t.home_territories for t in day.technicians)


@each_day
def test_calls_are_reported_before_the_plan_is_made_and_due_after(name: str, days: dict[str, ProblemDocument]) -> None:
    day = days[name]
    within = {contract.id: contract.response_within for contract in day.contracts}
    for call in day.calls:
        if call.reported_at is not None:
            assert call.contract is not None
            due = call.response_deadline or call.reported_at + (within[call.contract] or timedelta())
            assert day.now is not None
            assert call.reported_at <= day.now < due


def test_another_seed_gives_another_document(networks: dict[str, Network]) -> None:
    first, second = (generate(replace(SMALL, seed=seed), networks["nauru"]) for seed in (1, 2))
    assert first.calls != second.calls
    assert first.technicians != second.technicians


def test_more_technicians_do_not_move_the_calls(networks: dict[str, Network]) -> None:
    few, many = (generate(replace(SMALL, technicians=count), networks["nauru"]) for count in (3, 8))
    assert [call.place for call in few.calls] == [call.place for call in many.calls]
    assert [call.duration for call in few.calls] == [call.duration for call in many.calls]


def test_places_repeat_as_often_as_in_the_real_calls(networks: dict[str, Network]) -> None:
    day = generate(replace(SMALL, calls=2000, technicians=20), networks["nauru"])
    broken = [call.place.id for call in day.calls if call.reported_at is not None]
    assert 1 - len(set(broken)) / len(broken) == pytest.approx(REPEAT_SHARE, abs=0.03)


@pytest.mark.parametrize(
    "change",
    [
        {"technicians": 1, "calls": 1, "providers": 0},
        {"days": 9, "technicians": 2},
        {"first_day": date(2026, 9, 5), "days": 3, "time_zone": "America/Santiago"},
        {"first_day": date(2026, 4, 4), "days": 3, "time_zone": "America/Santiago"},
        {"work_factor": 4.0},
    ],
    ids=str,
)
def test_any_size_and_date_gives_a_valid_document(change: dict[str, object], networks: dict[str, Network]) -> None:
    settings: Settings = replace(SMALL, **change)  # type: ignore[arg-type] # the cases name fields of several types
    parse_problem(problem_text(generate(settings, networks["nauru"])))


def test_a_shift_on_the_day_of_a_change_of_clocks_starts_at_the_usual_hour(networks: dict[str, Network]) -> None:
    settings = replace(SMALL, first_day=date(2026, 9, 5), days=2, time_zone="America/Santiago", days_off=0)
    (first, second), *_ = (technician.shifts for technician in generate(settings, networks["nauru"]).technicians)
    assert first.start.time() == second.start.time()
    assert first.start.utcoffset() != second.start.utcoffset()


def test_a_network_that_cannot_be_cut_so_often_is_refused(networks: dict[str, Network]) -> None:
    with pytest.raises(TooManyTerritoriesError, match="100 territories"):
        generate(replace(SMALL, territories=100), networks["nauru"])


def test_a_network_without_streets_to_live_in_is_refused(networks: dict[str, Network]) -> None:
    with pytest.raises(NoStreetsError, match="motorway"):
        Streets(networks["nauru"], ("motorway",))


def test_an_unknown_time_zone_is_refused(networks: dict[str, Network]) -> None:
    error: type[DispatchError] = TimeZoneUnknownError
    with pytest.raises(error, match="Atlantis"):
        generate(replace(SMALL, time_zone="Atlantis"), networks["nauru"])


def test_streets_are_as_likely_as_they_are_long(networks: dict[str, Network]) -> None:
    day = generate(replace(SMALL, calls=3000, technicians=20), networks["nauru"])
    arrays = networks["nauru"].arrays
    sites = {call.place.id: located(call.place) for call in day.calls}.values()
    snapped = Snapper(networks["nauru"]).snap([LatLon(site.lat, site.lon) for site in sites])
    found = np.bincount(arrays.segment_class[snapped.segment], minlength=14) / len(sites)
    length = np.bincount(arrays.segment_class, arrays.segment_length_dm, 14)
    wanted = np.where(found > 0.01, length, 0)
    assert found == pytest.approx(wanted / wanted.sum(), abs=0.03)
