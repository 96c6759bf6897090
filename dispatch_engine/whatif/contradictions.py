"""Changes of one scenario that say different things of one place of the document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.catalogue.faults import scenario_fault
from dispatch_engine.whatif.changes.change import Fate

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dispatch_engine.catalogue.faults import Path
    from dispatch_engine.errors import Fault
    from dispatch_engine.whatif.changes.change import Claim, Place
    from dispatch_engine.whatif.scenario import ScenarioDocument


def contradictions(scenario: ScenarioDocument) -> Iterator[Fault]:
    """Yield a fault for each change that an earlier one contradicts.

    Two changes contradict if they set one place to different values, or if one sets or removes what lies within the
    place of the other. Changing what was added is fine.
    """
    known: dict[Place, tuple[int, Claim]] = {}
    inner: dict[Place, int] = {}
    for number, change in enumerate(scenario.changes):
        claims = list(change.claims())
        for claim in claims:
            other = _other(claim, known, inner)
            if other is not None:
                path: Path = ("changes", number, *claim.pointer.split("/")[1:])
                yield scenario_fault("changes_contradict", path, _shown(claim), other=other)
        for claim in claims:
            known.setdefault(claim.place, (number, claim))
            if claim.value is not Fate.ADDED:
                inner.update({claim.place[:length]: number for length in range(len(claim.place))})


def _other(claim: Claim, known: dict[Place, tuple[int, Claim]], inner: dict[Place, int]) -> int | None:
    """Return the number of an earlier change that says otherwise, None where there is none."""
    same = known.get(claim.place)
    if same is not None and not _agree(claim, same[1]):
        return same[0]
    for length in range(len(claim.place)):
        around = known.get(claim.place[:length])
        if around is not None and around[1].value is not Fate.ADDED:
            return around[0]
    return inner.get(claim.place)


def _agree(claim: Claim, other: Claim) -> bool:
    return claim.value == other.value and not isinstance(claim.value, Fate)


def _shown(claim: Claim) -> object:
    return claim.place[-1] if isinstance(claim.value, Fate) else claim.value
