"""Faults of scenarios: of their text, and of changes that cannot be made to a document."""

from __future__ import annotations

from typing import Any

from dispatch_engine.catalogue.entry import Entry, ScenarioText


def _changes(broken: list[Any], mend: list[Any]) -> ScenarioText:
    return _scenarios([{"id": "what-if", "changes": broken}], [{"id": "what-if", "changes": mend}])


def _scenarios(broken: list[dict[str, Any]], mend: list[dict[str, Any]]) -> ScenarioText:
    return ScenarioText(_versioned(broken), _versioned(mend))


def _versioned(scenarios: list[dict[str, Any]]) -> list[Any]:
    return [{"version": 1, **each} for each in scenarios]


def _at(hour: int) -> str:
    return f"2026-03-02T{hour:02}:00:00+01:00"


def _train(**of: Any) -> dict[str, Any]:
    return {"type": "train", "skills": {"lift": 3}, **of}


_REMOVE = {"type": "remove_technician", "technician": "T-2"}
_CALL = {"id": "C-3", "place": {"lat": 52.5, "lon": 13.4}, "duration": "PT30M"}
_NEEDS = {"type": "change_call", "call": "C-2", "set": {"required_technicians": ["T-2"]}}
_FACTS = {
    "type": "change_shift",
    "technician": "T-2",
    "shift": "mon",
    "set": {"facts": {"departed_at": _at(8)}},
}

_AWAY = {"type": "absence", "technician": "T-2", "since": _at(11)}

