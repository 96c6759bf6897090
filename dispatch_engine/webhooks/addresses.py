"""Which addresses webhooks may be sent to."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from dispatch_engine.webhooks.errors import WebhookUrlError

if TYPE_CHECKING:
    from collections.abc import Collection


def require_address(url: str, allowed_hosts: Collection[str]) -> None:
    """Refuse an address that is neither https, nor on this machine, nor on a host that is allowed.

    Parameters
    ----------
    url
        Where to send.
    allowed_hosts
        Names to which plain http is allowed, in small letters.

    Raises
    ------
    WebhookUrlError
    """
    try:
        parts = urlsplit(url)
        host, _ = parts.hostname, parts.port
    except ValueError as error:
        raise WebhookUrlError(url, "it is no URL") from error
    if parts.username is not None or parts.password is not None:
        raise WebhookUrlError(url.replace(parts.netloc, parts.netloc.rpartition("@")[2]), "it holds a password")
    if parts.scheme not in {"http", "https"} or not host or parts.fragment:
        raise WebhookUrlError(url, "it is no address of https")
    if parts.scheme == "http" and not (is_loopback(host) or host in allowed_hosts):
        raise WebhookUrlError(url, "http is neither signed nor secret on its way, so it takes https")


def is_loopback(host: str) -> bool:
    """Whether a host is this machine."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
