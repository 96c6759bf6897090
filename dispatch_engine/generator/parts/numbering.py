"""Making part numbers: one of a role for each make of machine, with successors, substitutes and kits."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from typing import TYPE_CHECKING

from dispatch_engine.generator.draw import Draw, quotas
from dispatch_engine.generator.errors import TooFewPartsError
from dispatch_engine.generator.kinds import PART_BEYOND
from dispatch_engine.generator.parts.catalogue import Catalogue
from dispatch_engine.generator.parts.roles import ROLES, Role
from dispatch_engine.model.stock import Part, PartSubstitute

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from dispatch_engine.generator.settings import Settings

SUCCESSORS = 0.08
"""Of the part numbers, those that are successors of others."""

CHAIN_EVERY = 3
"""Every third number that is superseded is so twice."""

REVISIONS = "BC"
"""How successors are told from the numbers that they supersede."""

MODEL_PRICE = Decimal("0.1")
"""By how much a model is dearer than the one before."""

UNIVERSAL_COST = Decimal("1.2")
"""What a number that fits all costs, to the price of the most frequent make."""

STEP_PRICE, UNIVERSAL_PRICE = Decimal("0.15"), Decimal("0.3")
"""Extra price of the next larger model, and of the number that fits all: share of the price of the piece."""


def least_parts(settings: Settings) -> int:
    """Return how many part numbers it takes for every role to have one."""
    return len(ROLES) + sum(role.has_universal for role in ROLES) + (settings.beyond_stock > 0)


def catalogue_of(settings: Settings) -> Catalogue:
    """Return a catalogue with as many part numbers as the settings ask for.

    Raises
    ------
    TooFewPartsError
        There are fewer than roles.
    """
    least = least_parts(settings)
    if settings.parts < least:
        raise TooFewPartsError(
            f"{settings.parts} part numbers are too few for everything that fails in the machines of a generated day",
            value=settings.parts,
            advice=f"Maybe {least} or more, or 0 for the few parts of the simple days.",
        )
    n_successors = min(round(settings.parts * SUCCESSORS), settings.parts - least)
    makes = _makes(settings.parts - least + len(ROLES) - n_successors)
    chains = _chains(Draw(settings.seed, "catalogue"), makes, n_successors)
    parts = [part for role in ROLES for part in _parts_of(role, makes, chains)]
    if settings.beyond_stock:
        parts.append(Part(id=PART_BEYOND, name="discontinued valve"))
    return Catalogue(tuple(parts), makes, {name: chain[-1] for name, chain in chains.items()})


def _makes(count: int) -> dict[str, tuple[str, ...]]:
    """Return numbers by role: one for each role, the rest as the roles' weights say."""
    beyond = {role.code: role.numbers - 1 for role in ROLES if role.numbers > 1}
    more = quotas(count - len(ROLES), beyond)
    counts = {role.code: 1 + more.count(role.code) for role in ROLES}
    return {code: tuple(f"{code}-{number}" for number in range(1, n + 1)) for code, n in counts.items()}


def _chains(draw: Draw, makes: Mapping[str, tuple[str, ...]], count: int) -> dict[str, tuple[str, ...]]:
    """Return chains of `count` successors in all, by the number that is superseded."""
    chains: dict[str, tuple[str, ...]] = {}
    for name in draw.shuffled([name for role in ROLES if role.is_revised for name in makes[role.code]]):
        length = min(count, 2 if len(chains) % CHAIN_EVERY == CHAIN_EVERY - 1 else 1)
        if length:
            chains[name] = tuple(f"{name}{letter}" for letter in REVISIONS[:length])
        count -= length
    return chains


def _parts_of(
    role: Role, makes: Mapping[str, tuple[str, ...]], chains: Mapping[str, tuple[str, ...]]
) -> Iterator[Part]:
    """Yield the parts of a role: each make's number with its successors, then the one that fits all."""
    numbers = makes[role.code]
    for k, name in enumerate(numbers):
        price = (role.price * (1 + k * MODEL_PRICE)).quantize(Decimal(1))
        chain = (name, *chains.get(name, ()))
        kits = {kit.code: kit for kit in ROLES if role.code in kit.contains and k < len(makes[kit.code])}
        for earlier, following in zip(chain, (*chain[1:], None), strict=True):
            yield _part(role, earlier, f"{role.name}, model {earlier.rsplit('-', 1)[1]}", price).model_copy(
                update={
                    "contains": {_of_make(makes[inner], k): count for inner, count in role.contains.items()},
                    "superseded_by": following,
                    "substitutes": tuple(_substitutes(role, numbers, k, price, kits)) if earlier == name else (),
                }
            )
    if role.has_universal:
        yield _part(
            role, _universal(role), f"{role.name}, fits all", (role.price * UNIVERSAL_COST).quantize(Decimal(1))
        )


def _part(role: Role, name: str, title: str, price: Decimal) -> Part:
    return Part(
        id=name,
        name=title,
        volume=Decimal(role.litres),
        weight=Decimal(role.kg),
        slots=role.slots,
        order_lead_time=timedelta(days=role.lead_days),
        unit_price=price,
    )


def _substitutes(
    role: Role, numbers: tuple[str, ...], k: int, price: Decimal, kits: Mapping[str, Role]
) -> Iterator[PartSubstitute]:
    """Yield what can replace the k-th number of a role, the cheapest first."""
    if role.is_stepped and k + 1 < len(numbers):
        yield PartSubstitute(part=numbers[k + 1], price=(price * STEP_PRICE).quantize(Decimal(1)))
    if role.has_universal:
        yield PartSubstitute(part=_universal(role), price=(price * UNIVERSAL_PRICE).quantize(Decimal(1)))
    for code, kit in kits.items():
        yield PartSubstitute(part=f"{code}-{k + 1}", price=Decimal(kit.price - role.price))


def _universal(role: Role) -> str:
    return f"{role.code}-U"


def _of_make(numbers: tuple[str, ...], k: int) -> str:
    return numbers[min(k, len(numbers) - 1)]
