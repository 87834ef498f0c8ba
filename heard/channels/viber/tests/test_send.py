"""What goes out: the calls that Viber really gets, over real HTTP."""

from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import (
    Account,
    Hook,
    Kind,
    Outgoing,
    Person,
    Problem,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
)
from heard.channels.tests.wire import HttpWire
from heard.channels.viber.api import MEANINGS
from heard.channels.viber.channel import Viber
from heard.channels.viber.credentials import ViberCredentials

VIBER = Viber()
PERSON = "01234567890A="
OK = {"status": 0, "status_message": "ok", "message_token": 5741311803571721087}
Wire = HttpWire[ViberCredentials]


def credentials(url: str, **changed: Any) -> ViberCredentials:
    token = SecretStr("token-of-acme")
    return ViberCredentials(auth_token=token, sender_name="Acme Support", base_url=url, **changed)


@pytest.fixture
def wire(httpserver: HTTPServer) -> Wire:
    return HttpWire(credentials(httpserver.url_for("/pa")))


def a_message(**changed: Any) -> Outgoing:
    return Outgoing(**({"kind": Kind.DIRECT, "text": "Hello", "to": PERSON, "token": "hd:1"} | changed))


def test_a_message_carries_the_senders_name_and_our_token(wire: Wire, httpserver: HTTPServer) -> None:
    body = {
        "receiver": PERSON,
        "min_api_version": 1,
        "sender": {"name": "Acme Support"},
        "type": "text",
        "text": "Hello",
        "tracking_data": "hd:1",
    }
    httpserver.expect_request(
        "/pa/send_message", method="POST", json=body, headers={"X-Viber-Auth-Token": "token-of-acme"}
    ).respond_with_json(OK)
    assert VIBER.send(a_message(), wire) == Sent("5741311803571721087", recipient=PERSON)


def test_a_picture_of_the_sender_goes_along(httpserver: HTTPServer) -> None:
    avatar = "https://acme.example/a.jpg"
    httpserver.expect_request("/pa/send_message").respond_with_json(OK)
    VIBER.send(a_message(), HttpWire(credentials(httpserver.url_for("/pa"), sender_avatar=avatar)))
    [(request, _)] = httpserver.log
    assert request.json["sender"] == {"name": "Acme Support", "avatar": avatar}


@pytest.mark.parametrize("status", [*MEANINGS, 77])
def test_every_status_has_a_meaning(status: int, wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/pa/send_message").respond_with_json({"status": status, "status_message": "x"})
    with pytest.raises((TryAgain, Rejected, ReconnectNeeded)) as caught:
        VIBER.send(a_message(), wire)
    error = caught.value
    assert isinstance(error, TryAgain | Rejected | ReconnectNeeded)
    assert error.code == str(status)
    match MEANINGS.get(status, ("", Problem.TRANSIENT))[1]:
        case Problem.RATE_LIMIT | Problem.TRANSIENT:
            assert isinstance(error, TryAgain)
        case Problem.AUTH_EXPIRED:
            assert isinstance(error, ReconnectNeeded)
        case problem:
            assert isinstance(error, Rejected)
            assert error.problem is problem


def test_a_text_that_is_too_long_is_called_so(wire: Wire, httpserver: HTTPServer) -> None:
    said = {"status": 3, "status_message": "badData: message is too long"}
    httpserver.expect_request("/pa/send_message").respond_with_json(said)
    with pytest.raises(Rejected) as caught:
        VIBER.send(a_message(), wire)
    assert caught.value.problem is Problem.TOO_LONG


def test_an_answer_without_a_token_is_unconfirmed(wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/pa/send_message").respond_with_json({"status": 0})
    with pytest.raises(Unconfirmed):
        VIBER.send(a_message(), wire)


@pytest.mark.parametrize("changed", [{"kind": Kind.COMMENT}, {"private_reply": True}])
def test_only_direct_messages_are_sent(changed: dict[str, Any], wire: Wire) -> None:
    with pytest.raises(Rejected):
        VIBER.send(a_message(**changed), wire)


def test_the_bot_says_who_it_is(wire: Wire, httpserver: HTTPServer) -> None:
    told = {"status": 0, "id": "pa:75346594275468546724", "name": "Acme", "icon": "https://x.example/i.png"}
    httpserver.expect_oneshot_request("/pa/get_account_info").respond_with_json(told)
    expected = Account("pa:75346594275468546724", "Acme", "https://x.example/i.png", subscribed=False)
    assert VIBER.inspect(wire) == expected
    httpserver.expect_request("/pa/get_account_info").respond_with_json(told | {"webhook": "https://h/x"})
    assert VIBER.inspect(wire).subscribed


def test_the_hook_is_set_and_removed(wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/pa/set_webhook").respond_with_json({"status": 0})
    VIBER.subscribe(wire, hook_url="https://heard.example/hooks/viber/k")
    VIBER.unsubscribe(wire)
    first, second = [request.json for request, _ in httpserver.log]
    assert first["url"] == "https://heard.example/hooks/viber/k"
    assert {"delivered", "seen", "failed", "conversation_started"} <= set(first["event_types"])
    assert second == {"url": ""}


def test_a_person_is_asked_for(wire: Wire, httpserver: HTTPServer) -> None:
    user = {"id": PERSON, "name": "Ana", "avatar": "https://x.example/a.png"}
    httpserver.expect_request("/pa/get_user_details").respond_with_json({"status": 0, "user": user})
    assert VIBER.profile(PERSON, wire) == Person(PERSON, name="Ana", picture_url="https://x.example/a.png")


@pytest.mark.parametrize("status", [5, 6, 12])
def test_who_may_not_be_asked_for_stays_as_known(status: int, wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/pa/get_user_details").respond_with_json({"status": status})
    assert VIBER.profile(PERSON, wire) is None


def a_call(event: str) -> Hook:
    return Hook("POST", {}, {}, json.dumps({"event": event}).encode())


def test_whoever_opens_the_conversation_is_welcomed_in_the_answer() -> None:
    answer = VIBER.answer(a_call("conversation_started"), credentials("https://x", welcome="Dobrý den"))
    assert answer is not None
    said = json.loads(answer.body)
    assert (answer.status, answer.content_type) == (200, "application/json")
    assert (said["type"], said["text"], said["sender"]) == ("text", "Dobrý den", {"name": "Acme Support"})
    assert "receiver" not in said


@pytest.mark.parametrize(
    ("event", "welcome"), [("message", "Hi"), ("subscribed", "Hi"), ("conversation_started", "")]
)
def test_nobody_else_is_welcomed(event: str, welcome: str) -> None:
    assert VIBER.answer(a_call(event), credentials("https://x", welcome=welcome)) is None
    assert VIBER.answer(Hook("POST", {}, {}, b"nonsense"), credentials("https://x", welcome="Hi")) is None
