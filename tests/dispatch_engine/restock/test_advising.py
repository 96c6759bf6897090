"""Recommended loadouts from a history of use."""

from datetime import date, timedelta
from typing import Any

import pytest

from dispatch_engine.errors import DocumentErrors
from dispatch_engine.formats.documents import parse_problem, problem_text
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.restock.advising import AdviceOptions, recommend, with_loadouts
from dispatch_engine.restock.documents import LoadoutAdvice, LoadoutAdviceOfVan, LoadoutLine
from dispatch_engine.restock.history import History, Use
from tests.dispatch_engine.restock.week import Document, depot, problem, van

SQUARE = [{"lat": lat, "lon": lon} for lat, lon in ((52.4, 13.3), (52.4, 13.5), (52.6, 13.5), (52.6, 13.3))]


def days(*pieces: int, part: str = "A", technician: str | None = "T-1", **more: Any) -> list[Use]:
    """Return the use of a part on so many days in a row."""
    first = date(2025, 6, 2)
    return [Use(first + timedelta(i), part, n, technician, **more) for i, n in enumerate(pieces)]


def fleet(*vans: Document, **more: Any) -> ProblemDocument:
    return problem(list(vans) or [van()], [depot({})], **more)


def advice(of: ProblemDocument, uses: list[Use], **options: Any) -> LoadoutAdvice:
    return recommend(of, History.of(uses), AdviceOptions(**options))


def for_van(found: LoadoutAdvice, technician: str = "T-1") -> LoadoutAdviceOfVan:
    return next(each for each in found.vans if each.technician == technician)


def for_part(found: LoadoutAdvice, part: str = "A", technician: str = "T-1") -> LoadoutLine:
    return next(line for line in for_van(found, technician).lines if line.part == part)


def test_as_many_pieces_are_recommended_as_suffice_with_the_service_level() -> None:
    use = days(*[0] * 80, *[1] * 12, *[2] * 4, *[3] * 4)
    assert for_part(advice(fleet(), use, service_level=0.95)).recommended == 2
    assert for_part(advice(fleet(), use, service_level=0.9)).recommended == 1


def test_the_service_reached_is_beside_the_one_of_the_present_loadout() -> None:
    use = days(*[0] * 80, *[1] * 16, *[2] * 4)
    found = for_part(advice(fleet(van(loadout={"A": 0})), use))
    assert (found.service, found.present_service) == (0.96, 0.8)


def test_the_joint_service_is_the_product_over_the_parts() -> None:
    use = days(*[0] * 50, *[1] * 50) + days(*([0, 2] * 50), part="B")
    assert for_van(advice(fleet(van(loadout={"B": 2})), use)).present_joint_service == 0.5


def test_what_would_have_been_covered_counts_parts_that_are_used_together() -> None:
    use = days(*[0] * 90, *[9] * 10) + days(*[0] * 90, *[9] * 10, part="B")
    found = for_van(advice(fleet(), use, service_level=0.85))
    assert (found.joint_service, found.covered_before) == (0.81, 0.9)


def test_the_fill_rate_is_the_share_of_the_use_that_is_covered() -> None:
    use = days(*[1] * 99, 11)
    assert for_van(advice(fleet(), use)).fill_rate == pytest.approx(100 / 110)


def test_a_longer_review_period_needs_more_pieces() -> None:
    use = days(*[1] * 200)
    assert for_part(advice(fleet(), use, review_days=2, service_level=0.95)).recommended == 2


def test_each_van_follows_its_own_history() -> None:
    use = days(*[1] * 100) + days(*[4] * 100, technician="T-2")
    found = advice(fleet(van(), van("T-2")), use)
    assert [for_part(found, "A", each).recommended for each in ("T-1", "T-2")] == [1, 4]


def test_a_van_with_few_days_of_its_own_shares_the_history_of_all() -> None:
    use = days(*[2] * 100) + days(*[9] * 19, technician="T-2")
    found = for_van(advice(fleet(van(), van("T-2")), use), "T-2")
    assert (found.basis, found.covered_before) == ("fleet", None)


