"""What a visit behind a new restock costs at least, before the route is provided for and simulated with it.

One pass over the stops from the restock on, in seconds alone: most positions of a restock are ruled out by the time
that it takes, the others by the least that the two detours cost.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from solver.columns import FROM, ITEM, LINE, NEED_END, NEED_FIRST, PLACE, TARGET, VISIT
from solver.jit import inlined, inner
from solver.labels import soonest
from solver.money import FORBIDDEN
from solver.problem import UNREACHABLE
from solver.rules.travel import leg_s
from solver.rules.windows import NEVER, next_start
from solver.schedule import AT_PLACE, HANDLING_S, LABELS, READY_S, service_s
from solver.search.floor import by_way_of, is_known, is_unused, own_ticks, past, place_of, shrinks, with_more
from solver.search.gaps import last_arrival
from solver.search.ledger import AT, OF_ITEM, STEP
from solver.search.provisions import takes_on
from solver.search.state import ENTRIES, LENGTH, WORK_S, first_stage, label_width

if TYPE_CHECKING:
    from solver.search.state import State
    from solver.tables import Tables


@inlined
def _done(tables: Tables, s: int, x: int, origin: int, at_s: int, handling: int, ready: int) -> int:
    """Return when stop ``x`` is done if its technician leaves a place at ``at_s``, NEVER where it cannot be."""
    leg, service = (
        leg_s(tables.travel, tables.shift, s, origin, tables.stop[x, PLACE]),
        service_s(tables, s, x, handling),
    )
    if leg >= UNREACHABLE:
        return NEVER
    within = 0 if tables.stop[x, VISIT] >= 0 else service
    start, _ = next_start(tables.stop, tables.row, x, max(at_s + leg, ready), within)
    return min(NEVER, start + service)


@inlined
def _is_used_before(tables: Tables, state: State, r: int, j: int, at: int, item: int) -> bool:
    """Tell whether a stop of row ``r`` between ``j`` and ``at`` needs an item."""
    for k in range(j + 1, at):
        x = state.route[r, k]
        for need in range(tables.stop[x, NEED_FIRST], tables.stop[x, NEED_END]):
            if tables.row[need, ITEM] == item:
                return True
    return False


@inlined
def _shorter_stay(tables: Tables, state: State, r: int, j: int, at: int) -> tuple[int, int]:
    """Return (handling, ready) of restock ``j`` of row ``r`` if it takes on what stops before ``at`` need alone."""
    handling, ready = state.stay[r, j, HANDLING_S], 0
    for entry in range(state.row[r, ENTRIES]):
        if state.ledger[r, entry, AT] == j:
            if _is_used_before(tables, state, r, j, at, state.ledger[r, entry, OF_ITEM]):
                ready = max(ready, tables.supply[state.ledger[r, entry, STEP], FROM])
            else:
                handling -= tables.stop[state.route[r, j], LINE]
    return max(0, handling), ready


@inner
def _soonest_before(tables: Tables, state: State, s: int, r: int, at: int) -> int:
    """Return when row ``r`` can be done with its stops before ``at`` once the rest is supplied from there on."""
    j, first = at - 1, first_stage(state.route, r)
    while j >= 0 and not takes_on(tables.stop, state.route[r, j]):
        j -= 1
    stage, width = first + (at if j < 0 else j), label_width(state.label, state.stage)
    at_s, origin = soonest(state.label, stage * width, state.stage[stage, LABELS]), state.stage[stage, AT_PLACE]
    if j < 0:
        return at_s
    handling, ready = _shorter_stay(tables, state, r, j, at)
    for k in range(j, at):
        x = state.route[r, k]
        if k > j:
            handling, ready = state.stay[r, k, HANDLING_S], state.stay[r, k, READY_S]
        at_s = _done(tables, s, x, origin, at_s, handling, ready)
        origin = tables.stop[x, PLACE]
    return at_s


@inner
def least_behind(
    tables: Tables, state: State, s: int, r: int, x: int, d: int, at: int, until: int, handling: int, ready: int
) -> int:
    """Return the least that row ``r`` can cost with restock ``d`` before its stop ``at`` and visit ``x`` behind that.

    The visit comes before stop ``until`` at the latest. The restock takes ``handling`` seconds or more and begins at
    ``ready`` or later. FORBIDDEN where that cannot be in time; 0 where the least is not known.
    """
    first, is_first, known = first_stage(state.route, r), is_unused(tables, state, s, r), is_known(state, r)
    if state.stage[first + at, LABELS] == 0:
        return FORBIDDEN
    visit_s, behind = service_s(tables, s, x, 0), tables.stop[x, PLACE]
    origin, place = state.stage[first + at, AT_PLACE], tables.stop[d, PLACE]
    at_s = _done(tables, s, d, origin, _soonest_before(tables, state, s, r, at), handling, ready)
    there_s, there_m = by_way_of(tables, s, origin, place, -1)
    to = place_of(tables, state, s, r, at)
    past_s, past_m = past(tables, s, origin, to, is_first)
    by_s, by_m = by_way_of(tables, s, origin, place, to)
    restock_s, restock_m = by_s + handling - past_s, by_m - past_m
    goes_on = at < state.row[r, LENGTH]
    is_kept = not goes_on or not shrinks(tables, s, d, past_s, by_s, 2, 0)
    least, origin = FORBIDDEN, place
    for later in range(at, until + 1):
        to = place_of(tables, state, s, r, later)
        arrival = at_s + leg_s(tables.travel, tables.shift, s, origin, behind)
        done = _done(tables, s, x, origin, at_s, 0, 0)
        onward = leg_s(tables.travel, tables.shift, s, behind, to) if to >= 0 else 0
        if done + onward <= last_arrival(tables, state, s, r, later):
            by_s, by_m = by_way_of(tables, s, origin, behind, to)
            if later == at:
                more_s, more_m = there_s + by_s + handling - past_s, there_m + by_m - past_m
                known = known and not (goes_on and shrinks(tables, s, x, past_s, there_s + by_s, 3, visit_s))
            else:
                gone_s, gone_m = past(tables, s, origin, to, False)
                more_s, more_m = by_s - gone_s, by_m - gone_m
                known = known and restock_s >= 0 and more_s + visit_s >= 0 and is_kept
                known = known and not (later < state.row[r, LENGTH] and shrinks(tables, s, x, gone_s, by_s, 2, visit_s))
                more_s, more_m = more_s + restock_s, more_m + restock_m
            if not known or more_s + visit_s < 0:
                return 0
            workload = max(tables.shift[s, TARGET], state.row[r, WORK_S] + more_s + visit_s)
            ticks = with_more(tables, state, s, r, more_s + visit_s, more_m, workload)
            least = min(least, ticks + own_ticks(tables, s, x, arrival, visit_s, is_first))
        if later == until:
            break
        if at_s + leg_s(tables.travel, tables.shift, s, origin, to) > last_arrival(tables, state, s, r, later):
            break
        stop = state.route[r, later]
        at_s = _done(tables, s, stop, origin, at_s, state.stay[r, later, HANDLING_S], state.stay[r, later, READY_S])
        origin = to
    return least
