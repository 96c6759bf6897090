"""The samples of the catalogue: what is said of broken scenarios for the sample day, and of their mend."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from dispatch_engine.board.commands import OpenBoard
from dispatch_engine.board.decide.decide import decide
from dispatch_engine.board.evolve import folded
from dispatch_engine.catalogue.sample_day import SAMPLE_DAY
from dispatch_engine.errors import DocumentErrors
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.whatif.commands import commands_of
from dispatch_engine.whatif.nesting import prepared
from dispatch_engine.whatif.reading import parse_scenario, parse_scenarios

if TYPE_CHECKING:
    from dispatch_engine.board.state import BoardState
    from dispatch_engine.catalogue.entry import ScenarioText
    from dispatch_engine.errors import Fault


def said_of_scenarios(sample: ScenarioText, *, mended: bool = False) -> tuple[Fault, ...]:
    """Return the faults of sample scenarios for the sample day: broken, or mended."""
    stated = sample.mend if mended else sample.broken
    try:
        if isinstance(stated, str):
            scenarios = parse_scenarios(stated.encode())
        else:
            scenarios = tuple(parse_scenario(json.dumps(each).encode()) for each in stated)
        prepared(ProblemDocument.model_validate(SAMPLE_DAY), scenarios)
        if sample.for_board:
            commands_of(_board(), scenarios)
    except DocumentErrors as error:
        return error.faults
    return ()


def _board() -> BoardState:
    """Return a board that was opened with the sample day, at its beginning."""
    problem = ProblemDocument.model_validate(SAMPLE_DAY)
    now = problem.capacities[0].shifts[0].start
    command = OpenBoard(type="open_board", document=problem)
    return folded(None, 1, now, decide(None, command, now))
