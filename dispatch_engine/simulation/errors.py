"""What can be wrong with what a simulation is asked for.

DispatchError
└── SimulationError                  simulation
    ├── ChancesOrderError            chances_order
    ├── CallTemplateMissingError     call_template_missing
    ├── CallsHistoryShortError       calls_history_short
    ├── HistoryColumnsError          history_columns
    └── SimulatedPolicyUnknownError  simulated_policy_unknown
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Iterable


class SimulationError(DispatchError):
    """Days cannot be simulated as they are asked for."""

    code = "simulation"


class ChancesOrderError(SimulationError):
    """The least value of a distribution is above its largest."""

    code = "chances_order"

    def __init__(self, least: object, most: object) -> None:
        super().__init__(
            f"drives take from {least} to {most} times as long, and the first of the two is the smaller one",
            pointer="/travel/least",
            value=least,
            advice="Maybe they were swapped.",
        )


class CallTemplateMissingError(SimulationError):
    """Nothing says what a call of some kind needs: no call of the problem document is of that kind."""

    code = "call_template_missing"

    def __init__(self, kind: str | None, known: Iterable[str]) -> None:
        what = "a call without a kind" if kind is None else f"a call of kind {kind!r}"
        there = ", ".join(sorted(known)) or "none"
        super().__init__(
            f"{what} comes in, and no call of the problem document says how long it takes and what it needs",
            pointer="/calls",
            value=kind,
            advice=f"Maybe add one of that kind as an example; the kinds are: {there}.",
        )


class CallsHistoryShortError(SimulationError):
    """A history of calls covers fewer days than are needed."""

    code = "calls_history_short"

    def __init__(self, found: int, needed: int, what: str) -> None:
        super().__init__(
            f"the history has {found} {what}, and {needed} are needed",
            value=found,
            advice="Maybe ask for fewer, use a longer history, or draw days from its rates with --fit.",
        )


class HistoryColumnsError(SimulationError):
    """What is said of the columns of a history of calls cannot be read."""

    code = "history_columns"

    def __init__(self, text: str, known: Iterable[str]) -> None:
        super().__init__(
            f"{text!r} does not say which heading a column has; it is COLUMN=HEADING, with commas between",
            value=text,
            advice=f"Maybe one of {', '.join(known)} before the equals sign.",
        )


class SimulatedPolicyUnknownError(SimulationError):
    """There is no policy of this name to simulate."""

    code = "simulated_policy_unknown"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        super().__init__(
            f"there is no policy {name!r} to simulate", value=name, advice=f"Maybe one of {', '.join(known)}."
        )
