"""Which labels are kept: one gives way to another at the same site that is no later, no dearer and forbids no more."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.bound.label import COST, DISTANCE, DRIVING, IS_GONE, NEXT, SITE, TAKEN, TIME, VISITS, WAITED, WORKLOAD
from solver.bound.stepping import fairness_floor, work_wage
from solver.columns import FAIRNESS_END, FAIRNESS_FIRST, HARD_END, MAX_DISTANCE, MAX_DRIVING, MAX_VISITS, NO_LIMIT
from solver.jit import inlined, inner

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from solver.problem import Ints
    from solver.tables import Tables


@inner
def _is_no_dearer(tables: Tables, label: Ints, s: int, a: int, b: int) -> bool:
    """Tell whether label ``a`` costs no more than ``b`` whatever work follows both."""
    shift = tables.shift
    if shift[s, FAIRNESS_FIRST] == shift[s, FAIRNESS_END]:
        return label[a, COST] <= label[b, COST] and label[a, WAITED] <= label[b, WAITED]
    # The price of workload is convex: it differs most at once, or after all the work for which there is time.
    more = 0 if label[a, WORKLOAD] < label[b, WORKLOAD] else shift[s, HARD_END] - label[b, TIME]
    fairer = fairness_floor(tables, s, label[b, WORKLOAD] + more) - fairness_floor(tables, s, label[a, WORKLOAD] + more)
    if label[a, COST] - label[b, COST] > fairer:
        return False
    return work_wage(shift, s) == 0 or label[a, WAITED] - label[b, WAITED] <= fairer


@inlined
def _dominates(tables: Tables, label: Ints, memory: NDArray[np.uint64], s: int, a: int, b: int) -> bool:
    """Tell whether all that can follow label ``b`` can follow ``a``, at no higher cost."""
    shift = tables.shift
    if label[a, TIME] > label[b, TIME] or label[a, TAKEN] < label[b, TAKEN]:
        return False
    for word in range(memory.shape[1]):
        if memory[a, word] & ~memory[b, word] != np.uint64(0):
            return False
    if shift[s, MAX_VISITS] < NO_LIMIT and label[a, VISITS] > label[b, VISITS]:
        return False
    if shift[s, MAX_DRIVING] < NO_LIMIT and label[a, DRIVING] > label[b, DRIVING]:
        return False
    if shift[s, MAX_DISTANCE] < NO_LIMIT and label[a, DISTANCE] > label[b, DISTANCE]:
        return False
    return _is_no_dearer(tables, label, s, a, b)


@inner
def is_kept(tables: Tables, label: Ints, memory: NDArray[np.uint64], first: Ints, s: int, x: int) -> bool:
    """Put label ``x`` among those at its site unless one dominates it; those that it dominates are gone."""
    i, before = label[x, SITE], -1
    at = first[i]
    while at >= 0:
        if _dominates(tables, label, memory, s, at, x):
            return False
        after = label[at, NEXT]
        if _dominates(tables, label, memory, s, x, at):
            label[at, IS_GONE] = 1
            if before < 0:
                first[i] = after
            else:
                label[before, NEXT] = after
        else:
            before = at
        at = after
    label[x, NEXT] = first[i]
    first[i] = x
    return True
