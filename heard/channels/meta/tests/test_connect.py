"""Connecting, looking and subscribing, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import Account, ReconnectNeeded, Rejected
from heard.channels.facebook.channel import Facebook
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.messenger.channel import Messenger
from heard.channels.messenger.credentials import MessengerCredentials
from heard.channels.meta.credentials import MetaApp, MetaCredentials
from heard.channels.tests.wire import HttpWire

Wire = HttpWire[Any]
RETURN = "https://heard.example/connect"


@pytest.fixture
def app(httpserver: HTTPServer) -> MetaApp:
    secret, token = SecretStr("sim-secret"), SecretStr("verify-me")
    url = httpserver.url_for("/v26.0")
    return MetaApp(app_id="151777", app_secret=secret, verify_token=token, base_url=url)


def test_the_way_to_the_sign_in_carries_state_and_rights(app: MetaApp) -> None:
    url = Facebook().authorize_url(app, redirect_uri=RETURN, state="s-1")
    assert url.startswith("https://www.facebook.com/v26.0/dialog/oauth?")
    asked = {name: values[0] for name, values in parse_qs(urlsplit(url).query).items()}
    scopes = asked.pop("scope").split(",")
    assert asked == {
        "client_id": "151777",
        "redirect_uri": RETURN,
        "state": "s-1",
        "response_type": "code",
    }
    assert set(scopes) == {scope.name for scope in Facebook.scopes}


def test_login_for_business_takes_a_configuration_instead_of_rights(app: MetaApp) -> None:
    configured = app.model_copy(update={"login_config_id": "77"})
    url = Messenger().authorize_url(configured, redirect_uri=RETURN, state="s-1")
    assert "config_id=77" in url
    assert "scope" not in url


@pytest.mark.parametrize(
    ("channel", "kind"), [(Facebook(), FacebookCredentials), (Messenger(), MessengerCredentials)]
)
def test_signing_in_brings_one_grant_per_page(
    channel: Any, kind: type[MetaCredentials], app: MetaApp, messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    ours = {"client_id": "151777", "client_secret": "sim-secret"}
    exchange = {"grant_type": "fb_exchange_token", "fb_exchange_token": "short-lived"}
    path = "/v26.0/oauth/access_token"
    httpserver.expect_request(
        path, query_string=ours | {"redirect_uri": RETURN, "code": "code-1"}
    ).respond_with_json({"access_token": "short-lived", "token_type": "bearer", "expires_in": 3600})
    httpserver.expect_request(path, query_string=ours | exchange).respond_with_json(
        {"access_token": "long-lived"}
    )
    picture = {"data": {"url": "https://x.fbcdn.net/acme.png"}}
    pages = [
        {"id": "104500", "name": "Acme", "access_token": "token-of-acme", "tasks": [], "picture": picture},
        {"id": "204600", "name": "No rights here"},
        {"id": 304700, "name": "Bolt", "access_token": "token-of-bolt", "tasks": ["MESSAGING"]},
    ]
    bearer = {"Authorization": "Bearer long-lived"}
    httpserver.expect_request("/v26.0/me/accounts", headers=bearer).respond_with_json({"data": pages})

    acme, bolt = channel.grants(app, code="code-1", redirect_uri=RETURN, wire=messenger_wire)

    assert acme.account == Account("104500", name="Acme", picture_url="https://x.fbcdn.net/acme.png")
    assert isinstance(acme.credentials, kind)
    assert isinstance(bolt.credentials, kind)
    assert acme.credentials.page_token.get_secret_value() == "token-of-acme"
    assert acme.credentials.base_url == app.base_url
    assert bolt.credentials.account == "304700"
    assert "token-of" not in repr(acme)


def test_a_code_that_meta_refuses_is_a_rejection(
    app: MetaApp, messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    error = {"error": {"message": "This authorization code has been used: code-1234", "code": 100}}
    httpserver.expect_request("/v26.0/oauth/access_token").respond_with_json(error, status=400)
    with pytest.raises(Rejected) as caught:
        Facebook().grants(app, code="code-1234", redirect_uri=RETURN, wire=messenger_wire)
    assert "code-1234" not in str(caught.value)


def a_page(server: HTTPServer, token: dict[str, Any], fields: list[str]) -> None:
    server.expect_request("/v26.0/104500").respond_with_json(
        {"id": "104500", "name": "Acme", "picture": {"data": {"url": "https://x.fbcdn.net/acme.png"}}}
    )
    server.expect_request(
        "/v26.0/debug_token",
        query_string={"input_token": "page-token-of-acme"},
        headers={"Authorization": "Bearer 151777|sim-secret"},
    ).respond_with_json({"data": token})
    apps = [{"id": "1", "subscribed_fields": ["ratings"]}, {"id": "151777", "subscribed_fields": fields}]
    server.expect_request("/v26.0/104500/subscribed_apps", method="GET").respond_with_json({"data": apps})


def test_looking_at_an_account_tells_rights_end_and_hooks(
    facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    token = {"is_valid": True, "scopes": ["pages_show_list"], "expires_at": 1791000000}
    a_page(httpserver, token, ["feed", "mention", "ratings", "messages"])
    assert Facebook().inspect(facebook_wire) == Account(
        "104500",
        name="Acme",
        picture_url="https://x.fbcdn.net/acme.png",
        scopes=frozenset({"pages_show_list"}),
        expires_at=datetime(2026, 10, 3, 4, tzinfo=UTC),
        subscribed=True,
    )


def test_a_token_without_an_end_and_a_missing_field(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    a_page(httpserver, {"is_valid": True, "scopes": [], "expires_at": 0}, ["feed", "mention"])
    account = Facebook().inspect(facebook_wire)
    assert account.expires_at is None
    assert account.subscribed is False


def test_a_dead_token_asks_for_reconnecting(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    a_page(httpserver, {"is_valid": False}, [])
    with pytest.raises(ReconnectNeeded):
        Facebook().inspect(facebook_wire)


def test_what_meta_will_not_say_is_unknown(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/104500").respond_with_json({"id": "104500", "name": "Acme"})
    refusal = {"error": {"message": "No", "code": 200}}
    for path in ("debug_token", "104500/subscribed_apps"):
        httpserver.expect_request(f"/v26.0/{path}").respond_with_json(refusal, status=403)
    account = Facebook().inspect(facebook_wire)
    assert account.scopes is None
    assert account.subscribed is None


def test_subscribing_sets_the_address_and_keeps_the_other_channels_fields(
    facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    a_page(httpserver, {}, ["messages", "standby"])
    ok = {"success": True}
    httpserver.expect_request("/v26.0/151777/subscriptions", method="POST").respond_with_json(ok)
    httpserver.expect_request("/v26.0/104500/subscribed_apps", method="POST").respond_with_json(ok)
    Facebook().subscribe(facebook_wire, hook_url="https://heard.example/hooks/facebook/k")
    calls = {request.path: request for request, _ in httpserver.log if request.method == "POST"}
    callback = calls["/v26.0/151777/subscriptions"]
    assert callback.headers["Authorization"] == "Bearer 151777|sim-secret"
    assert callback.form["callback_url"] == "https://heard.example/hooks/facebook/k"
    assert callback.form["verify_token"] == "verify-me"
    assert {"feed", "messages"} <= set(callback.form["fields"].split(","))
    listed = calls["/v26.0/104500/subscribed_apps"].args["subscribed_fields"]
    assert set(listed.split(",")) == {"feed", "mention", "ratings", "messages", "standby"}


@pytest.mark.parametrize(
    ("fields", "method", "left"),
    [(["feed", "messages"], "POST", "messages"), (["feed", "mention"], "DELETE", None)],
)
def test_unsubscribing_takes_only_its_own_fields_away(
    fields: list[str], method: str, left: str | None, facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    a_page(httpserver, {}, fields)
    path = "/v26.0/104500/subscribed_apps"
    httpserver.expect_oneshot_request(path, method=method).respond_with_json({"success": True})
    Facebook().unsubscribe(facebook_wire)
    [request] = [request for request, _ in httpserver.log if request.method != "GET"]
    assert request.args.get("subscribed_fields") == left
