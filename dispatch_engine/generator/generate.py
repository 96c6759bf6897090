"""Putting a generated document together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.generator.calls import calls_of
from dispatch_engine.generator.company import CONTRACTS, CURRENCY, POLICY, providers
from dispatch_engine.generator.crew import technicians
from dispatch_engine.generator.districts import districts, territories
from dispatch_engine.generator.draw import Draw
from dispatch_engine.generator.jobs import jobs
from dispatch_engine.generator.parts.dressed import dressed
from dispatch_engine.generator.streets import FRONTED, LIVED_IN, Streets
from dispatch_engine.model.problem import ProblemDocument
from dispatch_engine.model.travel import Travel

if TYPE_CHECKING:
    from dispatch_engine.generator.settings import Settings
    from dispatch_engine.travel.network.network import Network


def generate(settings: Settings, network: Network) -> ProblemDocument:
    """Return a problem document: the same settings on the same network give the same document.

    Parameters
    ----------
    settings
        What is wanted.
    network
        The network that `settings.network` names.
    """
    homes, fronts = Streets(network, LIVED_IN), Streets(network, FRONTED)
    boxes = districts(fronts, network.bbox, settings.territories)
    crew = technicians(settings, homes, boxes)
    document = ProblemDocument(
        version=1,
        id=settings.id,
        currency=CURRENCY,
        time_zone=settings.time_zone,
        now=settings.now,
        technicians=crew,
        providers=providers(settings, Draw(settings.seed, "providers"), fronts, tuple(boxes)),
        calls=calls_of(settings, jobs(settings, fronts), crew),
        contracts=tuple(CONTRACTS.values()),
        territories=territories(boxes),
        travel=Travel(source="road", network=settings.network),
        policy=POLICY,
    )
    return dressed(settings, document, fronts) if settings.parts else document
