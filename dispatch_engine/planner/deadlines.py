"""When calls are to be begun and completed, in the solver's seconds; of a call that stays the same, worked out once."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from dispatch_engine.model.effective import response_of, restore_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.contracts import Contract
    from dispatch_engine.model.effective import Deadline
    from dispatch_engine.model.problem import ProblemDocument
    from dispatch_engine.planner.timeline import Timeline


class Due(NamedTuple):
    """By when a call is to be begun and completed; None where nothing was agreed."""

    response_s: int | None
    restore_s: int | None


class Deadlines:
    """The deadlines of one document and of later states of it with the same contracts and policy."""

    def __init__(self, problem: ProblemDocument, timeline: Timeline) -> None:
        self._contracts: Mapping[str, Contract] = {each.id: each for each in problem.contracts}
        self._policy, self._timeline = problem.policy, timeline
        self._known: dict[str, tuple[Call, Due]] = {}

    def of(self, call: Call) -> Due:
        """Return the deadlines of a call."""
        known = self._known.get(call.id)
        if known is None or known[0] is not call:
            known = self._known[call.id] = call, self._due(call)
        return known[1]

    def _due(self, call: Call) -> Due:
        contract = None if call.contract is None else self._contracts.get(call.contract)
        return Due(*(self._seconds(each(call, contract, self._policy)) for each in (response_of, restore_of)))

    def _seconds(self, deadline: Deadline | None) -> int | None:
        return None if deadline is None else self._timeline.seconds(deadline.at)
