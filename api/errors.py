"""What can go wrong with a request, apart from what the engine says of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REQUESTS
from dispatch_engine.catalogue.faults import shown
from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault


PLANNER_AGAIN_S = 5.0
"""After so long another process has most likely loaded the solver and taken up its boards."""


class RequestError(DispatchError):
    """A request cannot be answered as it is; what the code means stands in the catalogue.

    Parameters
    ----------
    code
        One of the catalogue's codes of requests.
    value
        What was found.
    faults
        What is wrong, one by one, where there is more to say.
    """

    def __init__(self, code: str, value: object = None, faults: tuple[Fault, ...] = ()) -> None:
        entry = REQUESTS[code]
        rule = entry.rule.removesuffix(".")
        super().__init__(rule if value is None else f"{rule}: {shown(value)}", value=value, advice=entry.advice)
        self.code = code
        self.faults = faults


class PlannerDiedError(RequestError):
    """The process that plans a board ended before it had answered."""

    def __init__(self, exit_code: int | None) -> None:
        super().__init__("planner_died", exit_code)
        self.retry_after_s = PLANNER_AGAIN_S
