"""Uncertain needs: which cases of a call can be covered, what that takes, and the expected price of a second visit.

The one place of rounding: a probability counts to the millionth, and the expected price, the price times what is not
covered, to the tick (1/18,000,000 of the currency unit), a half up.
"""

from __future__ import annotations

from collections import Counter
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import revisit_price_of
from dispatch_engine.planner.money import ticks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from dispatch_engine.model.calls import Call, PartsCase
    from dispatch_engine.model.policy import Policy

MILLION = 1_000_000
MAX_CASES_COMBINED = 5
"""So many cases with parts are combined in every way (32 of them). Of more, each alone, and the most probable together:
the first two, the first three, and so on."""


class Coverage(NamedTuple):
    """Some cases of a call, with the pieces that they take besides those kept for it, and those kept that they use."""

    covered: tuple[int, ...]
    wanted: Mapping[str, int]
    kept: Mapping[str, int]
    revisit_ticks: int


def coverages_of(call: Call, kept: Mapping[str, int], policy: Policy) -> list[Coverage]:
    """Return what can be covered, each set of cases once; first what needs nothing but what is needed for certain."""
    found: dict[tuple[int, ...], Coverage] = {}
    for cases in _combinations(call):
        coverage = _coverage(call, cases, kept, policy)
        found.setdefault(coverage.covered, coverage)
    return list(found.values())


def revisit_ticks(call: Call, covered: Iterable[int], policy: Policy) -> int:
    """Return the expected price of a second visit where only these cases are covered."""
    return (ticks(revisit_price_of(call, policy)) * uncovered_millionths(call, covered) + MILLION // 2) // MILLION


def uncovered_millionths(call: Call, covered: Iterable[int]) -> int:
    """Return the probability that another case than the covered ones holds, in millionths."""
    mended = set(covered)
    return sum(round(case.probability * MILLION) for k, case in enumerate(call.parts_cases) if k not in mended)


def first_time_fix(call: Call, covered: Iterable[int]) -> float | None:
    """Return the probability that one visit is enough; None where the call has no cases."""
    return max(0, MILLION - uncovered_millionths(call, covered)) / MILLION if call.parts_cases else None


def most_of(cases: Iterable[PartsCase]) -> Counter[str]:
    """Return for each part the most that one of the cases needs, on top of what is needed for certain."""
    most: Counter[str] = Counter()
    for case in cases:
        most |= Counter(case.parts)
    return most


def _combinations(call: Call) -> Iterator[tuple[int, ...]]:
    """Yield sets of cases, none first."""
    cases = [k for k, case in enumerate(call.parts_cases) if case.parts]
    yield ()
    if len(cases) <= MAX_CASES_COMBINED:
        for size in range(1, len(cases) + 1):
            yield from combinations(cases, size)
        return
    likely = sorted(cases, key=lambda k: -call.parts_cases[k].probability)
    yield from ((k,) for k in likely)
    yield from (tuple(likely[:size]) for size in range(2, len(likely) + 1))


def _coverage(call: Call, cases: Iterable[int], kept: Mapping[str, int], policy: Policy) -> Coverage:
    """Return what these cases take; every other case that the same pieces mend is covered too."""
    certain = Counter(call.parts)
    at_hand = (certain + most_of(call.parts_cases[k] for k in cases)) | Counter(kept)
    covered = tuple(k for k, case in enumerate(call.parts_cases) if certain + Counter(case.parts) <= at_hand)
    needed = certain + most_of(call.parts_cases[k] for k in covered)
    price = revisit_ticks(call, covered, policy)
    return Coverage(covered, needed - Counter(kept), needed & Counter(kept), price)
