"""Tables of stock locations, of what they hold, and of van loadouts."""

from datetime import timedelta
from decimal import Decimal

from tests.dispatch_engine.importer.tables_of import TECHNICIANS, imported, said_of

HEAD = "location,lat,lon,opens,closes"
DEPOT = f"{HEAD}\nD-1,52.50,13.40,07:00,18:00\n"
REPLENISHED = "technician,lat,lon,replenished_at,shift_start,shift_end\nT-1,52.52,13.40,D-1,08:00,16:00\n"


def test_a_row_of_locations_is_a_location_with_opening_hours() -> None:
    text = (
        f"{HEAD},kind,handling_min,handling_per_line_min,tools,courier_min,courier_price,open_to\n"
        'D-1,52.50,13.40,07:00,18:00,locker,10,"0,5",crane:2,1:00,35,T-1\n'
    )
    (depot,) = imported(locations=text).stock_locations
    assert (depot.id, depot.kind, depot.place.lat) == ("D-1", "locker", 52.5)
    assert (depot.handling, depot.handling_per_line) == (timedelta(minutes=10), timedelta(seconds=30))
    assert depot.opening[0].start.isoformat() == "2026-03-02T07:00:00+01:00"
    assert depot.courier is not None
    assert (depot.courier.lead_time, depot.courier.price) == (timedelta(hours=1), Decimal(35))
    assert (depot.tools, depot.open_to) == ({"crane": 2}, ("T-1",))


def test_several_rows_of_one_location_are_several_opening_hours() -> None:
    (depot,) = imported(locations=f"{DEPOT}D-1,,,18:30,20:00\n").stock_locations
    assert [window.end.hour for window in depot.opening] == [18, 20]


def test_pieces_go_to_their_location_and_van() -> None:
    problem = imported(
        technicians=REPLENISHED,
        locations=DEPOT,
        location_stock="location,part,quantity\nD-1,KIT-7,20\nD-1,KIT-8,0\n",
        loadouts="technician,part,quantity\nT-1,KIT-7,3\n",
    )
    assert problem.stock_locations[0].stock == {"KIT-7": 20, "KIT-8": 0}
    assert problem.technicians[0].loadout == {"KIT-7": 3}
    assert problem.technicians[0].replenished_at == "D-1"


def test_without_a_table_of_locations_there_are_none() -> None:
    assert imported().stock_locations == ()


def test_opening_hours_that_end_before_they_start_are_reported_at_their_row() -> None:
    text = f"{HEAD}\nD-1,52.50,13.40,18:00,07:00\n"
    assert said_of(locations=text) == [("locations.csv, row 2", "window_order")]


def test_opening_hours_that_overlap_are_reported_at_their_row() -> None:
    text = f"{DEPOT}D-1,,,17:00,20:00\n"
    assert said_of(locations=text) == [("locations.csv, row 3", "windows_overlap")]


def test_a_row_without_opening_hours_is_one_fault() -> None:
    text = f"{HEAD}\nD-1,52.50,13.40,,18:00\n"
    assert said_of(locations=text) == [("locations.csv, row 2, column D (opens)", "cell_empty")]


def test_two_rows_of_one_location_say_the_same_of_it() -> None:
    text = f"{DEPOT}D-1,52.60,,18:30,20:00\n"
    assert said_of(locations=text) == [("locations.csv, row 3, column B (lat)", "row_conflict")]


def test_a_courier_without_a_price_is_reported_beside_its_time() -> None:
    text = f"{HEAD},courier_min,courier_price\nD-1,52.50,13.40,07:00,18:00,60,\n"
    assert said_of(locations=text) == [("locations.csv, row 2, column G (courier_price)", "missing_field")]


def test_pieces_belong_to_a_location_or_van_that_is_there() -> None:
    stock, loadouts = "location,part,quantity\nD-2,KIT-7,20\n", "technician,part,quantity\nT-2,KIT-7,3\n"
    assert said_of(locations=DEPOT, location_stock=stock, loadouts=loadouts) == [
        ("loadouts.csv, row 2, column A (technician)", "unknown_reference"),
        ("location_stock.csv, row 2, column A (location)", "unknown_reference"),
    ]


def test_a_part_stands_once_for_each_location_and_van() -> None:
    stock = "location,part,quantity\nD-1,KIT-7,20\nD-1,KIT-7,2\n"
    loadouts = "technician,part,quantity\nT-1,KIT-7,3\nT-1,KIT-7,1\n"
    assert said_of(locations=DEPOT, location_stock=stock, loadouts=loadouts) == [
        ("loadouts.csv, row 3, column B (part)", "stock_twice"),
        ("location_stock.csv, row 3, column B (part)", "stock_twice"),
    ]


def test_a_quantity_below_nothing_is_reported_at_its_cell() -> None:
    text = "location,part,quantity\nD-1,KIT-7,-1\n"
    found = said_of(locations=DEPOT, location_stock=text)
    assert found == [("location_stock.csv, row 2, column C (quantity)", "quantity_negative")]


def test_a_van_is_replenished_at_a_location_that_is_there() -> None:
    assert said_of(technicians=REPLENISHED.replace("D-1", "D-2"), locations=DEPOT) == [
        ("technicians.csv, row 2, column D (replenished_at)", "unknown_reference")
    ]


def test_a_location_without_id_makes_no_location_unknown() -> None:
    nameless = DEPOT.replace("D-1", "")
    assert said_of(technicians=REPLENISHED, locations=nameless, location_stock="location,part,quantity\nD-1,A,1\n") == [
        ("locations.csv, row 2, column A (location)", "cell_empty")
    ]


def test_a_day_without_locations_is_imported_as_before() -> None:
    assert imported(technicians=TECHNICIANS, locations="", loadouts="") == imported()
