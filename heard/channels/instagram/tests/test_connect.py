"""Connecting by either sign-in, looking, subscribing and renewing, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr, ValidationError
from pytest_httpserver import HTTPServer

from heard.channels.contract import ReconnectNeeded, Rejected, TryAgain
from heard.channels.instagram.channel import Instagram
from heard.channels.instagram.credentials import InstagramApp, InstagramCredentials, Login
from heard.channels.instagram.tests.conftest import IG, credentials
from heard.channels.tests.wire import HttpWire

Wire = HttpWire[Any]
INSTAGRAM = Instagram()
RETURN = "https://heard.example/connect"
SHOWN = {"username": "acme.shop", "name": "Acme Shop", "profile_picture_url": "https://x.fbcdn.net/a.png"}


def an_app(server: HTTPServer, login: Login, **more: Any) -> InstagramApp:
    url = server.url_for("/v26.0")
    said: dict[str, Any] = {
        "app_id": "151777",
        "app_secret": SecretStr("sim-secret"),
        "verify_token": SecretStr("verify-me"),
        "login": login,
        "instagram_app_id": "990",
        "instagram_app_secret": SecretStr("instagram-secret"),
        "base_url": url,
        "instagram_graph_url": url,
        "instagram_code_url": server.url_for(""),
    }
    return InstagramApp(**(said | more))


def asked_of(url: str) -> dict[str, str]:
    return {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}


def test_each_sign_in_asks_for_rights_by_its_own_names(httpserver: HTTPServer) -> None:
    at_instagram = INSTAGRAM.authorize_url(an_app(httpserver, "instagram"), redirect_uri=RETURN, state="s-1")
    at_facebook = INSTAGRAM.authorize_url(an_app(httpserver, "facebook"), redirect_uri=RETURN, state="s-1")
    assert at_instagram.startswith("https://www.instagram.com/oauth/authorize?")
    assert asked_of(at_instagram)["client_id"] == "990"
    assert "instagram_business_manage_messages" in asked_of(at_instagram)["scope"]
    assert at_facebook.startswith("https://www.facebook.com/v26.0/dialog/oauth?")
    assert "instagram_manage_messages,pages_show_list" not in asked_of(at_instagram)["scope"]
    assert "instagram_manage_messages" in asked_of(at_facebook)["scope"].split(",")
    assert asked_of(at_facebook)["state"] == "s-1"


def test_an_app_for_the_sign_in_at_instagram_has_a_number_of_its_own(httpserver: HTTPServer) -> None:
    with pytest.raises(ValidationError, match="Instagram app ID"):
        an_app(httpserver, "instagram", instagram_app_id="")
    an_app(httpserver, "facebook", instagram_app_id="", instagram_app_secret=None)


@pytest.mark.parametrize("wrapped", [True, False])
def test_signing_in_at_instagram_brings_a_token_of_sixty_days(
    wrapped: bool, wire: Wire, httpserver: HTTPServer
) -> None:
    short = {"access_token": "short", "user_id": "990017", "permissions": "instagram_business_basic"}
    httpserver.expect_request("/oauth/access_token", method="POST").respond_with_json(
        {"data": [short]} if wrapped else short
    )
    exchange = {
        "grant_type": "ig_exchange_token",
        "client_secret": "instagram-secret",
        "access_token": "short",
    }
    httpserver.expect_request("/access_token", query_string=exchange).respond_with_json(
        {"access_token": "long", "token_type": "bearer", "expires_in": 5183944}
    )
    bearer = {"Authorization": "Bearer long"}
    httpserver.expect_request("/v26.0/me", headers=bearer).respond_with_json(
        {"id": "990017", "user_id": IG, **SHOWN}
    )
    [grant] = INSTAGRAM.grants(
        an_app(httpserver, "instagram"), code="code-1#_", redirect_uri=RETURN, wire=wire
    )
    assert (grant.account.external_id, grant.account.name) == (IG, "Acme Shop")
    made = grant.credentials
    assert isinstance(made, InstagramCredentials)
    assert (made.account, made.login) == (IG, "instagram")
    assert made.access_token.get_secret_value() == "long"
    assert made.ends_at
    assert made.ends_at > datetime.now(UTC) + timedelta(days=59)
    [(request, _), *_] = httpserver.log
    assert request.form["code"] == "code-1"


def test_signing_in_at_facebook_brings_the_accounts_that_are_linked_to_pages(
    wire: Wire, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/v26.0/oauth/access_token").respond_with_json({"access_token": "person"})
    linked = {"id": IG, **SHOWN}
    pages = [
        {"id": "104500", "access_token": "page-token", "instagram_business_account": linked},
        {"id": "204600", "access_token": "other"},
    ]
    httpserver.expect_request("/v26.0/me/accounts").respond_with_json({"data": pages})
    [grant] = INSTAGRAM.grants(an_app(httpserver, "facebook"), code="c", redirect_uri=RETURN, wire=wire)
    made = grant.credentials
    assert isinstance(made, InstagramCredentials)
    assert (made.account, made.login, made.access_token.get_secret_value()) == (IG, "facebook", "page-token")


def test_a_refused_code_is_a_rejection_with_instagrams_words(wire: Wire, httpserver: HTTPServer) -> None:
    said = {"error_type": "OAuthException", "code": 400, "error_message": "This code was used: code-1234"}
    httpserver.expect_request("/oauth/access_token").respond_with_json(said, status=400)
    with pytest.raises(Rejected) as caught:
        INSTAGRAM.grants(an_app(httpserver, "instagram"), code="code-1234", redirect_uri=RETURN, wire=wire)
    assert "This code was used" in caught.value.reason
    assert "code-1234" not in caught.value.reason


def looked_at(server: HTTPServer, *, token: Any, fields: list[str], number: str = IG) -> None:
    for node in ("me", IG):
        server.expect_request(f"/v26.0/{node}").respond_with_json({"id": number, "user_id": number, **SHOWN})
    server.expect_request("/v26.0/debug_token").respond_with_json({"data": token})
    apps = {"data": [{"id": "151777", "subscribed_fields": fields}]}
    server.expect_request("/v26.0/me/subscribed_apps").respond_with_json(apps)


def test_looking_tells_rights_by_one_name_whatever_the_sign_in(
    page_wire: Wire, httpserver: HTTPServer
) -> None:
    looked_at(
        httpserver, token={"is_valid": True, "scopes": ["instagram_basic"]}, fields=["feed", "messages"]
    )
    account = INSTAGRAM.inspect(page_wire)
    assert account.scopes == frozenset({"instagram_business_basic"})
    assert (account.name, account.plan, account.subscribed, account.expires_at) == (
        "Acme Shop",
        "facebook",
        True,
        None,
    )


def test_the_end_of_a_token_is_what_meta_says_or_what_we_wrote_down(httpserver: HTTPServer) -> None:
    ours = datetime(2026, 12, 1, tzinfo=UTC)
    wire = HttpWire(credentials(httpserver, "instagram", expires_at=ours.isoformat()))
    looked_at(httpserver, token={}, fields=["comments"])
    account = INSTAGRAM.inspect(wire)
    assert (account.expires_at, account.subscribed, account.plan) == (ours, False, "instagram")


def test_the_number_that_belongs_to_the_app_is_refused_with_the_right_one(
    wire: Wire, httpserver: HTTPServer
) -> None:
    looked_at(httpserver, token={}, fields=[], number="17840000000000000")
    with pytest.raises(Rejected) as caught:
        INSTAGRAM.inspect(wire)
    assert "17840000000000000" in caught.value.reason


# ── renewing ──


def _in(time: timedelta) -> str:
    return (datetime.now(UTC) + time).isoformat()


def test_a_token_is_renewed_for_another_sixty_days(httpserver: HTTPServer) -> None:
    soon = datetime.now(UTC) + timedelta(days=20)
    wire = HttpWire(credentials(httpserver, "instagram", expires_at=soon.isoformat()))
    asked = {"grant_type": "ig_refresh_token", "access_token": "token-of-acme"}
    httpserver.expect_request("/refresh_access_token", query_string=asked).respond_with_json(
        {"access_token": "fresh", "expires_in": 5183944}
    )
    renewed = INSTAGRAM.renew(wire)
    assert isinstance(renewed.credentials, InstagramCredentials)
    assert renewed.credentials.access_token.get_secret_value() == "fresh"
    assert renewed.credentials.ends_at == renewed.expires_at
    assert renewed.expires_at
    assert renewed.expires_at > soon + timedelta(days=30)
    assert INSTAGRAM.renew_before == timedelta(days=30)


def test_a_token_of_today_is_left_alone_until_tomorrow(httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/me").respond_with_json({"user_id": IG})
    wire = HttpWire(credentials(httpserver, "instagram", expires_at=_in(timedelta(days=59, hours=20))))
    with pytest.raises(TryAgain) as caught:
        INSTAGRAM.renew(wire)
    assert caught.value.after
    assert timedelta(hours=3) < caught.value.after <= timedelta(hours=20)
    assert [request.path for request, _ in httpserver.log] == ["/v26.0/me"]


def test_a_dead_token_asks_for_reconnecting(wire: Wire, httpserver: HTTPServer) -> None:
    error = {"error": {"message": "Session has expired", "type": "IGApiException", "code": 190}}
    httpserver.expect_request("/refresh_access_token").respond_with_json(error, status=401)
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.renew(wire)


def test_the_token_of_a_page_is_not_to_be_renewed(page_wire: Wire, httpserver: HTTPServer) -> None:
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.renew(page_wire)
    assert not httpserver.log


def test_a_young_token_that_was_taken_away_is_not_waited_for(httpserver: HTTPServer) -> None:
    ends = datetime.now(UTC) + timedelta(days=59, hours=20)
    error = {"error": {"message": "The user has not authorized", "code": 190, "error_subcode": 458}}
    httpserver.expect_request("/v26.0/me").respond_with_json(error, status=401)
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.renew(HttpWire(credentials(httpserver, "instagram", expires_at=ends.isoformat())))
