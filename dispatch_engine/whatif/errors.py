"""What can go wrong with scenarios that are kept with a board; faults of scenarios are in the catalogue.

DispatchError
└── ScenarioError             scenario
    ├── ScenarioNotKeptError  scenario_not_kept
    ├── ScenarioExistsError   scenario_exists
    ├── ScenarioInUseError    scenario_in_use
    ├── ScenariosFullError    scenarios_full
    └── ScenarioNotRunError   scenario_not_run
"""

from __future__ import annotations

from dispatch_engine.errors import DispatchError


class ScenarioError(DispatchError):
    """Something is wrong with a scenario of a board."""

    code = "scenario"


class ScenarioNotKeptError(ScenarioError):
    """The board has no scenario of this id."""

    code = "scenario_not_kept"

    def __init__(self, board: str, scenario: str) -> None:
        message = f"board {board} has no scenario {scenario}"
        super().__init__(message, value=scenario, advice="Maybe it was deleted, or belongs to another board.")


class ScenarioExistsError(ScenarioError):
    """The board has a scenario of this id already."""

    code = "scenario_exists"

    def __init__(self, scenario: str) -> None:
        message = f"scenario {scenario} is there already"
        super().__init__(message, pointer="/id", value=scenario, advice="Maybe delete it first, or choose another id.")


class ScenarioInUseError(ScenarioError):
    """Another scenario of the board is based on this one."""

    code = "scenario_in_use"

    def __init__(self, scenario: str, other: str) -> None:
        message = f"scenario {other} is based on scenario {scenario}"
        super().__init__(message, value=scenario, advice=f"Maybe delete {other} first.")


class ScenariosFullError(ScenarioError):
    """The board has as many scenarios as the server keeps."""

    code = "scenarios_full"

    def __init__(self, limit: int) -> None:
        message = f"the board has {limit} scenarios, as many as the server keeps"
        super().__init__(message, value=limit, advice="Maybe delete one that is not needed.")


class ScenarioNotRunError(ScenarioError):
    """The scenario was not solved yet, so there is nothing to compare."""

    code = "scenario_not_run"

    def __init__(self, scenario: str) -> None:
        message = f"scenario {scenario} was not solved yet"
        super().__init__(message, value=scenario, advice="Maybe run it first, or wait until the run has ended.")
