"""The ladder of a visit's status. Reports that arrive late never lower it."""

from __future__ import annotations

from typing import Final, Literal, get_args

ReportedStatus = Literal[
    "dispatched", "accepted", "declined", "en_route", "on_site", "completed", "unable", "awaiting_parts"
]
"""What phones and dispatchers report of a visit."""

VisitStatus = Literal[
    "new", "dispatched", "accepted", "en_route", "on_site", "completed", "unable", "awaiting_parts", "cancelled"
]
"""What a board keeps of a visit; one that is new and has its place in the plan is shown as planned."""

RANK: Final[dict[str, int]] = {
    "new": 0,
    "dispatched": 1,
    "accepted": 2,
    "en_route": 3,
    "on_site": 4,
    "completed": 5,
    "unable": 5,
    "awaiting_parts": 5,
    "cancelled": 6,
}
"""The higher, the further a visit has come."""

ENDED: Final = frozenset({"completed", "unable", "awaiting_parts"})
"""The technician's work at the visit is over."""

CLOSED: Final = ENDED | {"cancelled"}
"""Nothing of the visit is to be decided any more."""

SENT: Final = frozenset({"dispatched", "accepted"})
"""The technician has the order, and has not set out for it."""

UNTOUCHED: Final = SENT | {"new"}
"""Nobody has set out for it."""

UNDER_WAY: Final = frozenset({"en_route", "on_site"})
"""The technician has set out for it, and it is not over."""

MOVES: Final = UNDER_WAY | ENDED
"""Reports that say where the technician is or goes."""

SECOND_VISIT: Final = frozenset({"unable", "awaiting_parts"})
"""The technician was there, and somebody has to come again."""

assert {*get_args(VisitStatus)} == {*RANK}
