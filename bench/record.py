"""What one run of a solver came to: the same record for published instances, generated days and comparisons."""

from __future__ import annotations

from dataclasses import dataclass

OURS = "dispatch"
"""The name of the engine itself among the solvers."""

ALL_RULES = "all"
"""The name of the set of all rules of a document."""

DOCUMENTS = "documents"
"""The family of problem documents that stand for themselves."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """One run; what is not given is that of a run whose plan the engine rejected.

    Attributes
    ----------
    seconds
        Of the search.
    cost
        Of the plan: in the family's measure and of what is planned alone where the engine answers by all rules, else in
        the document's currency with what is left out at its price. None where the engine rejected its own plan.
    bks, gap_pct
        The best known cost, None where there is none, and by how many percent the cost is above it where everything is
        planned by all rules. Else above what the best peer's plans cost on average under the same rules in the
        same time; below zero, the plan is cheaper than that. None where there is neither.
    bound_gap_pct
        By how many percent of its cost the plan is at most above the best possible one, as the engine proves.
    violations
        Rules broken, by the engine's checker and by the family's judge together; ``faults`` says which.
    unplanned
        Requests that are not served.
    iterations
        Of the search, None where a peer does not tell.
    peak_mb
        The most memory that the process held, in MiB.
    routes
        How many vehicles or technicians leave.
    rules, switched_off
        Under which rules, and in words what of the document's they leave out.
    tours
        The numbers of vehicles, each followed by the nodes it serves in order; 0 among them is a restock at the depot.
    note
        A setting that was chosen along the way.
    unavoidable
        What every plan costs: the price of the calls that nobody can serve.
    stated_cost
        What the solver itself thinks that its plan costs; where it is equal to ``cost``, its model is the same as ours.
    cost_all_rules
        What the same visits in the same order cost when all rules of the document count; None where these are not
        enough to say where parts come from.
    rejections, value_of_information_pct
        Of a day on which requests came in: those that were never served, and by how many percent the executed cost is
        above that of the same board where all were known at the start.
    """

    instance: str
    family: str = DOCUMENTS
    seconds: float
    cost: float | None = None
    bks: float | None = None
    gap_pct: float | None = None
    bound_gap_pct: float | None = None
    violations: int
    unplanned: int = 0
    iterations: int | None = 0
    peak_mb: float
    seed: int
    routes: int = 0
    time_limit: float
    threads: int = 1
    solver: str = OURS
    rules: str = ALL_RULES
    switched_off: tuple[str, ...] = ()
    note: str = ""
    unavoidable: float | None = None
    stated_cost: float | None = None
    cost_all_rules: float | None = None
    rejections: int | None = None
    value_of_information_pct: float | None = None
    faults: tuple[str, ...] = ()
    tours: tuple[tuple[int, ...], ...] = ()
