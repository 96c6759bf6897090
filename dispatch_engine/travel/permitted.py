"""Travel sources for documents from elsewhere, which may name neither files nor addresses of their own choice."""

from __future__ import annotations

import threading
from collections import OrderedDict
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dispatch_engine.travel.errors import NetworkNotFoundError, SourceForbiddenError
from dispatch_engine.travel.network.locate import locate_network
from dispatch_engine.travel.open import open_travel

if TYPE_CHECKING:
    from dispatch_engine.model.travel import ClosedArea, Travel
    from dispatch_engine.travel.source import TravelSource

MAX_OPEN = 8


@dataclass(frozen=True)
class TravelPermit:
    """What documents may name.

    Attributes
    ----------
    networks
        Folder with road networks that may be used by name, besides those that come with the program; None: none.
    osrm_urls
        Addresses of OSRM servers, to the letter.
    """

    networks: Path | None = None
    osrm_urls: frozenset[str] = frozenset()


class PermittedSources:
    """Opens travel sources within a permit, and keeps the latest road networks open; safe to use from several threads.

    Parameters
    ----------
    permit
        What documents may name.
    """

    def __init__(self, permit: TravelPermit) -> None:
        self._permit = permit
        self._lock = threading.Lock()
        self._open: OrderedDict[tuple[Path, tuple[ClosedArea, ...]], TravelSource] = OrderedDict()

    def __reduce__(self) -> tuple[Any, ...]:
        """Have the permit pickled: each process opens the networks anew, once."""
        return sources_of, (self._permit,)

    def open(self, travel: Travel) -> TravelSource:
        """Return the source that a document names.

        Raises
        ------
        SourceForbiddenError
            It names a path, or a server that is not on the list.
        TravelError
            What the source needs is not stated, not found or of no use.
        """
        if travel.source == "road" and travel.network is not None:
            return self._road(travel, travel.network)
        if travel.source == "osrm" and travel.url is not None and travel.url not in self._permit.osrm_urls:
            raise SourceForbiddenError(
                f"the OSRM server {travel.url!r} is not one that this server asks",
                pointer="/travel/url",
                value=travel.url,
                advice="Maybe leave the address to whoever runs the server: it has a list of those it asks.",
            )
        return open_travel(travel, self._folder)

    @property
    def _folder(self) -> Path:
        return self._permit.networks or NOWHERE

    def _road(self, travel: Travel, network: str) -> TravelSource:
        key = self._network_file(network), travel.closed_areas
        with self._lock:
            source = self._open.get(key) or open_travel(travel, self._folder)
            self._open[key] = source
            self._open.move_to_end(key)
            if len(self._open) > MAX_OPEN:
                self._open.popitem(last=False)
        return source

    def _network_file(self, network: str) -> Path:
        """Return the file of a network by name; what messages say of it does not tell where the server looks."""
        if Path(network).suffix or Path(network).parts != (network,) or network == "..":
            raise SourceForbiddenError(
                f"a document names a road network by its name alone, not as {network!r}",
                pointer="/travel/network",
                value=network,
                advice="Maybe use one that comes with the program, such as 'coquimbo'.",
            )
        try:
            return locate_network(network, self._folder)
        except NetworkNotFoundError:
            raise NetworkNotFoundError(
                f"this server has no road network {network!r}",
                pointer="/travel/network",
                value=network,
                advice="Maybe use one that comes with the program, such as 'coquimbo'.",
            ) from None


@cache
def sources_of(permit: TravelPermit) -> PermittedSources:
    """Return the sources of this process within a permit."""
    return PermittedSources(permit)


NOWHERE = Path("/nonexistent")
"""Where no network is found."""
