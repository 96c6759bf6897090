"""Random numbers: evenly spread, the same for the same seed and stream, others for any other."""

import numpy as np
import pytest

from solver.search import rng as kernels
from solver.search.rng import new_rng
from tests.solver.search.calling import from_python

below, uniform = from_python(kernels.below), from_python(kernels.uniform)


def drawn(seed: int, stream: int = 0, count: int = 5000) -> list[float]:
    rng = new_rng(seed, stream)
    return [float(uniform(rng)) for _ in range(count)]


def test_the_same_seed_and_stream_give_the_same_numbers() -> None:
    assert drawn(7, 3, 50) == drawn(7, 3, 50)


def test_seeds_and_streams_give_other_numbers() -> None:
    sequences = [tuple(drawn(seed, stream, 3)) for seed in range(-5, 20) for stream in range(8)]
    assert len(set(sequences)) == len(sequences)


@pytest.mark.parametrize("seed", [0, 1, -1, 2**63, 10**30])
def test_numbers_are_spread_evenly_from_zero_to_below_one(seed: int) -> None:
    numbers = drawn(seed)
    assert 0.0 <= min(numbers) < 0.01
    assert 0.99 < max(numbers) < 1.0
    counts = np.histogram(numbers, 10, (0, 1))[0]
    assert counts.min() > 400
    assert counts.max() < 600


def test_streams_do_not_follow_each_other() -> None:
    one, other = np.array(drawn(1, 0)), np.array(drawn(1, 1))
    assert abs(np.corrcoef(one, other)[0, 1]) < 0.05
    assert abs(np.corrcoef(one[1:], one[:-1])[0, 1]) < 0.05


def test_below_draws_every_number_below_and_no_other() -> None:
    rng = new_rng(3)
    assert {int(below(rng, 6)) for _ in range(300)} == set(range(6))
    assert {int(below(rng, 1)) for _ in range(20)} == {0}
