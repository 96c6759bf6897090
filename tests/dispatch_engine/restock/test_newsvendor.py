"""How many pieces a van should carry."""

from collections.abc import Mapping
from itertools import product
from math import inf

import numpy as np
import pytest

from dispatch_engine.model.room import Size, sizes_of
from dispatch_engine.model.stock import Part
from dispatch_engine.model.technicians import VanCapacity
from dispatch_engine.restock.demand import empirical, fitted
from dispatch_engine.restock.newsvendor import MAX_RATIO, Candidate, Prices, loadout
from dispatch_engine.restock.room import Room

MEANS = {"A": 2.0, "B": 0.7, "C": 4.0, "D": 0.1}


def candidates(level: float = 0.99) -> dict[str, Candidate]:
    return {
        part: Candidate(demand, demand.quantile(level))
        for part, demand in ((p, fitted(m, m)) for p, m in MEANS.items())
    }


def sizes(**slots: int) -> dict[str, Size]:
    return sizes_of(Part(id=part, slots=n) for part, n in slots.items())


def room(slots: int, of_parts: Mapping[str, Size]) -> Room:
    return Room(VanCapacity(slots=slots), of_parts, {})


def fill(of: Mapping[str, Candidate], pieces: Mapping[str, int]) -> float:
    return sum(candidate.demand.expected_fill(pieces[part]) for part, candidate in of.items())


def best_fill(of: Mapping[str, Candidate], slots: int, size: Mapping[str, int]) -> float:
    """Return the most that any loadout within the room fills, by trying all."""
    best = -inf
    for pieces in product(*(range(candidate.wanted + 1) for candidate in of.values())):
        chosen = dict(zip(of, pieces, strict=True))
        if sum(n * size[part] for part, n in chosen.items()) <= slots:
            best = max(best, fill(of, chosen))
    return best


def test_all_that_is_wanted_is_carried_where_it_fits() -> None:
    of = candidates()
    wanted = {part: candidate.wanted for part, candidate in of.items()}
    assert loadout(of, room(sum(wanted.values()), sizes(A=1, B=1, C=1, D=1))) == wanted


@pytest.mark.parametrize("slots", range(0, 18))
def test_with_pieces_of_one_size_no_other_loadout_fills_more(slots: int) -> None:
    of, size = candidates(), {"A": 1, "B": 1, "C": 1, "D": 1}
    assert fill(of, loadout(of, room(slots, sizes(**size)))) == pytest.approx(best_fill(of, slots, size))


@pytest.mark.parametrize("slots", range(0, 40, 3))
def test_with_pieces_of_several_sizes_less_than_one_piece_is_lost(slots: int) -> None:
    of, size = candidates(), {"A": 3, "B": 1, "C": 2, "D": 5}
    found = fill(of, loadout(of, room(slots, sizes(**size))))
    assert best_fill(of, slots, size) - 1 < found <= best_fill(of, slots, size) + 1e-9


def test_pieces_that_take_up_no_room_are_all_carried() -> None:
    of = candidates()
    assert loadout(of, room(0, sizes(A=1, B=1, C=1)))["D"] == of["D"].wanted


def test_a_small_piece_is_carried_where_a_large_one_does_not_fit_any_more() -> None:
    of = {part: Candidate(fitted(5.0, 5.0), 1) for part in "AB"}
    assert loadout(of, room(5, sizes(A=4, B=3))) == {"A": 0, "B": 1}
    assert loadout(of, room(4, sizes(A=5, B=3))) == {"A": 0, "B": 1}


def test_what_costs_more_when_it_is_missing_is_carried_first() -> None:
    of = {"A": Candidate(fitted(1.0, 1.0), 1), "B": Candidate(fitted(0.9, 0.9), 1, missing=2.0)}
    assert loadout(of, room(1, sizes(A=1, B=1))) == {"A": 0, "B": 1}


def test_gains_never_rise_from_piece_to_piece() -> None:
    gains = Candidate(empirical(np.array([0, 3, 3, 9])), 9, missing=150.0, kept=4.0).gains()
    assert (np.diff(gains) <= 0).all()


def test_the_newsvendors_quantity_is_where_the_next_piece_gains_nothing() -> None:
    prices = Prices(missing=150.0, holding_rate=0.25)
    kept, demand = prices.kept(4000.0, 1), fitted(0.6, 0.6)
    wanted = demand.quantile(prices.critical_ratio(4000.0, 1))
    gains = Candidate(demand, wanted + 1, prices.missing, kept).gains()
    assert gains[wanted - 1] > 0 >= gains[wanted]


def test_a_missing_piece_that_costs_nothing_is_not_carried() -> None:
    assert Prices(missing=0.0, holding_rate=0.25).critical_ratio(10.0, 1) == 0.0


def test_a_piece_that_costs_nothing_to_keep_has_the_highest_target() -> None:
    assert Prices(missing=150.0, holding_rate=0.25).critical_ratio(0.0, 1) == MAX_RATIO
