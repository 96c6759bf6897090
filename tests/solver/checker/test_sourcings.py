import pytest

from solver.problem import START_FIXED
from tests.solver.builder import Fact, Location, Parcel, Shift, Sourcing, Technician, Visit, make_problem
from tests.solver.checker.plans import codes, costs, drive, serve, with_stop


def test_a_visit_may_use_what_one_of_its_sourcings_says_in_place_of_its_parts() -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing(parts={1: 2})])
    problem = make_problem([visit], [Technician(stock={1: 2})])
    assert codes(problem, drive(problem, [0])) == {"part"}
    assert codes(problem, drive(problem, [serve(0, sourcing=0)])) == set()


def test_what_a_sourcing_uses_is_in_the_van() -> None:
    visit = Visit(parts={0: 1}, sourcings=[Sourcing(parts={1: 2})])
    problem = make_problem([visit], [Technician(stock={0: 1, 1: 1})])
    assert codes(problem, drive(problem, [serve(0, sourcing=0)])) == {"part"}


def test_a_visit_gets_its_parts_in_no_way_of_another_visit() -> None:
    problem = make_problem([Visit(sourcings=[Sourcing()]), Visit(sourcings=[Sourcing()])])
    assert codes(problem, drive(problem, [serve(0, sourcing=0), serve(1, sourcing=1)])) == set()
    assert codes(problem, drive(problem, [serve(0, sourcing=1), serve(1, sourcing=1)])) == {"sourcing"}


@pytest.mark.parametrize("sourcing", [-2, 1])
def test_a_sourcing_is_one_of_the_problem(sourcing: int) -> None:
    problem = make_problem([Visit(sourcings=[Sourcing()])])
    assert codes(problem, drive(problem, [serve(0, sourcing=sourcing)])) == {"sourcing_unknown"}


def test_a_visit_starts_no_earlier_than_its_last_parcel_is_there() -> None:
    problem = make_problem([Visit(sourcings=[Sourcing(release_s=700)])])
    by_parcel = [serve(0, sourcing=0)]
    assert codes(problem, drive(problem, by_parcel, starts={0: 700})) == set()
    assert codes(problem, drive(problem, by_parcel, starts={0: 699})) == {"courier"}


def test_a_visit_waits_for_no_parcel_that_is_not_sent() -> None:
    problem = make_problem([Visit(sourcings=[Sourcing(release_s=700)])])
    assert codes(problem, drive(problem, [0])) == set()


def test_a_pinned_start_waits_for_the_last_parcel_too() -> None:
    pinned = Visit(pin_level=START_FIXED, pin_start_s=650, release_s=9000, sourcings=[Sourcing(release_s=651)])
    problem = make_problem([pinned])
    assert codes(problem, drive(problem, [0], starts={0: 650})) == set()
    assert codes(problem, drive(problem, [serve(0, sourcing=0)], starts={0: 650})) == {"courier"}


def test_what_a_parcel_brings_is_not_taken_from_the_van() -> None:
    by_parcel = Sourcing(parcels=[Parcel(0, {0: 1})])
    problem = make_problem([Visit(parts={0: 1}, sourcings=[by_parcel])], locations=[Location(supplies=[(0, 0, 1)])])
    assert codes(problem, drive(problem, [serve(0, sourcing=0)])) == set()


def test_a_sourcing_has_its_prices_and_the_visit_as_stated_its_own() -> None:
    way = Sourcing(courier_ticks=3, substitute_ticks=5, revisit_ticks=7)
    problem = make_problem([Visit(revisit_ticks=11, sourcings=[way, way]), Visit(revisit_ticks=13, sourcings=[way])])
    names = ("courier", "substitute", "revisit")
    as_stated = costs(problem, drive(problem, [0, 1]))
    assert [as_stated[name] for name in names] == [0, 0, 24]
    one_other = costs(problem, drive(problem, [serve(0, sourcing=1), 1]))
    assert [one_other[name] for name in names] == [3, 5, 20]
    both_other = costs(problem, drive(problem, [serve(0, sourcing=0), serve(1, sourcing=2)]))
    assert [both_other[name] for name in names] == [6, 10, 14]


def test_an_unplanned_visit_costs_no_second_visit() -> None:
    problem = make_problem([Visit(revisit_ticks=11, sourcings=[Sourcing(courier_ticks=3)])])
    terms = costs(problem, unplanned=[0])
    assert (terms["revisit"], terms["courier"]) == (0, 0)


def test_a_fact_was_sourced_and_has_no_price_of_it() -> None:
    visit = Visit(revisit_ticks=11, sourcings=[Sourcing(courier_ticks=3)])
    problem = make_problem([visit, Visit()], shifts=[Shift(departed_s=0, facts=[Fact(0, 600, 1200)])])
    route = with_stop(drive(problem, [0, 1]), 0, is_fact=True)
    terms = costs(problem, route)
    assert (terms["revisit"], terms["courier"]) == (0, 0)
    assert codes(problem, with_stop(route, 0, sourcing=0)) == {"fact_changed"}
