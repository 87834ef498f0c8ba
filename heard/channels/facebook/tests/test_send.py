"""What goes out: the calls that Facebook really gets, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pytest_httpserver import HTTPServer

from heard.channels.contract import Kind, Outgoing, Problem, Rejected, Sent
from heard.channels.facebook.channel import Facebook
from heard.channels.tests.wire import HttpWire

Wire = HttpWire[Any]
FACEBOOK = Facebook()
SINCE = datetime(2026, 10, 3, 4, 0, 0, 600_000, tzinfo=UTC)
GONE = {"error": {"message": "Object does not exist", "code": 100, "error_subcode": 33}}


def a_reply(**changed: Any) -> Outgoing:
    said = {
        "kind": Kind.COMMENT,
        "text": "Dear Ana, it is on its way.",
        "to": "555100_900001",
        "token": "hd:1",
    }
    return Outgoing(**(said | changed))


def test_a_public_reply_hangs_under_the_comment(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/v26.0/555100_900001/comments", method="POST", json={"message": "Dear Ana, it is on its way."}
    ).respond_with_json({"id": "555100_900777"})
    assert FACEBOOK.send(a_reply(), facebook_wire) == Sent("555100_900777")


def test_a_visitors_post_is_answered_under_the_post(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/104500_555777/comments", method="POST").respond_with_json(
        {"id": 900778}
    )
    assert FACEBOOK.send(a_reply(kind=Kind.POST, to="104500_555777"), facebook_wire) == Sent("900778")


@pytest.mark.parametrize(("kind", "named"), [(Kind.COMMENT, "comment_id"), (Kind.POST, "post_id")])
def test_a_private_reply_brings_the_persons_private_address(
    kind: Kind, named: str, facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    message = {"text": "Your order number, please?", "metadata": "hd:1"}
    httpserver.expect_request(
        "/v26.0/104500/messages",
        method="POST",
        json={"recipient": {named: "555100_900001"}, "message": message},
    ).respond_with_json({"recipient_id": "7392015648120394", "message_id": "m_1"})
    reply = a_reply(kind=kind, text="Your order number, please?", private_reply=True)
    assert FACEBOOK.send(reply, facebook_wire) == Sent("m_1", recipient="7392015648120394")


def test_direct_messages_are_not_ours_to_send(facebook_wire: Wire) -> None:
    with pytest.raises(Rejected):
        FACEBOOK.send(a_reply(kind=Kind.DIRECT), facebook_wire)


@pytest.mark.parametrize(("liked", "method"), [(True, "POST"), (False, "DELETE")])
def test_likes(liked: bool, method: str, facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/v26.0/5_1/likes", method=method).respond_with_json({"success": True})
    FACEBOOK.like("5_1", liked=liked, wire=facebook_wire)


@pytest.mark.parametrize("hidden", [True, False])
def test_hides(hidden: bool, facebook_wire: Wire, httpserver: HTTPServer) -> None:
    expected = {"is_hidden": hidden}
    httpserver.expect_oneshot_request("/v26.0/5_1", method="POST", json=expected).respond_with_json(
        {"success": "true"}
    )
    FACEBOOK.hide("5_1", hidden=hidden, wire=facebook_wire)


def test_deletes(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/v26.0/5_1", method="DELETE").respond_with_json({"success": True})
    FACEBOOK.delete("5_1", wire=facebook_wire)


def test_deleting_what_is_gone_is_no_failure(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/5_1").respond_with_json(GONE, status=400)
    FACEBOOK.delete("5_1", wire=facebook_wire)


def test_deleting_what_is_still_there_to_be_read_is_one(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/5_1", method="DELETE").respond_with_json(GONE, status=400)
    httpserver.expect_request("/v26.0/5_1", method="GET").respond_with_json({"id": "5_1"})
    with pytest.raises(Rejected):
        FACEBOOK.delete("5_1", wire=facebook_wire)


def test_hiding_what_is_gone_is_one(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/5_1", method="POST").respond_with_json(GONE, status=400)
    with pytest.raises(Rejected) as caught:
        FACEBOOK.hide("5_1", hidden=True, wire=facebook_wire)
    assert caught.value.problem is Problem.GONE


def test_a_post_is_fetched_when_somebody_looks_at_it(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    said = {
        "id": "1_5",
        "message": "New opening hours",
        "permalink_url": "https://www.facebook.com/1/posts/5",
        "created_time": "2026-10-03T04:00:00+0000",
        "from": {"id": "1", "name": "Acme"},
        "full_picture": "https://scontent.xx.fbcdn.net/1.jpg",
    }
    httpserver.expect_request("/v26.0/1_5").respond_with_json(said)
    post = FACEBOOK.post("1_5", facebook_wire)
    assert post is not None
    assert (post.text, post.author_name) == ("New opening hours", "Acme")
    assert post.at == datetime(2026, 10, 3, 4, tzinfo=UTC)


def test_a_post_that_is_gone_is_none(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/1_5").respond_with_json(GONE, status=400)
    assert FACEBOOK.post("1_5", facebook_wire) is None


def a_comment(text: str, *, by: str = "104500", at: str = "2026-10-03T04:00:00+0000", **more: Any) -> Any:
    return {"id": "5_9", "from": {"id": by}, "message": text, "created_time": at} | more


@pytest.mark.parametrize(
    ("comment", "found"),
    [
        (a_comment("Dear Ana, it is on its way."), True),
        (a_comment("Dear Ana,\nit is on its way. "), True),
        (a_comment("Dear Ana, it is on its way.", by="77"), False),
        (a_comment("Dear Ana, it is on its way.", at="2026-10-03T03:59:59+0000"), False),
        (a_comment("Dear Bea, it is on its way."), False),
    ],
)
def test_a_lost_reply_is_found_by_author_words_and_time(
    comment: Any, found: bool, facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    httpserver.expect_request("/v26.0/555100_900001/comments").respond_with_json({"data": [comment]})
    httpserver.expect_request("/v26.0/555100_900001").respond_with_json({"id": "555100_900001"})
    assert FACEBOOK.find_sent(a_reply(), facebook_wire, since=SINCE) == (Sent("5_9") if found else None)


def test_a_lost_reply_to_a_reply_is_looked_for_under_the_root(
    facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    ours = a_comment("Dear Ana, it is on its way.")
    httpserver.expect_request("/v26.0/5_2/comments").respond_with_json({"data": []})
    httpserver.expect_request("/v26.0/5_2").respond_with_json({"id": "5_2", "parent": {"id": "5_1"}})
    httpserver.expect_request("/v26.0/5_1/comments").respond_with_json({"data": [ours]})
    assert FACEBOOK.find_sent(a_reply(to="5_2"), facebook_wire, since=SINCE) == Sent("5_9")


def test_a_lost_private_reply_is_found_through_its_comment(
    facebook_wire: Wire, httpserver: HTTPServer
) -> None:
    said = a_comment("Dear Ana, it is on its way.", id="m_1", to={"data": [{"id": "7392"}]})
    httpserver.expect_request("/v26.0/555100_900001").respond_with_json(
        {"private_reply_conversation": {"id": "t_1"}}
    )
    httpserver.expect_request("/v26.0/t_1").respond_with_json({"messages": {"data": [said]}})
    found = FACEBOOK.find_sent(a_reply(private_reply=True), facebook_wire, since=SINCE)
    assert found == Sent("m_1", recipient="7392")


def test_not_being_allowed_to_look_is_not_having_found(facebook_wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/555100_900001/comments").respond_with_json(GONE, status=400)
    assert FACEBOOK.find_sent(a_reply(), facebook_wire, since=SINCE) is None
