"""Limits of effort that are made of others."""

from dataclasses import dataclass

from solver.stop import EarlyEnd, FirstOf, IterationLimit, next_slice, paced


@dataclass
class Seconds:
    """A limit of ten seconds of which some are left."""

    left_s: float = 10.0

    def fraction(self, iterations: int) -> float:
        return 1.0 - self.left_s / 10.0

    def seconds_left(self) -> float | None:
        return self.left_s


def test_what_ends_early_leaves_its_share_of_the_time() -> None:
    time = Seconds()
    early = EarlyEnd(time, 0.4)
    assert (early.fraction(0), early.seconds_left()) == (0.0, 6.0)
    time.left_s = 7.0
    assert (early.fraction(0), early.seconds_left()) == (0.5, 3.0)
    time.left_s = 3.0
    assert (early.fraction(0), early.seconds_left()) == (1.0, 0.0)


def test_what_ends_early_ends_at_a_limit_of_iterations_as_it_is() -> None:
    early = EarlyEnd(IterationLimit(10), 0.4)
    assert (early.fraction(5), early.seconds_left()) == (0.5, None)
    both = EarlyEnd(FirstOf([IterationLimit(10), Seconds()]), 0.4)
    assert (both.fraction(8), both.seconds_left()) == (0.8, 6.0)


def test_what_ends_early_ends_at_once_where_there_is_no_time() -> None:
    assert EarlyEnd(Seconds(0.0), 0.4).fraction(0) == 1.0


def test_a_slice_ends_with_the_limit_of_iterations_and_is_as_fine_as_is_asked_for() -> None:
    assert next_slice(IterationLimit(1000), 0, 100) == 100
    assert next_slice(IterationLimit(1000), 950, 100) == 50
    assert next_slice(IterationLimit(1000), 0, 100, finest=0.03) == 25


def test_a_slice_follows_how_long_the_last_one_took_and_grows_by_steps() -> None:
    assert paced(100, took_s=0.02, wanted_s=0.01) == 50
    assert paced(100, took_s=0.0, wanted_s=0.01) == 400
    assert paced(1, took_s=5.0, wanted_s=0.01) == 1
