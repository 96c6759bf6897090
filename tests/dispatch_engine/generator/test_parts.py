"""Generated days with parts: what each kind of work uses, what vans and locations hold, and that it is never enough."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from dispatch_engine.formats.documents import load_problem, parse_problem, problem_text
from dispatch_engine.generator.errors import TooFewPartsError
from dispatch_engine.generator.generate import generate
from dispatch_engine.generator.kinds import PART_BEYOND, TRADES
from dispatch_engine.generator.parts.causes import CAUSES
from dispatch_engine.generator.parts.locations import CARRIED_TOOLS, nearest
from dispatch_engine.generator.parts.numbering import catalogue_of, least_parts
from dispatch_engine.generator.parts.roles import ROLES
from dispatch_engine.generator.settings import PRESETS
from dispatch_engine.model.calls import Call
from dispatch_engine.model.checks.warnings import warnings_of
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.room import beyond_room, sizes_of
from dispatch_engine.model.technicians import Capacity
from dispatch_engine.travel.network.network import Network
from dispatch_engine.travel.network.snap import Snapper
from dispatch_engine.travel.source import LatLon

DAY = PRESETS["parts"]
SMALL = replace(PRESETS["nauru"], parts=60)
PREFIXES = {"refrigeration": ("REF-", "ELE-"), "lift": ("LFT-", "ELE-"), "boiler": ("BLR-", "ELE-")}


@pytest.fixture(scope="module")
def day(root: Path) -> ProblemDocument:
    return load_problem(root / "data/coquimbo/parts.json")


def needs_of(call: Call) -> set[str]:
    return {part for needs in (call.parts, *(case.parts for case in call.parts_cases)) for part in needs}


def is_skilled(capacity: Capacity, call: Call) -> bool:
    return all(capacity.skills.get(skill, 0) >= level for skill, level in call.skills.items())


def holds(capacity: Capacity, call: Call) -> bool:
    return all(capacity.stock.get(part, 0) >= pieces for part, pieces in call.parts.items())


def at_locations(day: ProblemDocument) -> set[str]:
    """Return the parts that some location has in the morning or gets during the day."""
    stock = {part for location in day.stock_locations for part in location.stock}
    return stock | {part for each in day.stock_locations for delivery in each.deliveries for part in delivery.parts}


def test_the_shipped_day_is_what_its_preset_generates_to_the_byte(root: Path, networks: dict[str, Network]) -> None:
    made = problem_text(generate(DAY, networks["coquimbo"]))
    assert made == (root / "data/coquimbo/parts.json").read_bytes(), "Maybe generate it anew, see data/README.md."


def test_the_shipped_day_has_the_size_of_its_preset_and_no_warnings(day: ProblemDocument) -> None:
    sizes = (len(day.technicians), len(day.calls), len(day.parts), len(day.stock_locations))
    assert sizes == (40, 300, 120, 3)
    assert warnings_of(day) == ()


def test_parts_change_nothing_but_parts(networks: dict[str, Network]) -> None:
    plain, parts = (generate(replace(SMALL, parts=parts), networks["nauru"]) for parts in (0, 60))
    assert [call.place for call in plain.calls] == [call.place for call in parts.calls]
    assert [call.duration for call in plain.calls] == [call.duration for call in parts.calls]
    assert [each.shifts for each in plain.capacities] == [each.shifts for each in parts.capacities]


def test_more_technicians_do_not_move_what_calls_need(networks: dict[str, Network]) -> None:
    few, many = (generate(replace(SMALL, technicians=count), networks["nauru"]) for count in (3, 8))
    assert [needs_of(call) for call in few.calls] == [needs_of(call) for call in many.calls]
    assert few.stock_locations[0].place == many.stock_locations[0].place


def test_every_kind_of_work_has_causes_with_parts_of_its_trade(day: ProblemDocument) -> None:
    for call in day.calls:
        trade = next(trade for trade in TRADES if trade in call.skills)
        assert all(part.startswith(PREFIXES[trade]) for part in needs_of(call))
    assert {call.kind for call in day.calls} <= set(CAUSES)


def test_causes_are_disjoint() -> None:
    assert all(sum(cause.probability for cause in causes) < 1 for causes in CAUSES.values())


def test_machines_of_a_site_are_of_one_make(day: ProblemDocument) -> None:
    numbers: dict[tuple[str | None, str], set[str]] = {}
    roles = {role.code for role in ROLES}
    for call in day.calls:
        for part in needs_of(call):
            numbers.setdefault((call.place.id, part.rsplit("-", 1)[0]), set()).add(part)
    assert {role for _, role in numbers} <= roles
    assert all(len(found) == 1 for found in numbers.values())


def test_few_numbers_are_used_often_and_many_seldom() -> None:
    use = sorted(catalogue_of(DAY).used_by({trade: 300 * share for trade, share in TRADES.items()}).values())
    assert sum(use[-12:]) > 0.45 * sum(use)
    assert sum(mean < 2 for mean in use) > 0.5 * len(use)


def test_calls_of_known_cause_state_parts_and_the_others_cases_and_the_price_of_a_revisit(day: ProblemDocument) -> None:
    assert sum(bool(call.parts) for call in day.calls) > 120
    uncertain = [call for call in day.calls if call.parts_cases]
    assert len(uncertain) > 60
    assert all(not call.parts and call.revisit_price for call in uncertain)


def test_some_breakdowns_stop_a_production(day: ProblemDocument) -> None:
    stops = [call for call in day.calls if call.downtime_per_hour is not None]
    assert 5 < len(stops) < 40
    assert all(call.priority == 1 and (call.downtime_per_hour or 0) >= 150 for call in stops)


def test_there_are_successors_substitutes_with_prices_and_kits_of_parts_of_the_catalogue(day: ProblemDocument) -> None:
    parts = {part.id: part for part in day.parts}
    succeeded = [part for part in day.parts if part.superseded_by is not None]
    assert len(succeeded) == 10
    assert any(parts[part.superseded_by or ""].superseded_by for part in succeeded)
    assert sum(each.price > 0 for part in day.parts for each in part.substitutes) > 20
    kits = [part for part in day.parts if part.contains]
    assert len(kits) > 4
    assert all(name in parts for kit in kits for name in kit.contains)


def test_dearer_parts_take_longer_to_order(day: ProblemDocument) -> None:
    dear = [part for part in day.parts if (part.unit_price or Decimal(0)) >= 400]
    cheap = [part for part in day.parts if (part.unit_price or Decimal(0)) < 30]
    least = min(part.order_lead_time or timedelta() for part in dear)
    assert least > max(part.order_lead_time or timedelta() for part in cheap)


def test_vans_hold_no_more_than_fits_and_reserve_no_more_than_they_hold(day: ProblemDocument) -> None:
    sizes = sizes_of(day.parts)
    for each in day.technicians:
        assert not [*beyond_room(each.stock, each.stock_capacity, sizes)]
        assert not [*beyond_room(each.loadout, each.stock_capacity, sizes)]
        assert not Counter(each.reserved_stock) - Counter(each.stock)
    assert any(each.reserved_stock for each in day.technicians)


def test_the_vans_cover_a_good_part_of_the_needs_but_not_all(day: ProblemDocument) -> None:
    known = [call for call in day.calls if call.parts]
    shares = [sum(holds(t, call) for call in known if is_skilled(t, call)) for t in day.technicians]
    able = [sum(is_skilled(t, call) for call in known) for t in day.technicians]
    assert 0.3 < sum(shares) / sum(able) < 0.7


def test_some_parts_are_nowhere_in_the_morning_and_some_of_them_arrive(day: ProblemDocument) -> None:
    morning = {part for location in day.stock_locations for part in location.stock}
    needed = {part for call in day.calls for part in needs_of(call)}
    arriving = {part for each in day.stock_locations for delivery in each.deliveries for part in delivery.parts}
    assert len(needed - morning) > 10
    assert arriving - morning
    assert needed - morning - arriving


def test_some_parts_lie_with_a_colleague_who_lacks_the_skill(day: ProblemDocument) -> None:
    nowhere = [call for call in day.calls if call.parts and not at_locations(day) & set(call.parts)]
    able = [[t for t in day.technicians if is_skilled(t, call) and holds(t, call)] for call in nowhere]
    others = [[t for t in day.technicians if not is_skilled(t, call) and holds(t, call)] for call in nowhere]
    assert any(not who and whose for who, whose in zip(able, others, strict=True))


def test_every_tool_is_carried_by_someone_or_lent(day: ProblemDocument) -> None:
    carried = Counter(tool for each in day.technicians for tool in each.tools)
    lent = Counter({tool: pieces for each in day.stock_locations for tool, pieces in each.tools.items()})
    assert set(lent) == set(CARRIED_TOOLS)
    assert {tool for call in day.calls for tool in call.tools} <= set(carried)
    assert "gauge_set" not in lent


def test_locations_lie_on_streets_apart_from_each_other(day: ProblemDocument, networks: dict[str, Network]) -> None:
    places = [location.place for location in day.stock_locations]
    points = [LatLon(place.lat or 0, place.lon or 0) for place in places]
    assert Snapper(networks["coquimbo"]).snap(points).distance_m.max() < 0.5
    assert len({(round(point.lat, 2), round(point.lon, 2)) for point in points}) == 3


def test_vans_are_loaded_overnight_at_the_nearest_location(day: ProblemDocument) -> None:
    for each in day.technicians:
        assert each.replenished_at == nearest(each, day.stock_locations).id


def test_meetings_and_deliveries_are_at_locations_while_they_are_open(day: ProblemDocument) -> None:
    by_place = {location.place: location for location in day.stock_locations}
    times = [(by_place[meeting.place], meeting.at) for meeting in day.meetings]
    times += [(location, delivery.at) for location in day.stock_locations for delivery in location.deliveries]
    assert len(day.meetings) >= 3
    assert all(any(w.start <= at < w.end for w in location.opening) for location, at in times)


@pytest.mark.parametrize(
    "change",
    [
        {"parts": 500},
        {"parts": least_parts(SMALL)},
        {"days": 3, "technicians": 6, "calls": 30},
        {"stock_locations": 1},
        {"stock_locations": 7},
        {"technicians": 1, "calls": 1, "providers": 0},
        {"seed": 2, "technicians": 20, "calls": 80},
    ],
    ids=str,
)
def test_any_size_gives_a_valid_document_without_warnings(change: dict[str, int], networks: dict[str, Network]) -> None:
    settings = replace(SMALL, **change)  # type: ignore[arg-type] # the cases name fields that are whole numbers
    made = parse_problem(problem_text(generate(settings, networks["nauru"])))
    assert (len(made.parts), len(made.stock_locations)) == (settings.parts, settings.stock_locations)
    assert warnings_of(made) == ()


def test_locations_are_open_on_every_day(networks: dict[str, Network]) -> None:
    made = generate(replace(SMALL, days=3), networks["nauru"])
    assert all(len({w.start.date() for w in location.opening}) == 3 for location in made.stock_locations)
    assert len({meeting.at.date() for meeting in made.meetings}) == 3


def test_the_part_that_nobody_has_is_listed(networks: dict[str, Network]) -> None:
    made = generate(replace(SMALL, beyond_stock=1), networks["nauru"])
    assert len(made.parts) == SMALL.parts
    assert [call.parts for call in made.calls if PART_BEYOND in call.parts] == [{PART_BEYOND: 1}]
    assert PART_BEYOND in {part.id for part in made.parts}


def test_a_catalogue_without_a_number_for_every_role_is_refused(networks: dict[str, Network]) -> None:
    least = least_parts(SMALL)
    with pytest.raises(TooFewPartsError, match=f"Maybe {least} or more"):
        generate(replace(SMALL, parts=least - 1), networks["nauru"])
