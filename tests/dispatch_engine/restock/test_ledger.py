"""What a stock location can still give away of a part."""

from datetime import UTC, datetime

from dispatch_engine.restock.ledger import Ledger


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


def test_all_of_the_stock_is_free_where_nothing_is_taken() -> None:
    assert Ledger(3).free(at(8)) == 3


def test_what_is_to_be_taken_later_is_not_free_now() -> None:
    ledger = Ledger(3)
    ledger.take(at(12), 2)
    assert ledger.free(at(8)) == 1


def test_a_delivery_before_what_is_taken_later_leaves_the_stock_free() -> None:
    ledger = Ledger(3, [(at(10), 2)])
    ledger.take(at(12), 2)
    assert ledger.free(at(8)) == 3


def test_a_delivery_is_there_from_its_own_moment_on() -> None:
    ledger = Ledger(0, [(at(10), 2)])
    assert (ledger.free(at(9)), ledger.free(at(10))) == (0, 2)


def test_nothing_is_free_where_more_is_taken_than_there_is() -> None:
    ledger = Ledger(1)
    ledger.take(at(12), 2)
    assert ledger.free(at(8)) == 0


def test_what_is_given_back_is_free_again() -> None:
    ledger = Ledger(1)
    ledger.take(at(12), 1)
    ledger.give_back(at(12), 1)
    assert ledger.free(at(8)) == 1


def test_the_first_moment_after_which_enough_is_free_is_a_delivery() -> None:
    ledger = Ledger(0, [(at(10), 1), (at(14), 1)])
    assert ledger.first_free(at(8), 1) == at(10)
    assert ledger.first_free(at(8), 2) == at(14)
    assert ledger.first_free(at(8), 3) is None


def test_a_copy_changes_on_its_own() -> None:
    ledger = Ledger(2)
    ledger.copied().take(at(8), 2)
    assert ledger.free(at(8)) == 2
