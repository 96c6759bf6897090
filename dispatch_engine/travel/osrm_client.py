"""Ask an OSRM server over HTTP: time limits, repeated tries, and errors that say what to do."""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from dispatch_engine.travel.errors import OsrmAnswerError, OsrmMissingError, OsrmRefusedError, OsrmUnreachableError

if TYPE_CHECKING:
    import httpx

BUSY_STATUS = frozenset((408, 429, 500, 502, 503, 504))


@dataclass(frozen=True, slots=True)
class Patience:
    """How long to wait for a server.

    Parameters
    ----------
    timeout_s
        For one try.
    retries
        Further tries after the first, when there is no answer or the server is busy.
    backoff_s
        Pause before the first further try; doubles each time.
    """

    timeout_s: float = 20.0
    retries: int = 3
    backoff_s: float = 0.25


class OsrmClient:
    """One server.

    Parameters
    ----------
    url
        `http://host:port`, optionally with a path before `/table`.
    patience
        How long to wait.
    sleep
        Waits for a number of seconds.

    Raises
    ------
    OsrmMissingError
        httpx is not installed.
    OsrmUnreachableError
        The address is not one of http or https.
    """

    def __init__(self, url: str, patience: Patience | None = None, sleep: Callable[[float], None] = time.sleep) -> None:
        self.address = _public_address(url)
        self._url = url.rstrip("/")
        self._patience = patience or Patience()
        self._sleep = sleep
        self._http = _httpx()

    def session(self) -> httpx.Client:
        """Return open connections to the server, to be closed by `with`."""
        session: httpx.Client = self._http.Client(timeout=self._patience.timeout_s)
        return session

    def get(self, session: httpx.Client, path: str, accepted: Collection[str] = ("Ok",)) -> dict[str, Any]:
        """Return the server's answer to a request as JSON.

        Parameters
        ----------
        session
            From `session`.
        path
            Below the server's address.
        accepted
            Codes of an answer that are not a refusal.

        Raises
        ------
        OsrmUnreachableError
            No answer after all tries.
        OsrmRefusedError
            The server says no.
        OsrmAnswerError
            The answer is not OSRM's.
        """
        fault = ""
        for attempt in range(self._patience.retries + 1):
            if attempt:
                self._sleep(self._patience.backoff_s * 2 ** (attempt - 1))
            try:
                response = session.get(f"{self._url}/{path}")
            except self._http.TransportError as error:
                fault = f"{type(error).__name__}: {error}"
                continue
            if response.status_code not in BUSY_STATUS:
                return self._answer(response, accepted)
            fault = f"HTTP status {response.status_code}"
        raise self._unreachable(fault)

    def _answer(self, response: httpx.Response, accepted: Collection[str]) -> dict[str, Any]:
        try:
            answer = response.json()
        except (json.JSONDecodeError, UnicodeDecodeError):
            answer = None
        if not isinstance(answer, dict) or not isinstance(answer.get("code"), str):
            raise answer_error(self.address, f"HTTP status {response.status_code} without OSRM's code")
        if answer["code"] not in accepted:
            raise self._refused(answer["code"], str(answer.get("message", "")))
        return answer

    def _unreachable(self, fault: str) -> OsrmUnreachableError:
        tries = self._patience.retries + 1
        return OsrmUnreachableError(
            f"the OSRM server at {self.address} did not answer in {tries} tries of {self._patience.timeout_s:g} s "
            f"(last: {fault})",
            value=self.address,
            advice="Maybe it is not running or still loading; or use the travel source 'road'.",
        )

    def _refused(self, code: str, message: str) -> OsrmRefusedError:
        advice = "Maybe the profile or an option is not what this server was prepared for."
        if code == "TooBig":
            advice = "Maybe start osrm-routed with a larger --max-table-size, or ask for smaller blocks."
        return OsrmRefusedError(
            f"the OSRM server at {self.address} refused the request with {code}: {message}", value=code, advice=advice
        )


def answer_error(address: str, fault: str) -> OsrmAnswerError:
    """Return the error for an answer that is not what OSRM promises."""
    return OsrmAnswerError(
        f"the server at {address} gave an answer that is not OSRM's: {fault}",
        value=address,
        advice="Maybe the address is that of another service, or a proxy answers in its place.",
    )


def _httpx() -> Any:
    try:
        import httpx
    except ModuleNotFoundError as error:
        raise OsrmMissingError(
            "the travel source 'osrm' needs the package httpx, which is not installed",
            value="httpx",
            advice="Maybe install it: pip install 'dispatch-engine[osrm]'.",
        ) from error
    return httpx


def _public_address(url: str) -> str:
    """Return the address without user, password and query, fit to be shown."""
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise _no_address(url) from error
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise _no_address(url)
    host = f"{parts.hostname}:{port}" if port else parts.hostname
    return f"{parts.scheme}://{host}{parts.path.rstrip('/')}"


def _no_address(url: str) -> OsrmUnreachableError:
    return OsrmUnreachableError(
        f"{url.rpartition('@')[2]!r} is no address of an OSRM server",
        value=url.rpartition("@")[2],
        advice="Maybe write it as http://localhost:5000.",
    )
