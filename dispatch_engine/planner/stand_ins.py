"""What can stand in for a part: successors, substitutes, and kits that contain it.

- A part that is ``superseded_by`` another can be replaced by it, and by what supersedes that, at no price.
- A substitute costs its price for each piece. What is said at the call goes before what is said at the part, each in
  its order. Substitutes are not transitive: a stand-in is at most one substitute away, with successors on either side.
- A kit can be opened for the parts that it contains, and for what those can stand in for. It is used up whole, at no
  price, or at the price at which it is listed as a substitute of the part for which it is opened.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from dispatch_engine.planner.money import ticks

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.model.calls import Call
    from dispatch_engine.model.problem import ProblemDocument


@dataclass(frozen=True)
class StandIn:
    """What meets a want: pieces of a part one for one, or kits that are opened for one of the parts in them.

    ``price_ticks`` is for each piece or kit. Of a kit, ``content`` is what comes with it, ``meets`` the part inside
    that meets the want, at ``meets_ticks`` for each piece.
    """

    part: str
    price_ticks: int
    content: Mapping[str, int] = field(default_factory=dict)
    meets: str | None = None
    meets_ticks: int = 0

    def needed(self, wanted: int) -> int:
        """Return how many pieces or kits meet so many wanted pieces."""
        return wanted if self.meets is None else -(-wanted // self.content[self.meets])

    def left(self, wanted: int) -> Counter[str]:
        """Return what is left of the kits that are opened for so many wanted pieces."""
        if self.meets is None:
            return Counter()
        kits = self.needed(wanted)
        return Counter({part: kits * pieces for part, pieces in self.content.items()}) - Counter({self.meets: wanted})

    def price(self, wanted: int) -> int:
        """Return the extra price of meeting so many wanted pieces, in ticks."""
        return self.price_ticks * self.needed(wanted) + self.meets_ticks * wanted


class StandIns:
    """The relations of the parts of a document; none where the policy switches substitution off."""

    def __init__(self, problem: ProblemDocument) -> None:
        allowed = problem.policy.substitution == "allowed"
        self._parts = {part.id: part for part in problem.parts} if allowed else {}
        self._allowed = allowed
        self._content = {part.id: Counter(part.contains) for part in self._parts.values() if part.contains}

    def of(self, call: Call, part: str) -> list[StandIn]:
        """Return what can meet a call's want of a part: the part itself, then the others in order of liking."""
        prices = self.prices(call, part)
        kits = {kit: content for kit, content in self._kits(prices).items() if kit != part}
        whole = [StandIn(name, price) for name, price in prices.items() if name not in kits]
        return whole + [_opened_for(kit, content, prices) for kit, content in kits.items()]

    def prices(self, call: Call, part: str) -> dict[str, int]:
        """Return the pieces that meet a want of a part one for one, with their price in ticks, itself first."""
        found = dict.fromkeys(self._successors(part), 0)
        for name, price in self._substitutes(call, part):
            for successor in self._successors(name):
                found.setdefault(successor, price)
        return found

    def _substitutes(self, call: Call, part: str) -> Iterator[tuple[str, int]]:
        if not self._allowed:
            return
        successors = self._successors(part)
        yield from ((each.substitute, ticks(each.price)) for each in call.substitutes if each.part in successors)
        for name in successors:
            if name in self._parts:
                yield from ((each.part, ticks(each.price)) for each in self._parts[name].substitutes)

    def _successors(self, part: str) -> list[str]:
        """Return a part and what supersedes it, the part first."""
        chain = [part]
        while chain[-1] in self._parts:
            following = self._parts[chain[-1]].superseded_by
            if following is None or following in chain:
                break
            chain.append(following)
        return chain

    def _kits(self, wanted: Mapping[str, int]) -> dict[str, Mapping[str, int]]:
        """Return the kits in which one of the parts is, opened as far as that takes."""
        opened = {kit: self._opened(kit, wanted) for kit in self._content}
        return {kit: content for kit, content in opened.items() if content is not None}

    def _opened(self, kit: str, wanted: Mapping[str, int]) -> Mapping[str, int] | None:
        """Return the content of a kit, the kit inside opened that has a wanted part; None where it has none."""
        content = self._content[kit]
        if any(name in content for name in wanted):
            return content
        for inner in content:
            within = self._opened(inner, wanted) if inner in self._content else None
            if within is not None:
                return content - Counter({inner: 1}) + Counter(within)
        return None


def _opened_for(kit: str, content: Mapping[str, int], prices: Mapping[str, int]) -> StandIn:
    """Return a kit that is opened for the first of the parts in it that meets the want."""
    meets = next(part for part in prices if part in content)
    return StandIn(kit, prices.get(kit, 0), content, meets, 0 if kit in prices else prices[meets])
