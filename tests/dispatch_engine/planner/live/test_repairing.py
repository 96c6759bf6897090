"""Whatever happens on a day, a repair keeps every rule, and says the same as one for which all is worked out anew."""

from __future__ import annotations

import random
from pathlib import Path

import numpy as np
import pytest

from dispatch_engine.kpis import kpis_of
from dispatch_engine.model.plan import PlanDocument
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.planner import PlanOptions, effective_options, plan
from dispatch_engine.planner.judge import findings_of
from dispatch_engine.planner.live import LivePlanner, RunningPlan
from dispatch_engine.planner.translate import translate
from dispatch_engine.travel.open import open_travel
from dispatch_engine.travel.source import TravelSource
from solver.checker import check
from solver.tables import build_tables
from tests.dispatch_engine.planner.live.happenings import begun, happened

HAPPENINGS = 30
UPDATED = "dispatch_engine.planner.live.planner.updated"


def repaired_anew(planner: LivePlanner, running: RunningPlan, problem: ProblemDocument) -> RunningPlan:
    """Repair with nothing carried on."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(UPDATED, lambda *_: None)
        return planner.repair(running, problem)


def document_of(running: RunningPlan, source: TravelSource) -> PlanDocument:
    """Return the running plan as a plan document."""
    routes, unplanned = tuple(running.routes.values()), tuple(running.unplanned.values())
    problem = running.problem
    some = plan(problem, effective_options(PlanOptions(iterations=0), problem.policy), source=source)
    kpis = kpis_of(problem, routes, unplanned)
    return some.model_copy(update={"routes": routes, "unplanned": unplanned, "cost": running.cost, "kpis": kpis})


@pytest.mark.parametrize("seed", range(8))
def test_whatever_happens_a_repair_is_what_a_repair_from_scratch_is(seed: int) -> None:
    rng = random.Random(seed)
    problem = begun(rng)
    source = open_travel(problem.travel, Path.cwd())
    planner = LivePlanner(source, effective_options(PlanOptions(), problem.policy))
    running = planner.begin(problem)
    for number in range(HAPPENINGS):
        problem = happened(rng, problem, running.routes, number)
        before, running = running, planner.repair(running, problem)
        anew = repaired_anew(planner, before, problem)
        assert dict(running.routes) == dict(anew.routes)
        assert running.cost == anew.cost
        assert dict(running.unplanned) == dict(anew.unplanned)
        assert running.report == check(running.translation.solver_problem, running.solution)
        laid_out = build_tables(running.translation.solver_problem)
        for name, table in laid_out._asdict().items():
            assert np.array_equal(getattr(running.tables, name), table), name


@pytest.mark.parametrize("seed", range(8, 14))
def test_whatever_happens_the_plan_keeps_the_rules_and_states_its_sums_rightly(seed: int) -> None:
    rng = random.Random(seed)
    problem = begun(rng)
    source = open_travel(problem.travel, Path.cwd())
    planner = LivePlanner(source, effective_options(PlanOptions(), problem.policy))
    running = planner.begin(problem)
    for number in range(HAPPENINGS):
        problem = happened(rng, problem, running.routes, number)
        running = planner.repair(running, problem)
        if rng.random() < 0.1:
            running = planner.improve(running, lambda: False, 0.05) or running
        assert findings_of(translate(problem, source), document_of(running, source)) == ()
