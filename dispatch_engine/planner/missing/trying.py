"""The ways to get the parts of a call, each tried: what it would cost, or what is in the way."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from dispatch_engine.catalogue.entries import REASONS, WAYS
from dispatch_engine.missing_words import goes_words, way_words
from dispatch_engine.model.missing_parts import PartsWay
from dispatch_engine.planner.case import Case
from dispatch_engine.planner.missing.candidates import Candidate, candidates_of
from dispatch_engine.planner.missing.obstacles import obstacle
from dispatch_engine.planner.money import amount
from dispatch_engine.planner.reason_texts import said_of
from dispatch_engine.planner.unplanned import reason_as_read
from solver.reasons import Reason
from solver.relaxing import Means

if TYPE_CHECKING:
    from dispatch_engine.planner.missing.want import Want
    from solver.forcing import Forced

MAX_OF_A_KIND = 10
"""So many ways of each kind are tried: those of the cheapest technicians, and the first of the document."""

BEGINNINGS = ("the", "provider", "loading", "a", "meeting", "several")
"""First words of ways; other ways begin with the id of a part."""


def ways_of(want: Want, most_of_a_kind: int = MAX_OF_A_KIND) -> tuple[tuple[PartsWay, ...], int]:
    """Return the ways that were tried, those that can be done first, and how many were not tried."""
    count, chosen, untried = Counter[str](), list[Candidate](), 0
    for candidate in candidates_of(want):
        count[candidate.kind] += 1
        if count[candidate.kind] <= most_of_a_kind:
            chosen.append(candidate)
        else:
            untried += 1
    tried = [(candidate, _forced(want, candidate)) for candidate in chosen]
    possible = sorted(((forced.added_ticks, number) for number, (_, forced) in enumerate(tried) if forced is not None))
    best = want.at_all
    ways = [_possible(want, *tried[number]) for _, number in possible]
    if chosen and best is not None and (not possible or best.added_ticks < possible[0][0]):
        ways.insert(0, _possible(want, Candidate("combined", Means()), best))
    return (*ways, *(_impossible(want, each) for each, forced in tried if forced is None)), untried


def _forced(want: Want, candidate: Candidate) -> Forced | None:
    if candidate.code is not None or candidate.means is None:
        return None
    return want.force(candidate.means)


def _possible(want: Want, candidate: Candidate, forced: Forced | None) -> PartsWay:
    assert forced is not None  # only what can be done is put in order
    capacity, shift = want.translation.frame.index.shifts[forced.shift]
    dearer = forced.added_ticks - want.leaving_out_ticks
    way = _way(want, candidate).model_copy(
        update={
            "technician": capacity.id,
            "shift": shift.id,
            "cost": amount(forced.added_ticks),
            "dearer": amount(dearer),
        }
    )
    compared = f"{want.money(abs(dearer))} {'more' if dearer >= 0 else 'less'} than leaving it out"
    price = f"would cost {want.money(forced.added_ticks)}, {compared}"
    return way.model_copy(update={"message": f"{_sentence(way_words(way))}{goes_words(way)} {price}."})


def _impossible(want: Want, candidate: Candidate) -> PartsWay:
    code, way = candidate.code or obstacle(want, candidate), _way(want, candidate)
    message = f"{_sentence(way_words(way))}: {_refused(want, candidate, code)}"
    return way.model_copy(update={"code": code, "message": message})


def _way(want: Want, candidate: Candidate) -> PartsWay:
    problem = want.translation.frame.problem
    return PartsWay(
        kind=candidate.kind,
        technician=None if candidate.technician is None else want.capacity(candidate.technician).id,
        location=None if candidate.location is None else problem.stock_locations[candidate.location].id,
        meeting=None if candidate.meeting is None else problem.meetings[candidate.meeting].id,
        substitutes=candidate.substitutes,
        message="",
    )


def _sentence(words: str) -> str:
    """Return words with a capital at their beginning, unless that is an id."""
    return words[0].upper() + words[1:] if words.split(" ", 1)[0] in BEGINNINGS else words


def _refused(want: Want, candidate: Candidate, code: str) -> str:
    """Return what is in the way, with the way out."""
    if code in WAYS:
        return f"{WAYS[code].rule} {WAYS[code].advice}"
    tries = [each for each in want.why if each.technician == candidate.technician]
    case = [each for each in tries if reason_as_read(want.translation, each).code == code]
    said = said_of(Reason[code.upper()], Case(want.translation, want.visit, case))
    return f"{want.call.id} {said.text}. {REASONS[code].advice}"
