"""`dispatch check`: whether a plan keeps every rule of its problem."""

from __future__ import annotations

from pathlib import Path

import typer

from dispatch_engine.cli.exit_codes import ExitCode
from dispatch_engine.cli.options import Plan, PolicyFile, Problem, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.terminal import say
from dispatch_engine.listing import counted


def check(problem: Problem, plan: Plan, policy: PolicyFile = None, travel: TravelChoice = None) -> None:
    """Check a plan against its problem: every rule, every time, every cost, read from scratch.

    Writes a line for each rule that is broken and ends with exit code 4, or with 0 where there is none. Where the plan
    was made with --policy or --travel, say so here too.
    """
    from dispatch_engine.formats.documents import load_plan
    from dispatch_engine.planner.judge import judge
    from dispatch_engine.travel.open import open_travel

    require_inputs_apart(problem, plan, policy)
    document = load_changed_problem(problem, policy, travel)
    stated = load_plan(plan)
    verdict = judge(document, stated, open_travel(document.travel, Path(problem).parent))
    if not verdict.is_same_problem:
        say("warning: the plan was made for another document or with other options; it is checked against this one")
    for finding in verdict.findings:
        typer.echo(f"{finding.code}: {finding.message}")
    if not verdict.accepted:
        say(f"the plan breaks {counted(len(verdict.findings), 'rule')}")
        raise typer.Exit(ExitCode.CHECK)
    kpis = stated.kpis
    calls, routes = counted(kpis.calls, "call"), counted(kpis.routes, "route")
    typer.echo(f"the plan keeps every rule: {kpis.planned} of {calls} on {routes}")
