"""The figures of a plan that are compared."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner import PlanOptions, effective_options, plan
from dispatch_engine.whatif.figures.catalogue import FIGURES, figure_of, figures_of, in_order
from dispatch_engine.whatif.figures.figure import GROUPS
from dispatch_engine.whatif.figures.work import gini, workload_shares
from tests.dispatch_engine.whatif.sample import at, changed, day

PROVIDER = {
    "id": "P-1",
    "home": {"lat": 52.5, "lon": 13.4},
    "skills": {"boiler": 1},
    "prices": {"callout": 80},
    "shifts": [{"id": "mon", "start": at(8), "end": at(16)}],
}
SPECIAL = {"id": "C-3", "place": {"lat": 52.5, "lon": 13.41}, "duration": 600, "skills": {"boiler": 1}, "priority": 1}
LACKING = {"id": "C-4", "place": {"lat": 52.5, "lon": 13.41}, "duration": 600, "parts": {"KIT-9": 1}}


@pytest.fixture(scope="module")
def solved() -> tuple[ProblemDocument, PlanDocument]:
    problem = changed(
        day(),
        {"type": "add_provider", "provider": PROVIDER},
        {"type": "add_call", "call": SPECIAL},
        {"type": "add_call", "call": LACKING},
    )
    return problem, plan(problem, effective_options(PlanOptions(iterations=50), problem.policy))


def test_every_value_belongs_to_a_figure_with_a_title(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    found = figures_of(*solved)
    assert in_order(set(found))[:3] == ["calls", "planned", "unplanned"]
    for key in found:
        figure = figure_of(key)
        assert figure.group in GROUPS
        assert "{" not in figure.title_of(key)
    assert {figure_of(key).key for key in found} == {figure.key for figure in FIGURES} - {
        "restore_met",  # no call has a restore deadline
        "robustness",  # nothing is said to vary
        "reserve_missing_h",  # no territory has a reserve
        "reserve_missing_h.territory",
    }


def test_what_is_missing_of_reserves_is_summed_up_by_territory() -> None:
    reserves = [{"start": at(8), "end": at(9), "hours": 3}, {"start": at(9), "end": at(10), "hours": 3}]
    change = {"type": "set_reserve", "territory": "north", "reserve": reserves}
    problem = changed(day(calls=[]), change)
    found = figures_of(problem, plan(problem, effective_options(PlanOptions(iterations=1), problem.policy)))
    assert (found["reserve_missing_h"], found["reserve_missing_h.territory.north"]) == (4, 4)
    assert (
        figure_of("reserve_missing_h.territory.north").title_of("reserve_missing_h.territory.north").endswith("north")
    )


def test_calls_are_counted_by_priority_and_contract(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    found = figures_of(*solved)
    assert (found["calls"], found["planned"], found["unplanned"]) == (4, 3, 1)
    assert (found["planned.priority.1"], found["planned.priority.3"], found["unplanned.priority.3"]) == (1, 2, 1)
    assert (found["planned.contract.gold"], found["unplanned.contract.none"]) == (1, 1)


def test_a_call_left_out_for_want_of_a_part_is_a_stock_out(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    assert figures_of(*solved)["stock_outs"] == 1


def test_what_is_paid_to_providers_is_the_cost_of_their_work(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    found, (_, document) = figures_of(*solved), solved
    (theirs,) = [route for route in document.routes if route.technician == "P-1"]
    terms = [theirs.costs.get(term, Decimal(0)) for term in ("wage", "overtime", "distance", "callout")]
    assert found["provider_visits"] == 1
    assert found["provider_spend"] == pytest.approx(float(sum(terms)))
    assert found["provider_spend"] > 80


def test_the_terms_add_up_to_the_cost(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    found = figures_of(*solved)
    assert sum(value for key, value in found.items() if key.startswith("cost.term.")) == pytest.approx(found["cost"])


def test_technicians_with_a_shift_count_for_the_evenness_of_work(solved: tuple[ProblemDocument, PlanDocument]) -> None:
    problem, document = solved
    assert len(workload_shares(problem, document)) == 2
    idle = changed(problem, {"type": "absence", "technician": "T-2"})
    assert len(workload_shares(idle, document)) == 1


@given(st.lists(st.floats(0, 100), min_size=1, max_size=9))
def test_gini_is_half_the_mean_difference_by_the_mean(values: list[float]) -> None:
    mean = sum(values) / len(values)
    differences = [abs(a - b) for a in values for b in values]
    expected = sum(differences) / len(values) ** 2 / (2 * mean) if mean > 1e-9 else None
    if expected is not None:
        assert gini(values) == pytest.approx(expected, abs=1e-9)


def test_gini_of_nothing_is_even() -> None:
    assert gini([0.0, 0.0]) == 0
