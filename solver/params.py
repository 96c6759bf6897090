"""How the search goes about it. The defaults were chosen on generated days, never on published instances."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class SearchParams:
    """Ruin and recreate under simulated annealing.

    ``ruin_average`` visits are taken out a step, in strings of up to ``ruin_longest``; with chance ``ruin_split`` a
    string leaves stops standing in its midst; a route is overlooked with chance ``blink``. The temperature falls from
    ``hot`` to ``cold`` times the cost of a visit in the first plan. ``neighbours`` are listed for each visit. Of more
    than ``region`` shifts, the search looks at so many neighbouring ones at a time.
    """

    ruin_average: float = 10.0
    ruin_longest: int = 10
    ruin_split: float = 0.3
    blink: float = 0.01
    hot: float = 0.6
    cold: float = 0.01
    neighbours: int = 100
    region: int = 50


@dataclass(frozen=True)
class MasterParams:
    """The recombination of columns.

    It runs when these shares of the effort are spent (``at``), over up to ``columns`` promising ones of up to ``pool``,
    for at most ``share`` of the time left at its start, or ``deterministic_s`` of CP-SAT's deterministic time without a
    limit of time; not at all with less than ``least_s`` seconds left, which loading CP-SAT alone would use up.
    """

    at: tuple[float, ...] = (0.5, 0.7, 0.85)
    columns: int = 4000
    pool: int = 60_000
    share: float = 0.15
    deterministic_s: float = 1.0
    least_s: float = 1.5

    def may_run(self, time_limit_s: float | None) -> bool:
        """Tell whether a search of so many seconds leaves it the time that it takes; None is no limit of time."""
        return time_limit_s is None or any((1.0 - at) * time_limit_s >= self.least_s for at in self.at)


@dataclass(frozen=True)
class BoundParams:
    """The lower bound by column generation.

    It takes this ``share`` of the time. Up to ``rounds`` of pricing are done, until the bound is within the share
    ``precision`` of the most that it can come to. What is tried next is at first by the share ``stay`` where the bound
    was best, and no visit is worth more than ``cap`` times its share of the plan and of the mean, unless that turns out
    to be too little. A route remembers of the visits behind it those that are among the ``near`` of all after. A
    shift's time is cut into ``spans`` to look ahead. There is room for so many ``labels``, and of the routes found for
    a shift in a round so many ``routes`` are kept, which cost up to a ``part`` of what there is to gain a shift more
    than the best.
    """

    share: float = 0.5
    rounds: int = 300
    precision: float = 0.0001
    stay: float = 0.2
    cap: float = 0.1
    near: int = 12
    spans: int = 64
    labels: int = 40_000
    routes: int = 15
    part: int = 10


@dataclass(frozen=True)
class Params:
    """``seed`` of the random numbers, ``threads`` that search side by side in one plan, and the parts' own settings.

    ``gap`` ends the search once the plan is proven to cost at most this share of its cost above the best possible.
    ``bound`` is how a higher lower bound than the quick one is looked for after the search, None: not at all.
    """

    seed: int = 0
    threads: int = 1
    gap: float | None = None
    search: SearchParams = SearchParams()
    master: MasterParams | None = MasterParams()
    bound: BoundParams | None = None