def test_a_van_at_home_in_a_territory_shares_its_use_with_the_others_there() -> None:
    territory = {"id": "north", "polygon": SQUARE}
    vans = [van("T-1", home_territories=["north"]), van("T-2", home_territories=["north"]), van("T-3")]
    use = days(*[2] * 100, technician=None, territory="north") + days(*[0] * 100, part="B", technician=None)
    found = advice(fleet(*vans, territories=[territory]), use)
    assert [each.basis for each in found.vans] == ["territory", "territory", "fleet"]
    assert for_part(found, "A", "T-1").mean == 1.0
    assert for_part(found, "A", "T-3").mean == pytest.approx(2 / 3, abs=1e-6)


def test_a_part_that_the_history_does_not_name_stays() -> None:
    found = for_part(advice(fleet(van(loadout={"SPARE": 2})), days(*[1] * 100)), "SPARE")
    assert (found.recommended, found.distribution, found.service) == (2, None, None)


def test_a_part_that_is_named_and_was_not_used_goes() -> None:
    use = days(*[1] * 100) + days(0, part="B")
    assert for_part(advice(fleet(van(loadout={"B": 2})), use), "B").recommended == 0


def test_where_room_binds_less_is_recommended_than_wanted() -> None:
    parts = [{"id": part, "slots": 1} for part in "AB"]
    use = days(*[3] * 100) + days(*[0, 1] * 50, part="B")
    found = advice(fleet(van(stock_capacity={"slots": 3}), parts=parts), use)
    assert for_van(found).room_binds
    assert for_van(found).room_used == {"slots": 1.0}
    assert [(line.recommended, line.wanted) for line in for_van(found).lines] == [(3, 3), (0, 1)]


def test_parts_that_stay_take_up_their_room_first() -> None:
    parts = [{"id": part, "slots": 1} for part in ("A", "SPARE")]
    found = advice(fleet(van(stock_capacity={"slots": 3}, loadout={"SPARE": 2}), parts=parts), days(*[3] * 100))
    assert for_part(found).recommended == 1


def test_a_dear_part_that_is_seldom_used_is_not_carried_by_price() -> None:
    parts = [{"id": "A", "unit_price": 40_000}, {"id": "B", "unit_price": 40}]
    use = days(*[0] * 99, 1) + days(*[0] * 99, 1, part="B")
    found = advice(fleet(parts=parts), use, by_price=True)
    assert [for_part(found, part).recommended for part in "AB"] == [0, 1]


def test_by_price_a_part_without_a_price_gets_the_service_level() -> None:
    found = advice(fleet(), days(*[0, 1] * 50), by_price=True, service_level=0.9)
    assert for_part(found).target == 0.9


def test_rows_of_vans_that_are_not_here_are_told() -> None:
    use = days(*[1] * 100) + days(1, technician="T-9")
    (note,) = advice(fleet(), use).notes
    assert "1 of T-9" in note


def test_rows_that_name_nobody_beside_rows_that_do_are_told() -> None:
    use = days(*[1] * 100) + days(1, 1, technician=None)
    (note,) = advice(fleet(), use).notes
    assert "2 of 102, which name no technician" in note


def test_parts_without_a_size_are_told_where_room_is_limited() -> None:
    (note,) = advice(fleet(van(stock_capacity={"slots": 3})), days(*[1] * 100)).notes
    assert "1 of the history's parts, A the first" in note


def test_a_document_without_a_technician_gets_no_advice() -> None:
    with pytest.raises(DocumentErrors, match="history_of_others"):
        advice(problem([], []), days(1, 1, technician=None))


def test_the_document_is_written_with_the_loadouts_and_nothing_else_changed() -> None:
    before = fleet(van(loadout={"A": 9, "SPARE": 1}), van("T-2"))
    after = with_loadouts(before, advice(before, days(*[1] * 100)))
    assert parse_problem(problem_text(after)) == after
    assert after.technicians[0].loadout == {"A": 1, "SPARE": 1}
    cleared = {"technicians": tuple(each.model_copy(update={"loadout": {}}) for each in before.technicians)}
    assert after.model_copy(update=cleared) == before.model_copy(update=cleared)
