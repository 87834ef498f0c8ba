from __future__ import annotations

import base64
import json
from dataclasses import replace

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import ReconnectNeeded, Rejected, TryAgain
from heard.channels.email import sign_in
from heard.channels.email.credentials import EmailCredentials
from heard.channels.email.sign_in import EmailApp, grants, renew, xoauth2
from heard.channels.email.tests.conftest import mail_credentials
from heard.channels.tests.wire import HttpWire

APP = EmailApp(provider="google", client_id="client-1", client_secret=SecretStr("s3cret-app"))


@pytest.fixture
def provider(httpserver: HTTPServer, monkeypatch: pytest.MonkeyPatch) -> HTTPServer:
    place = replace(sign_in.PLACES["google"], token=httpserver.url_for("/token"))
    monkeypatch.setattr(sign_in, "PLACES", {"google": place})
    return httpserver


@pytest.fixture
def signed_in() -> HttpWire[EmailCredentials]:
    return HttpWire(
        mail_credentials(
            1,
            1,
            provider="google",
            client_id="client-1",
            client_secret=SecretStr("s3cret-app"),
            access_token=SecretStr("old-access"),
            refresh_token=SecretStr("old-refresh"),
        )
    )


def test_signing_in_brings_the_mailbox_and_its_servers(provider: HTTPServer) -> None:
    middle = base64.urlsafe_b64encode(json.dumps({"email": "acme@gmail.com"}).encode()).decode().rstrip("=")
    told = {"access_token": "a", "refresh_token": "r", "expires_in": 3600, "id_token": f"x.{middle}.y"}
    provider.expect_request("/token", method="POST").respond_with_json(told)
    [grant] = grants(
        APP, code="c", redirect_uri="https://acme.example/back", wire=HttpWire(mail_credentials(1, 1))
    )

    mine = grant.credentials
    assert isinstance(mine, EmailCredentials)
    assert (mine.account, mine.imap_host, mine.smtp_host) == (
        "acme@gmail.com",
        "imap.gmail.com",
        "smtp.gmail.com",
    )
    assert xoauth2(mine) == b"user=acme@gmail.com\x01auth=Bearer a\x01\x01"
    assert grant.account.expires_at


def test_a_new_token_is_had_for_the_old_one(
    provider: HTTPServer, signed_in: HttpWire[EmailCredentials]
) -> None:
    provider.expect_request("/token").respond_with_json({"access_token": "new-access", "expires_in": 3600})
    renewed = renew(signed_in)

    mine = renewed.credentials
    assert isinstance(mine, EmailCredentials)
    assert mine.access_token.get_secret_value() == "new-access"
    assert (
        mine.refresh_token.get_secret_value() == "old-refresh"
    )  # Google keeps it, Microsoft gives a new one
    assert renewed.expires_at


@pytest.mark.parametrize(
    ("status", "raised"), [(400, ReconnectNeeded), (401, ReconnectNeeded), (429, TryAgain), (503, TryAgain)]
)
def test_a_refusal_wants_a_person_and_trouble_wants_time(
    status: int, raised: type[Exception], provider: HTTPServer, signed_in: HttpWire[EmailCredentials]
) -> None:
    said = {"error": "invalid_grant", "error_description": "s3cret-app old-refresh"}
    provider.expect_request("/token").respond_with_json(said, status=status)
    with pytest.raises(raised) as caught:
        renew(signed_in)
    assert "s3cret" not in str(caught.value)
    assert "old-refresh" not in str(caught.value)


def test_a_sign_in_that_names_no_mailbox_connects_none(provider: HTTPServer) -> None:
    for token in ("", "x", "x.!!.y", "x.W10.y"):
        provider.expect_oneshot_request("/token").respond_with_json({"access_token": "a", "id_token": token})
        with pytest.raises(Rejected):
            grants(APP, code="c", redirect_uri="https://acme.example", wire=HttpWire(mail_credentials(1, 1)))


def test_a_mailbox_with_a_password_has_nothing_to_renew() -> None:
    with pytest.raises(ReconnectNeeded):
        renew(HttpWire(mail_credentials(1, 1)))
