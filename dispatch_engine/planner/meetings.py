"""Agreed meetings of two vans as arrays."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.effective import meetings_open_to
from dispatch_engine.planner.columns import ints, membership
from dispatch_engine.planner.timeline import whole_s
from solver.supply import Meetings

if TYPE_CHECKING:
    from dispatch_engine.planner.frame import Frame


def meetings_of(frame: Frame) -> Meetings:
    """Return the meetings in the order of the document; nobody may take part in one that is over or switched off."""
    meetings, crew = frame.problem.meetings, frame.problem.capacities
    allowed = frame.problem.policy.transfers == "allowed"
    ahead = {meeting.id for meeting in meetings if allowed and frame.timeline.seconds(meeting.at) >= frame.now_s}
    rows = [[meeting.id for meeting in meetings_open_to(frame.problem, each) if meeting.id in ahead] for each in crew]
    return Meetings(
        place=ints(frame.places.number(meeting.place) for meeting in meetings),
        at_s=ints(frame.timeline.clipped(meeting.at) for meeting in meetings),
        handling_s=ints(whole_s(meeting.duration) for meeting in meetings),
        may_meet=membership(rows, frame.index.meeting),
    )
