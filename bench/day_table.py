"""Tables of ``bench.day``: what each policy comes to on the mean day, and what was aimed at."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.simulation.summary import changed_per_20_events, difference, distribution, policies_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from dispatch_engine.simulation.figures import DayFigures

COLUMNS = (
    ("missed", "deadlines missed"),
    ("late_min", "late, min"),
    ("wait_min", "wait, min"),
    ("completed", "completed"),
    ("unserved", "unserved"),
    ("first_time_fix", "first-time fix"),
    ("distance_km", "km"),
    ("driving_h", "driving, h"),
    ("overtime_h", "overtime, h"),
    ("promised", "told who comes"),
)
ENGINE = "engine"
OF_NEAREST, OF_VROOM, CHANGED = 0.5, 0.9, 1.0


def table(days: Sequence[DayFigures]) -> str:
    """Return Markdown: the mean day of each policy, how sure its misses are, and the targets."""
    heads = " | ".join(title for _, title in COLUMNS)
    lines = [f"| policy | days | {heads} | changed per 20 events |", f"|---|--:|{'--:|' * (len(COLUMNS) + 1)}"]
    for policy in policies_of(days):
        means = " | ".join(f"{distribution(days, policy, name).mean:.4g}" for name, _ in COLUMNS)
        number = sum(each.policy == policy for each in days)
        lines.append(f"| {policy} | {number} | {means} | {changed_per_20_events(days, policy):.2f} |")
    return "\n".join([*lines, "", *_apart(days), "", *(f"{text}." for text, _ in reached(days))])


def _apart(days: Sequence[DayFigures]) -> Iterator[str]:
    for policy in policies_of(days):
        gap = None if policy == ENGINE else difference(days, ENGINE, policy, "missed")
        if gap is not None and gap.around is not None:
            yield f"Engine less {policy}, deadlines missed a day: {gap.mean:+.1f} ± {gap.around:.1f}."


def reached(days: Sequence[DayFigures]) -> list[tuple[str, bool]]:
    """Return each target that the policies at hand allow to tell: what it comes to, and whether it is reached."""
    policies = policies_of(days)
    if ENGINE not in policies:
        return []
    found = [_share(days, "nearest", OF_NEAREST), _share(days, "vroom", OF_VROOM), *_shorter(days)]
    changed = changed_per_20_events(days, ENGINE)
    is_calm = changed <= CHANGED
    found.append((f"Changed per 20 events: {changed:.2f} of {CHANGED:g} at most{_word(is_calm)}", is_calm))
    return [each for each in found if each is not None]


def _share(days: Sequence[DayFigures], other: str, most: float) -> tuple[str, bool] | None:
    if other not in policies_of(days):
        return None
    ours, theirs = (sum(each.missed for each in days if each.policy == policy) for policy in (ENGINE, other))
    share = ours / max(1, theirs)
    text = f"Deadlines missed: {ours}, {share:.2f} of the {theirs} of {other}, {most:g} at most"
    return f"{text}{_word(share <= most)}", share <= most


def _shorter(days: Sequence[DayFigures]) -> Iterator[tuple[str, bool]]:
    ours = sum(each.distance_km for each in days if each.policy == ENGINE)
    for other in ("nearest", "vroom"):
        theirs = sum(each.distance_km for each in days if each.policy == other)
        if theirs:
            yield f"Driven: {ours:,.0f} km, {theirs:,.0f} km by {other}{_word(ours < theirs)}", ours < theirs


def _word(is_reached: bool) -> str:
    return ": reached" if is_reached else ": missed"