SCENARIO_ENTRIES = (
    Entry(
        "yaml_syntax",
        "Not YAML",
        "The text can be read as YAML up to line {line}, column {column}: {problem}.",
        "Maybe indentation is mixed up, or a text with a colon has no quotes.",
        ScenarioText("version: 1\nid: [what-if\n", "version: 1\nid: what-if\n"),
    ),
    Entry(
        "change_type",
        "A change of no known type",
        "The type of a change is one of those that the schema of scenarios lists.",
        "{suggestion}",
        _changes([{**_REMOVE, "type": "fire_technician"}], [_REMOVE]),
    ),
    Entry(
        "change_unknown_id",
        "A change of something that is not there",
        "The id names one of the {things}, as the changes before leave them.",
        "{suggestion}",
        _changes([{**_REMOVE, "technician": "T-22"}], [_REMOVE]),
    ),
    Entry(
        "change_id_taken",
        "Something new under an id that is there",
        "The id is new among the {things}.",
        "Maybe change what is there instead, or choose another id.",
        _changes(
            [{"type": "add_call", "call": {**_CALL, "id": "C-2"}}],
            [{"type": "add_call", "call": _CALL}],
        ),
    ),
    Entry(
        "change_of_id",
        "A change of an id",
        "What is changed keeps its id, {id}.",
        "Maybe remove it and add another.",
        _changes(
            [{"type": "change_call", "call": "C-2", "set": {"id": "C-9"}}],
            [{"type": "change_call", "call": "C-2", "set": {"priority": 1}}],
        ),
    ),
    Entry(
        "changes_contradict",
        "Changes that contradict each other",
        "Changes of one scenario do not say different things of one place; number {other} says otherwise.",
        "Maybe make a second scenario that is based on this one.",
        _changes(
            [_train(technicians=["T-2"]), _train(technicians=["T-2"], skills={"lift": 1})],
            [_train(technicians=["T-2"]), _train(technicians=["T-1"], skills={"lift": 1})],
        ),
    ),
    Entry(
        "change_of_required",
        "Removing the only technician whom a call may have",
        "A call requires somebody besides who is removed; {call} does not.",
        "Maybe change the call's required_technicians first, or state an absence.",
        _changes([_NEEDS, _REMOVE], [_NEEDS, {"type": "absence", "technician": "T-2"}]),
    ),
    Entry(
        "change_of_begun",
        "Removing who has begun to work",
        "What has facts is not removed: they have happened.",
        "Maybe state an absence from now on.",
        _scenarios(
            [{"id": "begun", "changes": [_FACTS]}, {"id": "sick", "based_on": "begun", "changes": [_REMOVE]}],
            [{"id": "begun", "changes": [_FACTS]}, {"id": "sick", "based_on": "begun", "changes": [_AWAY]}],
        ),
    ),
    Entry(
        "absence_ends_first",
        "An absence that ends before it begins",
        "An absence ends after it begins, {since}.",
        "Maybe the two are swapped, or it ends on the next day.",
        _changes(
            [{"type": "absence", "technician": "T-2", "since": _at(14), "until": _at(11)}],
            [{"type": "absence", "technician": "T-2", "since": _at(11), "until": _at(14)}],
        ),
    ),
    Entry(
        "absence_idle",
        "An absence that changes nothing",
        "An absence takes something away from a shift; those of {technician}: {shifts}.",
        "Maybe the date is wrong, or another technician is meant.",
        _changes(
            [{"type": "absence", "technician": "T-2", "since": "2026-03-03T08:00:00+01:00"}],
            [{"type": "absence", "technician": "T-2", "since": _at(11)}],
        ),
    ),
    Entry(
        "stock_range",
        "Fewer pieces than there are",
        "What is left is from 0 to 1,000,000 pieces; {holder} has {pieces}.",
        "Maybe name the vans or stock locations that have them.",
        _changes(
            [{"type": "stock", "technicians": ["T-1"], "add": {"KIT-7": -3}}],
            [{"type": "stock", "technicians": ["T-1"], "add": {"KIT-7": -2}}],
        ),
    ),
    Entry(
        "travel_factor_range",
        "Travel that is too slow or too quick",
        "Travel takes from 0.1 to 10 times as long as its source says; {id} is at {known} already.",
        "Maybe the factor is a percentage: 1.25 is a quarter longer.",
        _changes(
            [{"type": "travel_times", "factor": 9}, {"type": "travel_times", "factor": 2, "technicians": ["T-1"]}],
            [{"type": "travel_times", "factor": 4}, {"type": "travel_times", "factor": 2, "technicians": ["T-1"]}],
        ),
    ),
    Entry(
        "demand_unmatched",
        "Demand without a single call",
        "At least one call is of the kinds, contracts, priorities and territories that are stated.",
        "Maybe one of them is misspelt.",
        _changes(
            [{"type": "scale_demand", "factor": 1.5, "which": {"contracts": ["glod"]}}],
            [{"type": "scale_demand", "factor": 1.5, "which": {"contracts": ["gold"]}}],
        ),
    ),
    Entry(
        "change_unfit_for_board",
        "A change that no event of a board brings about",
        "On a live board technicians, shifts, absences, calls, stock, contracts, territories, parts, meetings and "
        "policy can be changed; demand, travel and places cannot, nor can contracts, territories and parts be removed.",
        "Maybe apply the other changes alone: the scenario can still be compared.",
        ScenarioText(
            [{"version": 1, "id": "more", "changes": [{"type": "scale_demand", "factor": 1.5}]}],
            [{"version": 1, "id": "sick", "changes": [{"type": "absence", "technician": "T-2", "since": _at(11)}]}],
            for_board=True,
        ),
    ),
    Entry(
        "scenario_id_taken",
        "Two scenarios of one id",
        "Scenarios that are used together have different ids, and none is called base.",
        "Maybe a file was copied.",
        _scenarios([{"id": "sick"}, {"id": "sick"}], [{"id": "sick"}, {"id": "sicker"}]),
    ),
    Entry(
        "scenario_unknown",
        "A scenario based on one that is not there",
        "The id names another scenario.",
        "{suggestion}",
        _scenarios(
            [{"id": "sick"}, {"id": "worse", "based_on": "sik"}], [{"id": "sick"}, {"id": "worse", "based_on": "sick"}]
        ),
    ),
    Entry(
        "scenario_circular",
        "A scenario based on itself",
        "Of scenarios that are based on each other one is based on none.",
        "Maybe the first of them should name none.",
        _scenarios([{"id": "sick", "based_on": "sick"}], [{"id": "sick"}]),
    ),
    Entry(
        "scenario_base",
        "A scenario for another base",
        "The scenario is made for the base that it names; this is {found}.",
        "Maybe another file or board is meant, or leave base out: it then fits any.",
        _scenarios(
            [{"id": "sick", "base": {"problem": "monday"}}],
            [{"id": "sick", "base": {"problem": "sample-day"}}],
        ),
    ),
)
