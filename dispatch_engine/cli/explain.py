"""`dispatch explain`: why a call is where it is in a plan, or why it is left out."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from dispatch_engine.cli.options import Plan, PolicyFile, Problem, TravelChoice
from dispatch_engine.cli.outputs import require_inputs_apart
from dispatch_engine.cli.overrides import load_changed_problem
from dispatch_engine.cli.warmup import compile_if_cold
from dispatch_engine.missing_words import holder_words

if TYPE_CHECKING:
    from dispatch_engine.model.missing_parts import MissingParts
    from dispatch_engine.planner.explaining import Explanation, Option

CallId = Annotated[str, typer.Option("--call", metavar="ID", help="The call in question.")]


def explain(problem: Problem, plan: Plan, call: CallId, policy: PolicyFile = None, travel: TravelChoice = None) -> None:
    """Explain a call of a plan: what each shift would add to the cost if it took it, or the rule that forbids it.

    Every line is proven by putting the call into the routes as they are. Where the plan was made with --policy or
    --travel, say so here too.
    """
    from dispatch_engine.formats.documents import load_plan
    from dispatch_engine.planner.explaining import explain as find_explanation
    from dispatch_engine.travel.open import open_travel

    require_inputs_apart(problem, plan, policy)
    document = load_changed_problem(problem, policy, travel)
    stated = load_plan(plan)
    source = open_travel(document.travel, Path(problem).parent)
    compile_if_cold()
    found = find_explanation(document, stated, call, source)
    typer.echo("\n".join(lines(found, document.currency)))


def lines(found: Explanation, currency: str) -> Iterator[str]:
    """Yield what is said of a call: where it is, then a line for each shift, the cheapest first."""
    if found.is_fact:
        yield f"call {found.call} has happened on shift {found.shift} of {found.technician}; there is nothing to decide"
        return
    where = "is unplanned" if found.shift is None else f"is planned on shift {found.shift} of {found.technician}"
    yield f"call {found.call} {where}; leaving it out costs {found.leaving_out:,.2f} {currency}"
    for option in found.options:
        mark = "*" if option.is_present else " "
        yield f"{mark} {option.technician} {option.shift}: {_outcome(option, currency)}"
    if found.missing is not None:
        yield from _missing(found.missing)


def _missing(missing: MissingParts) -> Iterator[str]:
    """Yield what lacks and who has it, then the ways to get it, then the changes."""
    for part in missing.parts:
        holders = [holder_words(each, f"{each.since:%d %b %H:%M}" if each.since else None) for each in part.holders]
        name = f"part {part.part}" + (f" in place of {part.stands_in_for}" if part.stands_in_for else "")
        yield f"{name}: {'; '.join(holders) or 'nobody has it'}"
    yield from (f"- {way.message}" for way in missing.ways)
    yield from (f"- {change.message}" for change in missing.changes)


def _outcome(option: Option, currency: str) -> str:
    if option.added is None:
        return f"{option.code}: {option.message}"
    return f"{option.added:+,.2f} {currency} {option.message}"
