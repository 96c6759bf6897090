"""What settings are worth: mean differences to the first ones on the same instances, with their standard errors."""

from __future__ import annotations

from statistics import mean, stdev
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from bench.training.trial import Trial

DEFAULTS = "as they are"
HEADING = (
    "| family | settings | instances | dearer by, % | ± | cheaper / dearer | iterations |",
    "|---|---|--:|--:|--:|--:|--:|",
)


def table(trials: Sequence[Trial], before: Sequence[Trial] = ()) -> str:
    """Return a Markdown table: each setting beside the first of its family, by percent of the cost of a plan.

    ``before`` are trials of other code: each setting stands beside the same one there instead.
    """
    lines = list(HEADING)
    for family in dict.fromkeys(trial.family for trial in trials):
        own = [trial for trial in trials if trial.family == family]
        for settings in dict.fromkeys(trial.settings for trial in own):
            here = [trial for trial in own if trial.settings == settings]
            base = [each for each in before if each.settings == settings] or _first(own)
            lines.append(_line(family, settings or DEFAULTS, _pairs(base, here)))
    return "\n".join(lines)


def _first(trials: Sequence[Trial]) -> list[Trial]:
    return [trial for trial in trials if trial.settings == trials[0].settings]


def _pairs(base: Iterable[Trial], here: Iterable[Trial]) -> list[tuple[Trial, Trial]]:
    """Return (base, here) of each instance that both have."""
    by_instance = {(trial.family, trial.seed): trial for trial in base}
    return [(by_instance[key], trial) for trial in here if (key := (trial.family, trial.seed)) in by_instance]


def _line(family: str, settings: str, pairs: Sequence[tuple[Trial, Trial]]) -> str:
    if not pairs:
        return f"| {family} | {settings} | 0 |  |  |  |  |"
    dearer = [100 * (trial.cost / base.cost - 1) for base, trial in pairs]
    error = f"{stdev(dearer) / len(dearer) ** 0.5:.2f}" if len(dearer) > 1 else ""
    won, lost = sum(each < 0 for each in dearer), sum(each > 0 for each in dearer)
    pace = mean(trial.iterations / max(1, base.iterations) for base, trial in pairs)
    return f"| {family} | {settings} | {len(dearer)} | {mean(dearer):+.2f} | {error} | {won} / {lost} | x {pace:.2f} |"
