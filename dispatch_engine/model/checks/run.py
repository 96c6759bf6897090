"""All checks of a problem document, together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.model.checks.calls import check_pins, check_promises, check_wishes
from dispatch_engine.model.checks.costs import check_cost, check_reports, check_slopes
from dispatch_engine.model.checks.facts import check_facts
from dispatch_engine.model.checks.far import check_far_times
from dispatch_engine.model.checks.ids import check_ids
from dispatch_engine.model.checks.not_yet import check_not_yet
from dispatch_engine.model.checks.parts import check_cases, check_kits, check_part_names, check_substitutes
from dispatch_engine.model.checks.places import check_places, check_positions, check_shift_places
from dispatch_engine.model.checks.references import check_references
from dispatch_engine.model.checks.reserves import check_reserves
from dispatch_engine.model.checks.spread import check_history, check_probability, check_quantiles
from dispatch_engine.model.checks.stock import check_meetings, check_openings, check_reservations, check_room
from dispatch_engine.model.checks.territories import check_closed_areas, check_territories
from dispatch_engine.model.checks.times import (
    check_breaks,
    check_horizon,
    check_shifts,
    check_time_zone,
    check_windows,
)
from dispatch_engine.model.checks.travel import check_matrices, check_matrix_places

if TYPE_CHECKING:
    from dispatch_engine.errors import Fault
    from dispatch_engine.model.problem import ProblemDocument

CHECKS = (
    check_ids,
    check_references,
    check_places,
    check_positions,
    check_shift_places,
    check_time_zone,
    check_windows,
    check_shifts,
    check_horizon,
    check_far_times,
    check_breaks,
    check_reports,
    check_slopes,
    check_cost,
    check_wishes,
    check_promises,
    check_pins,
    check_facts,
    check_quantiles,
    check_history,
    check_probability,
    check_part_names,
    check_cases,
    check_substitutes,
    check_kits,
    check_openings,
    check_room,
    check_reservations,
    check_meetings,
    check_territories,
    check_reserves,
    check_closed_areas,
    check_matrices,
    check_matrix_places,
    check_not_yet,
)


def faults_of(problem: ProblemDocument) -> tuple[Fault, ...]:
    """Return every fault that the checks find; none means that the document can be planned."""
    return tuple(fault for check in CHECKS for fault in check(problem))
