"""What goes out: the calls that Telegram really gets, over real HTTP."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import (
    Hook,
    Kind,
    Located,
    Media,
    Outgoing,
    Problem,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
)
from heard.channels.telegram.channel import ALLOWED_UPDATES, Telegram
from heard.channels.telegram.credentials import TelegramCredentials
from heard.channels.tests.servers import hanging_up, nobody_listens
from heard.channels.tests.wire import HttpWire

TELEGRAM = Telegram()
Wire = HttpWire[TelegramCredentials]
TOKEN = "123456:AAE-token"


def credentials(url: str, **changed: Any) -> TelegramCredentials:
    return TelegramCredentials(
        bot_token=SecretStr(TOKEN), secret_token=SecretStr("sim-secret"), base_url=url, **changed
    )


@pytest.fixture
def wire(httpserver: HTTPServer) -> Wire:
    return HttpWire(credentials(httpserver.url_for("")))


def answers(httpserver: HTTPServer, method: str, result: Any = True, **rest: Any) -> None:
    httpserver.expect_request(f"/bot{TOKEN}/{method}", method="POST", **rest).respond_with_json(
        {"ok": True, "result": result}
    )


def refuses(httpserver: HTTPServer, method: str, code: int, description: str, **parameters: Any) -> None:
    body = {"ok": False, "error_code": code, "description": description, "parameters": parameters}
    httpserver.expect_request(f"/bot{TOKEN}/{method}").respond_with_json(body, status=code)


def a_message(**changed: Any) -> Outgoing:
    return Outgoing(**({"kind": Kind.DIRECT, "text": "Hello", "to": "55501234", "token": "hd:1"} | changed))


def test_a_message_goes_out_as_plain_text(wire: Wire, httpserver: HTTPServer) -> None:
    body = {"chat_id": 55501234, "text": "<b> & *"}
    answers(httpserver, "sendMessage", {"message_id": 415, "date": 1791000000}, json=body)
    sent = TELEGRAM.send(a_message(text="<b> & *"), wire)
    assert sent == Sent("55501234:415", recipient="55501234")


def test_the_message_that_is_answered_is_shown_above(wire: Wire, httpserver: HTTPServer) -> None:
    answers(httpserver, "sendMessage", {"message_id": 415})
    for quotes in ("55501234:412", "callback:4382", "7:412"):
        TELEGRAM.send(a_message(quotes=quotes), wire)
    asked = [request.json.get("reply_parameters") for request, _ in httpserver.log]
    assert asked == [{"message_id": 412, "allow_sending_without_reply": True}, None, None]


def test_a_business_account_answers_through_its_connection(wire: Wire, httpserver: HTTPServer) -> None:
    body = {"chat_id": 55501234, "business_connection_id": "Abc-1_x", "text": "Hello"}
    answers(httpserver, "sendMessage", {"message_id": 415}, json=body)
    assert TELEGRAM.send(a_message(to="Abc-1_x:55501234"), wire).external_id == "Abc-1_x:55501234:415"


@pytest.mark.parametrize(
    ("code", "description", "problem"),
    [
        (400, "Bad Request: message is too long", Problem.TOO_LONG),
        (400, "Bad Request: chat not found", Problem.RECIPIENT_BLOCKED),
        (400, "Bad Request: message text is empty", Problem.INVALID),
        (400, "Bad Request: message to be replied not found", Problem.GONE),
        (400, "Bad Request: BUSINESS_CONNECTION_INVALID", Problem.PERMISSION),
        (400, "Bad Request: BUSINESS_PEER_USAGE_MISSING", Problem.WINDOW_CLOSED),
        (403, "Forbidden: bot was blocked by the user", Problem.RECIPIENT_BLOCKED),
        (403, "Forbidden: user is deactivated", Problem.RECIPIENT_BLOCKED),
        (403, "Forbidden: bot can't initiate conversation with a user", Problem.RECIPIENT_BLOCKED),
        (403, "Forbidden: not enough rights to send text messages", Problem.PERMISSION),
        (413, "Request Entity Too Large", Problem.MEDIA_REJECTED),
    ],
)
def test_a_refusal_has_its_problem(
    code: int, description: str, problem: Problem, wire: Wire, httpserver: HTTPServer
) -> None:
    refuses(httpserver, "sendMessage", code, description)
    with pytest.raises(Rejected) as caught:
        TELEGRAM.send(a_message(), wire)
    assert (caught.value.problem, caught.value.code) == (problem, str(code))


@pytest.mark.parametrize("code", [401, 404])
def test_a_dead_token_needs_a_new_one(code: int, wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "sendMessage", code, "Unauthorized" if code == 401 else "Not Found")
    with pytest.raises(ReconnectNeeded):
        TELEGRAM.send(a_message(), wire)


def test_too_many_calls_wait_as_long_as_telegram_wishes(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "sendMessage", 429, "Too Many Requests: retry after 17", retry_after=17)
    with pytest.raises(TryAgain) as caught:
        TELEGRAM.send(a_message(), wire)
    assert caught.value.after == timedelta(seconds=17)


def test_a_broken_server_may_have_taken_it(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "sendMessage", 502, "Bad Gateway")
    with pytest.raises(Unconfirmed):
        TELEGRAM.send(a_message(), wire)


def test_the_token_shows_in_no_error(httpserver: HTTPServer) -> None:
    with pytest.raises(TryAgain) as caught:
        TELEGRAM.send(a_message(), HttpWire(credentials(nobody_listens())))
    assert caught.value.__cause__ is None
    with hanging_up() as url, pytest.raises(Unconfirmed) as lost:
        TELEGRAM.send(a_message(), HttpWire(credentials(url)))
    assert TOKEN not in f"{caught.value!r} {lost.value!r} {lost.value.__cause__!r}"


@pytest.mark.parametrize(("liked", "reaction"), [(True, [{"type": "emoji", "emoji": "👍"}]), (False, [])])
def test_a_like_is_a_reaction(liked: bool, reaction: list[Any], wire: Wire, httpserver: HTTPServer) -> None:
    body = {"chat_id": 55501234, "message_id": 412, "reaction": reaction}
    answers(httpserver, "setMessageReaction", json=body)
    TELEGRAM.like("55501234:412", liked=liked, wire=wire)


def test_a_message_is_deleted_once(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "deleteMessage", 400, "Bad Request: message to delete not found")
    TELEGRAM.delete("55501234:412", wire=wire)


def test_an_old_message_stays(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "deleteMessage", 400, "Bad Request: message can't be deleted for everyone")
    with pytest.raises(Rejected) as caught:
        TELEGRAM.delete("55501234:412", wire=wire)
    assert caught.value.problem is Problem.PERMISSION


def test_a_business_accounts_messages_are_not_touched(wire: Wire) -> None:
    with pytest.raises(Rejected):
        TELEGRAM.like("Abc-1_x:55501234:412", liked=True, wire=wire)


def test_a_file_is_located_when_it_is_wanted(wire: Wire, httpserver: HTTPServer) -> None:
    answers(httpserver, "getFile", {"file_id": "F", "file_path": "photos/file 1.jpg"}, json={"file_id": "F"})
    found = TELEGRAM.locate(Media("image", detail={"file_id": "F"}), wire)
    assert found == Located(httpserver.url_for(f"/file/bot{TOKEN}/photos/file%201.jpg"))


@pytest.mark.parametrize("path", ["", "/etc/passwd", "../../x", 7])
def test_an_odd_path_is_no_file(path: Any, wire: Wire, httpserver: HTTPServer) -> None:
    answers(httpserver, "getFile", {"file_path": path})
    assert TELEGRAM.locate(Media("image", detail={"file_id": "F"}), wire) is None


def test_a_file_too_big_to_fetch_is_gone(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "getFile", 400, "Bad Request: file is too big")
    assert TELEGRAM.locate(Media("image", detail={"file_id": "F"}), wire) is None
    assert TELEGRAM.locate(Media("image"), wire) is None


def test_asking_goes_on_where_it_ended(wire: Wire, httpserver: HTTPServer) -> None:
    asked = {"timeout": 0, "limit": 100, "allowed_updates": ALLOWED_UPDATES}
    updates = [{"update_id": 7, "message": {}}, {"update_id": 8, "callback_query": {"id": "4382"}}]
    answers(httpserver, "getUpdates", updates, json=asked)
    answers(httpserver, "answerCallbackQuery", json={"callback_query_id": "4382"})
    polled = TELEGRAM.poll(wire, cursor={})
    assert [json.loads(call.body) for call in polled.calls] == updates
    assert polled.cursor == {"offset": "9"}
    httpserver.clear()
    answers(httpserver, "getUpdates", [], json=asked | {"offset": 9})
    again = TELEGRAM.poll(wire, cursor=polled.cursor)
    assert (again.calls, again.cursor) == ([], {"offset": "9"})


def test_two_who_ask_for_the_same_bot_try_again(wire: Wire, httpserver: HTTPServer) -> None:
    refuses(httpserver, "getUpdates", 409, "Conflict: terminated by other getUpdates request")
    with pytest.raises(TryAgain):
        TELEGRAM.poll(wire, cursor={})


def test_only_who_has_no_address_asks() -> None:
    assert TELEGRAM.polls_every(credentials("https://x")) is None
    assert TELEGRAM.polls_every(credentials("https://x", polling=True)) == timedelta(seconds=2)


def test_the_hook_is_set_with_its_secret(wire: Wire, httpserver: HTTPServer) -> None:
    url = "https://heard.example/hooks/telegram/k"
    body = {"url": url, "secret_token": "sim-secret", "allowed_updates": ALLOWED_UPDATES}
    answers(httpserver, "setWebhook", json=body)
    TELEGRAM.subscribe(wire, hook_url=url)
    assert "message_reaction" in ALLOWED_UPDATES


def test_who_asks_has_no_hook(httpserver: HTTPServer) -> None:
    answers(httpserver, "deleteWebhook")
    TELEGRAM.subscribe(HttpWire(credentials(httpserver.url_for(""), polling=True)), hook_url="https://x")
    [(request, _)] = httpserver.log
    assert request.path.endswith("/deleteWebhook")


@pytest.mark.parametrize(("polling", "subscribed"), [(False, True), (True, False)])
def test_the_bot_says_who_it_is(polling: bool, subscribed: bool, httpserver: HTTPServer) -> None:
    answers(httpserver, "getMe", {"id": 123456, "is_bot": True, "first_name": "Acme", "username": "acme_bot"})
    answers(httpserver, "getWebhookInfo", {"url": "https://heard.example/x", "pending_update_count": 0})
    account = TELEGRAM.inspect(HttpWire(credentials(httpserver.url_for(""), polling=polling)))
    assert (account.external_id, account.name, account.subscribed) == ("123456", "Acme", subscribed)


def test_a_pressed_button_stops_turning() -> None:
    pressed = Hook("POST", {}, {}, b'{"update_id": 1, "callback_query": {"id": "4382"}}')
    answer = TELEGRAM.answer(pressed, credentials("https://x"))
    assert answer is not None
    assert json.loads(answer.body) == {"method": "answerCallbackQuery", "callback_query_id": "4382"}
    assert (
        TELEGRAM.answer(Hook("POST", {}, {}, b'{"update_id": 1, "message": {}}'), credentials("https://x"))
        is None
    )
