"""Days under policies as tasks, for whichever executor."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dispatch_engine.simulation.figures import DayFigures, figures_of
from dispatch_engine.simulation.policies.engine import DEFAULT_ITERATIONS
from dispatch_engine.simulation.world import play
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from collections.abc import Callable

    from dispatch_engine.simulation.day import Day
    from dispatch_engine.simulation.policies.registry import Maker


@dataclass(frozen=True)
class Playing:
    """One day under one policy; done again it comes to the same.

    Attributes
    ----------
    day
        What happens.
    make
        Makes the policy.
    iterations
        Of each search.
    base_dir
        From which the travel source looks for its network first.
    """

    day: Day
    make: Maker
    iterations: int = DEFAULT_ITERATIONS
    base_dir: Path = Path()

    def __call__(self, asked_to_stop: Callable[[], bool]) -> DayFigures | None:
        """Play the day; None where somebody asked to stop."""
        source = open_travel(self.day.document.travel, self.base_dir)
        policy = self.make(self.day, source, self.iterations)
        record = play(self.day, policy, source, asked_to_stop)
        return None if record is None else figures_of(self.day, policy.name, record)


def get_ready() -> None:
    """Have compiled kernels found by whatever policy needs them."""
    from dispatch_engine.kernels import prepare

    prepare()
