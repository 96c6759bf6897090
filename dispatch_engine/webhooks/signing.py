"""How a receiver knows who sent a message and that it is whole and new.

References
----------
Standard Webhooks 1.0.0 (2023), https://www.standardwebhooks.com: names of headers, what is signed, form of secrets.
"""

from __future__ import annotations

import base64
import hashlib
import hmac

from dispatch_engine.webhooks.hook import SECRET_PREFIX

ID, TIMESTAMP, SIGNATURE = "webhook-id", "webhook-timestamp", "webhook-signature"


def signed_headers(secret: str, message: str, timestamp: int, body: bytes) -> dict[str, str]:
    """Return the headers that sign a message.

    Parameters
    ----------
    secret
        ``whsec_`` and base64.
    message
        Id of the message, the same in every attempt.
    timestamp
        Seconds since 1970 at this attempt.
    body
        What is sent.
    """
    return {ID: message, TIMESTAMP: str(timestamp), SIGNATURE: f"v1,{_signature(secret, message, timestamp, body)}"}


def _signature(secret: str, message: str, timestamp: int, body: bytes) -> str:
    key = base64.b64decode(secret.removeprefix(SECRET_PREFIX))
    said = f"{message}.{timestamp}.".encode() + body
    return base64.b64encode(hmac.new(key, said, hashlib.sha256).digest()).decode()
