"""Breaks in order, and facts that follow each other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from solver.errors import ProblemError
from solver.problem import NONE
from solver.validation.require import require

if TYPE_CHECKING:
    from solver.problem import Bools, Problem


def check_shifts(problem: Problem, known: Problem | None = None) -> None:
    """Check ends, breaks and facts of every shift; of breaks that ``known`` has too only which are behind."""
    shifts = problem.shifts
    rule = "regular end is not before the start"
    require("shifts.regular_end_s", shifts.regular_end_s >= shifts.start_s, shifts.regular_end_s, rule, "swap them")
    names = ("break_earliest_s", "break_latest_s")
    if known is None or any(getattr(shifts, name) is not getattr(known.shifts, name) for name in names):
        _check_breaks(problem)
    _check_breaks_behind(problem)
    _check_facts(problem)


def _check_breaks(problem: Problem) -> None:
    shifts = problem.shifts
    opens, closes, owner = shifts.break_earliest_s, shifts.break_latest_s, shifts.break_earliest_s.owner
    wrong = opens.values > closes.values
    same_shift = owner[1:] == owner[:-1]
    for times in (opens.values, closes.values):
        wrong[1:] |= same_shift & (times[1:] < times[:-1])
    if wrong.any():
        s = int(owner[np.flatnonzero(wrong)[0]])
        rule = "breaks are in order of earliest and of latest start, and none of the windows ends before it starts"
        found = list(zip(opens.row(s), closes.row(s), strict=True))
        raise ProblemError("shifts.break_earliest_s", (s,), found, rule, "sort them")


def _check_breaks_behind(problem: Problem) -> None:
    shifts = problem.shifts
    taken, departed = shifts.breaks_taken, shifts.departed_s != NONE
    n_breaks = np.diff(shifts.break_earliest_s.start)
    require("shifts.breaks_taken", taken <= n_breaks, taken, "the shift has that many breaks", "a break is missing")
    rule = "breaks are behind only on a shift that has departed"
    require("shifts.breaks_taken", departed | (taken == 0), taken, rule, "the departure was not recorded")


def _check_facts(problem: Problem) -> None:
    shifts = problem.shifts
    visits, counts = np.unique(shifts.fact_visit.values, return_counts=True)
    if (counts > 1).any():
        twice = int(visits[counts > 1][0])
        raise ProblemError("shifts.fact_visit", (), f"naming visit {twice} twice", "a visit is a fact once", "drop one")
    resumes = shifts.resume_place != NONE
    rule = "resume place and time are given together"
    require("shifts.resume_s", resumes == (shifts.resume_s != NONE), shifts.resume_s, rule, "one is missing")
    begun = resumes | (np.diff(shifts.fact_visit.start) > 0)
    rule = "a shift with facts or a resume point has its recorded departure"
    require("shifts.departed_s", ~begun | (shifts.departed_s != NONE), shifts.departed_s, rule, "take the first report")
    for s in np.flatnonzero(begun & _is_out_of_order(problem)).tolist():
        _check_order_of_facts(problem, s)


def _is_out_of_order(problem: Problem) -> Bools:
    """Tell for each shift whether its departure, facts and resume time do not follow each other."""
    shifts = problem.shifts
    facts, starts, ends = shifts.fact_visit, shifts.fact_start_s.values, shifts.fact_end_s.values
    owner, wrong = facts.owner, shifts.fact_start_s.values > shifts.fact_end_s.values
    if len(owner):
        is_first = np.append(True, owner[1:] != owner[:-1])
        since = np.where(is_first, shifts.departed_s[owner], np.append(0, ends[:-1]))
        wrong = wrong | (starts < since)
    free_s = shifts.departed_s.copy()
    has_facts = np.diff(facts.start) > 0
    free_s[has_facts] = ends[facts.start[1:][has_facts] - 1]
    found: Bools = (shifts.resume_s != NONE) & (shifts.resume_s < free_s)
    found[owner[wrong]] = True
    return found


def _check_order_of_facts(problem: Problem, s: int) -> None:
    """Raise for the first of a departure, facts and a resume time that does not follow the one before."""
    shifts = problem.shifts
    clock_s = int(shifts.departed_s[s])
    rule = "departure, facts in order, and resume time follow each other"
    for start_s, end_s in zip(shifts.fact_start_s.row(s), shifts.fact_end_s.row(s), strict=True):
        if not clock_s <= start_s <= end_s:
            found = f"with a fact from {start_s} to {end_s} after {clock_s}"
            raise ProblemError("shifts.fact_start_s", (s,), found, rule, "a report came with a wrong time")
        clock_s = end_s
    resume_s = int(shifts.resume_s[s])
    if NONE != resume_s < clock_s:
        raise ProblemError(
            "shifts.resume_s", (s,), resume_s, f"{rule} (not before {clock_s})", "it is an older position"
        )
