"""An earlier plan as routes to begin with; what the problem does not know any more is left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.plan import PlanWarning

if TYPE_CHECKING:
    from collections.abc import Sequence

    from dispatch_engine.model.plan import PlanDocument
    from dispatch_engine.planner.index import Index

SHOWN = 5


def warm_start(plan: PlanDocument, index: Index) -> tuple[list[list[int]], tuple[PlanWarning, ...]]:
    """Return the visits of each shift, (n_shifts, any), and a warning where calls or shifts are gone."""
    start: list[list[int]] = [[] for _ in index.shifts]
    taken: set[int] = set()
    gone_calls, gone_shifts = [], []
    for route in plan.routes:
        row = index.shift.get((route.technician, route.shift))
        if row is None:
            gone_shifts.append(f"{route.shift} of {route.technician}")
            continue
        calls = [stop.call for stop in route.stops if stop.call is not None and stop.kind == "visit"]
        gone_calls += [call for call in calls if call not in index.visit]
        visits = [index.visit[call] for call in calls if call in index.visit]
        start[row] += [visit for visit in visits if visit not in taken]
        taken.update(visits)
    return start, tuple(_warning(thing, gone) for thing, gone in (("call", gone_calls), ("shift", gone_shifts)) if gone)


def _warning(thing: str, gone: Sequence[str]) -> PlanWarning:
    named = ", ".join(gone[:SHOWN]) + (", …" if len(gone) > SHOWN else "")
    count = f"1 {thing}" if len(gone) == 1 else f"{len(gone)} {thing}s"
    message = (
        f"The earlier plan has {count} that the problem does not have ({named}); the search begins without. "
        "Maybe it is the plan of another day."
    )
    return PlanWarning(code="warm_start_stale", message=message, detail={"thing": thing, "count": len(gone)})
