"""Where webhooks may go, how they are signed, how long is waited."""

from __future__ import annotations

import pytest

from dispatch_engine.webhooks.addresses import require_address
from dispatch_engine.webhooks.backoff import Backoff
from dispatch_engine.webhooks.errors import WebhookUrlError
from dispatch_engine.webhooks.signing import signed_headers


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com/hook?x=1",
        "http://127.0.0.1:9000/",
        "http://[::1]/",
        "http://localhost:1/",
        "http://hooks.internal:8080/dispatch",
    ],
)
def test_https_this_machine_and_allowed_hosts_may_be_called(url: str) -> None:
    require_address(url, {"hooks.internal"})


@pytest.mark.parametrize(
    "url",
    [
        "http://example.com/",
        "http://10.0.0.1/",
        "http://localhost.example.com/",
        "http://hooks.internal.example.com/",
        "ftp://127.0.0.1/",
        "file:///etc/hostname",
        "https://",
        "https://example.com/#part",
        "https://example.com:port/",
        "https://[::1/",
        "example.com",
    ],
)
def test_other_addresses_are_refused(url: str) -> None:
    with pytest.raises(WebhookUrlError, match="Maybe"):
        require_address(url, {"hooks.internal"})


def test_an_address_with_a_password_is_refused_without_telling_it() -> None:
    with pytest.raises(WebhookUrlError) as refused:
        require_address("https://desk:secret@example.com/", ())
    assert "secret" not in f"{refused.value} {refused.value.value}"


def test_the_signature_of_a_given_message_never_changes() -> None:
    """The example of Standard Webhooks, as its libraries test it."""
    headers = signed_headers(
        "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", 1614265330, b'{"test": 2432232314}'
    )
    assert headers == {
        "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
        "webhook-timestamp": "1614265330",
        "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
    }


def test_waits_double_up_to_the_longest() -> None:
    backoff = Backoff(first_s=1, longest_s=10)
    assert [backoff.wait_s(failed, 0) for failed in (1, 2, 3, 4, 5, 500)] == [1, 2, 4, 8, 10, 10]


def test_chance_takes_off_up_to_a_half() -> None:
    assert Backoff(first_s=4).wait_s(1, 0.5) == 3
