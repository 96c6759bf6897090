"""What can go wrong with keys and what they allow.

DispatchError
└── AccessError              access
    ├── KeyMissingError      key_missing
    ├── KeyInvalidError      key_invalid
    ├── KeyExpiredError      key_expired
    ├── KeyRevokedError      key_revoked
    ├── RoleForbiddenError   role_forbidden
    ├── CommandForbiddenError  command_forbidden
    ├── NotOwnError          not_own
    ├── RateLimitedError     rate_limited
    ├── KeyUnknownError      key_unknown
    └── KeyRequestError      key_request
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dispatch_engine.errors import DispatchError

if TYPE_CHECKING:
    from collections.abc import Collection

    from dispatch_engine.access.roles import Role


class AccessError(DispatchError):
    """A key does not allow what was asked for."""

    code = "access"


class KeyMissingError(AccessError):
    """The request carries no API key."""

    code = "key_missing"

    def __init__(self) -> None:
        super().__init__(
            "the request has no API key",
            advice="Maybe add the header Authorization: Bearer KEY; dispatch keys create makes a key.",
        )


class KeyInvalidError(AccessError):
    """There is no key with this id and secret; which of the two is wrong is not told."""

    code = "key_invalid"

    def __init__(self) -> None:
        super().__init__("the API key is not known here", advice="Maybe it was cut off, or belongs to another server.")


class KeyExpiredError(AccessError):
    """The key was valid for a time that is over."""

    code = "key_expired"

    def __init__(self, key: str, expired: str) -> None:
        super().__init__(f"the API key {key} expired at {expired}", value=key, advice="Maybe ask for a new one.")


class KeyRevokedError(AccessError):
    """The key was taken back."""

    code = "key_revoked"

    def __init__(self, key: str) -> None:
        super().__init__(f"the API key {key} is revoked", value=key, advice="Maybe ask for a new one.")


class RoleForbiddenError(AccessError):
    """The role of the key does not include this."""

    code = "role_forbidden"

    def __init__(self, role: Role, allowed: Collection[Role]) -> None:
        super().__init__(
            f"a key with the role {role} may not do this; it takes {' or '.join(allowed)}",
            value=str(role),
            advice="Maybe use another key.",
        )


class CommandForbiddenError(AccessError):
    """The role of the key does not include this command."""

    code = "command_forbidden"

    def __init__(self, role: Role, command: str) -> None:
        super().__init__(
            f"a key with the role {role} may not send {command}",
            pointer="/type",
            value=command,
            advice="Maybe use a dispatcher's key.",
        )


class NotOwnError(AccessError):
    """A technician's key is for that technician's own visits, van and day alone."""

    code = "not_own"

    def __init__(self, what: str, name: str) -> None:
        super().__init__(
            f"{what} {name} is not the own one of the key's technician",
            pointer=f"/{what}",
            value=name,
            advice="Maybe the visit was given to somebody else meanwhile: read the own day again.",
        )


class RateLimitedError(AccessError):
    """The key asks more often than the server allows.

    Attributes
    ----------
    retry_after_s
        Seconds until the next request is taken.
    """

    code = "rate_limited"

    def __init__(self, key: str, per_s: float, retry_after_s: float) -> None:
        super().__init__(
            f"the API key {key} asks more than {per_s:g} times a second",
            value=key,
            advice="Maybe wait as long as the header Retry-After says, and send events in batches.",
        )
        self.retry_after_s = retry_after_s


class KeyUnknownError(AccessError):
    """No key has this id."""

    code = "key_unknown"

    def __init__(self, key: str) -> None:
        super().__init__(
            f"there is no API key with the id {key}", value=key, advice="Maybe look it up: dispatch keys list."
        )


class KeyRequestError(AccessError):
    """A key that is asked for makes no sense, such as one for a technician that does not say which."""

    code = "key_request"
