"""What goes out: the calls that Messenger really gets, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import Ignored, Kind, MessageIn, Outgoing, Person, Problem, Rejected, Sent
from heard.channels.messenger.channel import Messenger
from heard.channels.tests.wire import HttpWire

Wire = HttpWire[Any]
MESSENGER = Messenger()
PSID, PAGE = "7392015648120394", "104500"
NOON = datetime(2026, 10, 3, 12, tzinfo=UTC)


def a_message(**changed: Any) -> Outgoing:
    said = {"kind": Kind.DIRECT, "text": "Hello", "to": PSID, "token": "hd:out:8f3a"}
    return Outgoing(**(said | changed))


@pytest.mark.parametrize(
    ("extended", "said"),
    [
        (False, {"messaging_type": "RESPONSE"}),
        (True, {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}),
    ],
)
def test_a_message_carries_its_token_and_its_window(
    extended: bool, said: dict[str, str], messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    body = {"recipient": {"id": PSID}, "message": {"text": "Hello", "metadata": "hd:out:8f3a"}} | said
    httpserver.expect_request("/v26.0/104500/messages", method="POST", json=body).respond_with_json(
        {"recipient_id": PSID, "message_id": "m_9"}
    )
    assert MESSENGER.send(a_message(extended=extended), messenger_wire) == Sent("m_9", recipient=PSID)


def test_a_guest_is_written_to_by_reference(messenger_wire: Wire, httpserver: HTTPServer) -> None:
    body = {
        "recipient": {"user_ref": "guest-77"},
        "messaging_type": "RESPONSE",
        "message": {"text": "Hello", "metadata": "hd:out:8f3a"},
    }
    httpserver.expect_request("/v26.0/104500/messages", json=body).respond_with_json({"message_id": "m_9"})
    assert MESSENGER.send(a_message(to="user_ref:guest-77"), messenger_wire) == Sent("m_9")


def test_a_closed_window_is_a_rejection_that_says_so(messenger_wire: Wire, httpserver: HTTPServer) -> None:
    error = {"error": {"message": "Outside the window", "code": 10, "error_subcode": 2018278}}
    httpserver.expect_request("/v26.0/104500/messages").respond_with_json(error, status=400)
    with pytest.raises(Rejected) as caught:
        MESSENGER.send(a_message(), messenger_wire)
    assert caught.value.problem is Problem.WINDOW_CLOSED


@pytest.mark.parametrize("changed", [{"kind": Kind.COMMENT}, {"private_reply": True}])
def test_only_direct_messages_are_sent(changed: dict[str, Any], messenger_wire: Wire) -> None:
    with pytest.raises(Rejected):
        MESSENGER.send(a_message(**changed), messenger_wire)


@pytest.mark.parametrize(
    ("liked", "action", "payload"),
    [
        (True, "react", {"message_id": "m_1", "reaction": "love"}),
        (False, "unreact", {"message_id": "m_1"}),
    ],
)
def test_a_like_is_a_reaction(
    liked: bool, action: str, payload: dict[str, str], messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    message = {"id": "m_1", "from": {"id": PSID}, "to": {"data": [{"id": PAGE}]}}
    body = {"recipient": {"id": PSID}, "sender_action": action, "payload": payload}
    httpserver.expect_request("/v26.0/m_1").respond_with_json(message)
    httpserver.expect_oneshot_request("/v26.0/104500/messages", json=body).respond_with_json(
        {"recipient_id": PSID}
    )
    MESSENGER.like("m_1", liked=liked, wire=messenger_wire)


def test_messages_can_be_neither_hidden_nor_deleted(messenger_wire: Wire) -> None:
    with pytest.raises(Rejected):
        MESSENGER.hide("m_1", hidden=True, wire=messenger_wire)
    with pytest.raises(Rejected):
        MESSENGER.delete("m_1", wire=messenger_wire)


def test_a_profile_has_name_and_picture(messenger_wire: Wire, httpserver: HTTPServer) -> None:
    said = {"id": PSID, "first_name": "Ana", "last_name": "Petrova", "profile_pic": "https://x.fbcdn.net/1"}
    httpserver.expect_request(f"/v26.0/{PSID}").respond_with_json(said)
    expected = Person(PSID, name="Ana Petrova", picture_url="https://x.fbcdn.net/1")
    assert MESSENGER.profile(PSID, messenger_wire) == expected


@pytest.mark.parametrize("error", [{"code": 230}, {"code": 100, "error_subcode": 33}])
def test_a_profile_without_consent_is_none(
    error: dict[str, int], messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    httpserver.expect_request(f"/v26.0/{PSID}").respond_with_json({"error": error}, status=400)
    assert MESSENGER.profile(PSID, messenger_wire) is None


def test_a_guest_has_no_profile(messenger_wire: Wire) -> None:
    assert MESSENGER.profile("user_ref:guest-77", messenger_wire) is None


def a_line(mid: str, text: str, *, minutes: int = 0, ours: bool = False, **more: Any) -> Any:
    people = [{"id": PSID, "name": "Ana"}, {"id": PAGE, "name": "Acme"}]
    writer, reader = reversed(people) if ours else people
    at = (NOON + timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S+0000")
    return {"id": mid, "from": writer, "to": {"data": [reader]}, "message": text, "created_time": at} | more


def conversations(server: HTTPServer, *lines: Any, **asked: str) -> None:
    said = {"data": [{"id": "t_1", "updated_time": lines[0]["created_time"], "messages": {"data": lines}}]}
    server.expect_request("/v26.0/104500/conversations").respond_with_json(said)


def test_what_was_said_between_two_times_is_read_back(messenger_wire: Wire, httpserver: HTTPServer) -> None:
    picture = {"mime_type": "image/png", "name": "x.png", "image_data": {"url": "https://x.fbcdn.net/1"}}
    lines = [
        a_line("m_4", "too late", minutes=61),
        a_line("m_3", "", minutes=6, attachments={"data": [picture]}),
        a_line("m_2", "Yes", minutes=5, ours=True),
        a_line("m_1", "too early", minutes=-1),
    ]
    conversations(httpserver, *lines)
    ours, theirs = MESSENGER.held(messenger_wire, since=NOON, until=NOON + timedelta(hours=1))
    assert isinstance(ours, MessageIn)
    assert isinstance(theirs, MessageIn)
    assert (ours.external_id, ours.ours, ours.thread, ours.to) == ("m_2", True, PSID, PSID)
    assert theirs.author == Person(PSID, name="Ana")
    assert [(media.kind, media.url) for media in theirs.media] == [("image", "https://x.fbcdn.net/1")]


def test_what_meta_refuses_to_list_is_said(messenger_wire: Wire, httpserver: HTTPServer) -> None:
    error = {"error": {"message": "No", "code": 200}}
    httpserver.expect_request("/v26.0/104500/conversations").respond_with_json(error, status=403)
    [fact] = MESSENGER.held(messenger_wire, since=NOON, until=NOON)
    assert isinstance(fact, Ignored)


@pytest.mark.parametrize(
    ("line", "found"),
    [
        (a_line("m_9", "Hello", ours=True), True),
        (a_line("m_9", "Hello"), False),
        (a_line("m_9", "Hello", ours=True, minutes=-1), False),
        (a_line("m_9", "Hello again", ours=True), False),
    ],
)
def test_a_lost_message_is_found_by_author_words_and_time(
    line: Any, found: bool, messenger_wire: Wire, httpserver: HTTPServer
) -> None:
    conversations(httpserver, line)
    sent = MESSENGER.find_sent(a_message(), messenger_wire, since=NOON)
    assert sent == (Sent("m_9", recipient=PSID) if found else None)
    [(request, _)] = httpserver.log
    assert request.args["user_id"] == PSID
