"""The state of a visit from all that was said of it, in order. Nothing that is said later lowers what is reached."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from dispatch_engine.board.visit_status import ENDED, RANK, SENT

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from dispatch_engine.board.history import Said

NOTHING: Final[dict[str, Any]] = {
    "status": "new",
    "technician": None,
    "shift": None,
    "dispatched_at": None,
    "accepted_at": None,
    "departed_at": None,
    "arrival_expected_at": None,
    "started_at": None,
    "end_expected_at": None,
    "ended_at": None,
    "cancelled_at": None,
    "parts": {},
    "reason": None,
    "follow_up": None,
    "merged_into": None,
}
"""Fields of a visit that nothing was said of, besides who declined it."""


def replayed(said: Iterable[Said]) -> dict[str, Any]:
    """Return the fields of a visit's state that come of what was said of it."""
    replay = _Replay()
    for each in said:
        _RULES[each.kind](replay, each)
    return replay.fields | {"declined_by": tuple(replay.declined_by)}


class _Replay:
    """A visit while what was said of it is gone through."""

    def __init__(self) -> None:
        self.fields = dict(NOTHING)
        self.declined_by: list[str] = []

    @property
    def status(self) -> str:
        return str(self.fields["status"])

    @property
    def rank(self) -> int:
        return RANK[self.status]

    def is_by(self, said: Said) -> bool:
        return bool(self.fields["technician"] == said.technician)

    def reset(self) -> None:
        self.fields = dict(NOTHING)

    def take_over(self, said: Said) -> None:
        """Give the visit to who reports it, unless it is theirs already."""
        if not self.is_by(said):
            self.reset()
        self.fields |= {"technician": said.technician, "shift": said.shift}

    def sent(self, said: Said) -> None:
        if self.rank < RANK["en_route"]:
            self.take_over(said)
            if self.rank < RANK[said.kind]:
                self.fields["status"] = said.kind
            self.fields[f"{said.kind}_at"] = said.at

    def declined(self, said: Said) -> None:
        assert said.technician is not None
        if said.technician not in self.declined_by:
            self.declined_by.append(said.technician)
        if self.is_by(said) and self.rank < RANK["on_site"]:
            self.reset()

    def en_route(self, said: Said) -> None:
        if self.rank < RANK["on_site"]:
            is_again = self.status == "en_route" and self.is_by(said)
            self.take_over(said)
            self.fields |= {"status": "en_route", "parts": said.parts}
            if not is_again:
                self.fields |= {"departed_at": said.at, "arrival_expected_at": said.expected_at}
            elif said.expected_at is not None:
                self.fields["arrival_expected_at"] = said.expected_at

    def on_site(self, said: Said) -> None:
        if self.rank < RANK["on_site"] or self.status == "cancelled":
            self._begin(said)
        elif self.is_by(said) and self.status == "on_site":
            self.fields["end_expected_at"] = said.expected_at or self.fields["end_expected_at"]

    def ended(self, said: Said) -> None:
        if self.status in ENDED:
            self._correct(said)
            return
        if self.status != "on_site":
            self._begin(said)
        self.fields |= {"status": said.kind, "ended_at": max(said.at, self.fields["started_at"])}
        self.fields |= {"end_expected_at": None, "parts": {}, "reason": said.reason, "follow_up": said.follow_up}

    def left(self, said: Said) -> None:
        if self.is_by(said) and self.status == "en_route":
            self.reset()

    def recalled(self, said: Said) -> None:
        if self.status in SENT or self.status == "en_route":
            self.reset()

    def cancelled(self, said: Said) -> None:
        if self.status not in ENDED:
            self.fields |= {"status": "cancelled", "cancelled_at": said.at, "reason": said.reason, "parts": {}}
            self.fields |= {"merged_into": said.merged_into, "arrival_expected_at": None, "end_expected_at": None}

    def asked_again(self, said: Said) -> None:
        if said.technician in self.declined_by:
            self.declined_by.remove(said.technician)

    def arrival_expected(self, said: Said) -> None:
        if self.status == "en_route":
            self.fields["arrival_expected_at"] = said.expected_at

    def end_expected(self, said: Said) -> None:
        if self.status == "on_site":
            self.fields["end_expected_at"] = said.expected_at

    def _begin(self, said: Said) -> None:
        """Begin work: also of a call that was cancelled, for it is a fact."""
        self.take_over(said)
        self.fields |= {"status": "on_site", "started_at": said.at, "end_expected_at": said.expected_at}
        self.fields |= {"arrival_expected_at": None, "parts": said.parts}
        self.fields |= {"cancelled_at": None, "merged_into": None, "reason": None}

    def _correct(self, said: Said) -> None:
        """End a visit otherwise than was said before; the same again changes nothing."""
        if said.kind != self.status and said.at >= self.fields["ended_at"]:
            self.fields |= {"status": said.kind, "ended_at": said.at, "reason": said.reason}
            self.fields["follow_up"] = said.follow_up


_RULES: Mapping[str, Callable[[_Replay, Said], None]] = {
    "dispatched": _Replay.sent,
    "accepted": _Replay.sent,
    "declined": _Replay.declined,
    "en_route": _Replay.en_route,
    "on_site": _Replay.on_site,
    "completed": _Replay.ended,
    "unable": _Replay.ended,
    "awaiting_parts": _Replay.ended,
    "left": _Replay.left,
    "recalled": _Replay.recalled,
    "cancelled": _Replay.cancelled,
    "asked_again": _Replay.asked_again,
    "arrival_expected": _Replay.arrival_expected,
    "end_expected": _Replay.end_expected,
}
