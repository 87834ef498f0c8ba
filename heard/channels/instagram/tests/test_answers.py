"""What goes out: the calls that Instagram really gets, over real HTTP."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from pydantic import SecretStr
from pytest_httpserver import HTTPServer

from heard.channels.contract import (
    BadSignature,
    Count,
    Hook,
    Kind,
    NewPost,
    Outgoing,
    Post,
    Problem,
    Rejected,
    Sent,
    TryAgain,
    Upload,
)
from heard.channels.instagram.channel import Instagram
from heard.channels.instagram.tests.conftest import IG, credentials
from heard.channels.meta.signature import sign
from heard.channels.tests.wire import HttpWire

Wire = HttpWire[Any]
INSTAGRAM = Instagram()
ANA = "6841100000000001"
SINCE = datetime(2026, 10, 3, 4, tzinfo=UTC)


def a_reply(**changed: Any) -> Outgoing:
    return Outgoing(**({"kind": Kind.COMMENT, "text": "25 euros", "to": "1791", "token": "hd:1"} | changed))


def test_a_comment_is_answered_below_it(wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/v26.0/1791/replies", method="POST", json={"message": "25 euros"}
    ).respond_with_json({"id": "1787"})
    assert INSTAGRAM.send(a_reply(), wire) == Sent("1787")


@pytest.mark.parametrize(
    ("changed", "recipient", "window"),
    [
        ({"kind": Kind.DIRECT, "to": ANA}, {"id": ANA}, {}),
        (
            {"kind": Kind.DIRECT, "to": ANA, "extended": True},
            {"id": ANA},
            {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"},
        ),
        ({"private_reply": True}, {"comment_id": "1791"}, {}),
    ],
)
def test_private_words_carry_no_mark_that_instagram_does_not_know(
    changed: Any, recipient: Any, window: Any, wire: Wire, httpserver: HTTPServer
) -> None:
    body = {"recipient": recipient, "message": {"text": "25 euros"}} | window
    httpserver.expect_request("/v26.0/me/messages", method="POST", json=body).respond_with_json(
        {"recipient_id": ANA, "message_id": "aWdf1"}
    )
    assert INSTAGRAM.send(a_reply(**changed), wire) == Sent("aWdf1", recipient=ANA)


@pytest.mark.parametrize(
    ("to", "named"), [("17_18", {"media_id": "17", "comment_id": "18"}), ("17_", {"media_id": "17"})]
)
def test_a_mention_is_answered_where_it_stands(
    to: str, named: dict[str, str], page_wire: Wire, httpserver: HTTPServer
) -> None:
    body = {**named, "message": "25 euros"}
    httpserver.expect_request(f"/v26.0/{IG}/mentions", method="POST", json=body).respond_with_json(
        {"id": "9"}
    )
    assert INSTAGRAM.send(a_reply(kind=Kind.MENTION, to=to), page_wire) == Sent("9")


def test_who_signed_in_at_instagram_cannot_answer_mentions(wire: Wire, httpserver: HTTPServer) -> None:
    with pytest.raises(Rejected) as caught:
        INSTAGRAM.send(a_reply(kind=Kind.MENTION, to="17_18"), wire)
    assert caught.value.problem is Problem.PERMISSION
    assert not httpserver.log
    assert Kind.MENTION not in INSTAGRAM.abilities_for("instagram").replies
    assert Kind.MENTION in INSTAGRAM.abilities_for("facebook").replies


def test_messages_are_counted_in_bytes_and_comments_in_characters() -> None:
    assert INSTAGRAM.abilities.counts_of(Kind.DIRECT) is Count.UTF8_BYTES
    assert INSTAGRAM.abilities.counts_of(Kind.COMMENT) is Count.CHARACTERS


def test_a_closed_window_is_a_rejection_that_says_so(wire: Wire, httpserver: HTTPServer) -> None:
    error = {"message": "Outside", "type": "IGApiException", "code": 10, "error_subcode": 2534022}
    httpserver.expect_request("/v26.0/me/messages").respond_with_json({"error": error}, status=403)
    with pytest.raises(Rejected) as caught:
        INSTAGRAM.send(a_reply(kind=Kind.DIRECT, to=ANA), wire)
    assert caught.value.problem is Problem.WINDOW_CLOSED


def test_comments_cannot_be_liked(wire: Wire, httpserver: HTTPServer) -> None:
    with pytest.raises(Rejected):
        INSTAGRAM.like("17919697626119712", liked=True, wire=wire)
    assert not httpserver.log


@pytest.mark.parametrize("hidden", [True, False])
def test_hiding_is_written_as_hide(hidden: bool, wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_oneshot_request("/v26.0/1791", method="POST", json={"hide": hidden}).respond_with_json(
        {"success": True}
    )
    INSTAGRAM.hide("1791", hidden=hidden, wire=wire)


@pytest.mark.parametrize("secret", ["sim-secret", "instagram-secret", "old-secret"])
def test_each_of_the_apps_secrets_signs(secret: str, httpserver: HTTPServer) -> None:
    mine = credentials(httpserver, "instagram", previous_app_secret=SecretStr("old-secret"))
    body = b'{"object":"instagram"}'
    INSTAGRAM.verify(Hook("POST", {}, {"x-hub-signature-256": sign(body, SecretStr(secret))}, body), mine)
    with pytest.raises(BadSignature):
        INSTAGRAM.verify(Hook("POST", {}, {"x-hub-signature-256": sign(body, SecretStr("x"))}, body), mine)


# ── what was said elsewhere ──


def test_the_words_of_a_mention_in_a_comment_are_fetched(page_wire: Wire, httpserver: HTTPServer) -> None:
    said = {
        "text": "@acme.shop why?",
        "timestamp": "2026-10-03T04:00:00+0000",
        "media": {"permalink": "https://i.example/p/1"},
    }
    fields = "mentioned_comment.comment_id(18){id,text,timestamp,media{id,media_url,permalink}}"
    httpserver.expect_request(f"/v26.0/{IG}", query_string={"fields": fields}).respond_with_json(
        {"mentioned_comment": said, "id": IG}
    )
    assert INSTAGRAM.post("17_18", page_wire) == Post(
        "17_18", text="@acme.shop why?", permalink="https://i.example/p/1", at=SINCE
    )


def test_a_strangers_picture_is_read_as_one_that_names_us(page_wire: Wire, httpserver: HTTPServer) -> None:
    said = {"id": "17", "caption": "thanks @acme.shop", "username": "ana.p", "media_type": "IMAGE"}
    httpserver.expect_request(f"/v26.0/{IG}").respond_with_json({"mentioned_media": said})
    assert INSTAGRAM.post("17_", page_wire) == Post("17_", text="thanks @acme.shop", author_name="ana.p")


# ── our own pictures ──


def a_picture(url: str = "https://heard.example/1.jpg", alt: str = "A mug") -> Upload:
    return Upload("1.jpg", "image/jpeg", b"x", alt=alt, url=url)


def made(server: HTTPServer, number: str, body: dict[str, str], status: str = "FINISHED") -> None:
    server.expect_oneshot_request(f"/v26.0/{IG}/media", method="POST", json=body).respond_with_json(
        {"id": number}
    )
    server.expect_request(f"/v26.0/{number}", method="GET").respond_with_json(
        {"status_code": status, "status": "Error: the picture is too small"}
    )


def published(server: HTTPServer, number: str) -> None:
    body = {"creation_id": number}
    server.expect_request(f"/v26.0/{IG}/media_publish", method="POST", json=body).respond_with_json(
        {"id": "18"}
    )
    server.expect_request("/v26.0/18").respond_with_json({"permalink": "https://i.example/p/18"})


def test_a_picture_is_published_in_two_steps(wire: Wire, httpserver: HTTPServer) -> None:
    asked = {"image_url": "https://heard.example/1.jpg", "alt_text": "A mug", "caption": "New mugs"}
    made(httpserver, "7", asked)
    published(httpserver, "7")
    post = NewPost(text="New mugs", token="p1", pictures=[a_picture()])
    assert INSTAGRAM.publish(post, wire) == Sent("18", permalink="https://i.example/p/18")


def test_several_pictures_become_one_post(wire: Wire, httpserver: HTTPServer) -> None:
    url = "https://heard.example/{}.jpg"
    for number in ("1", "2"):
        made(httpserver, number, {"image_url": url.format(number), "is_carousel_item": "true"})
    made(httpserver, "7", {"media_type": "CAROUSEL", "children": "1,2", "caption": "New mugs"})
    published(httpserver, "7")
    pictures = [a_picture(url.format(number), alt="") for number in (1, 2)]
    assert (
        INSTAGRAM.publish(NewPost(text="New mugs", token="p1", pictures=pictures), wire).external_id == "18"
    )


@pytest.mark.parametrize("pictures", [[], [a_picture(url="")]])
def test_without_a_picture_that_can_be_fetched_nothing_is_published(
    pictures: list[Upload], wire: Wire, httpserver: HTTPServer
) -> None:
    with pytest.raises(Rejected):
        INSTAGRAM.publish(NewPost(text="Hello", token="p1", pictures=pictures), wire)
    assert not httpserver.log


def test_a_picture_that_instagram_cannot_use_is_said(wire: Wire, httpserver: HTTPServer) -> None:
    asked = {"image_url": "https://heard.example/1.jpg", "alt_text": "A mug", "caption": "New mugs"}
    made(httpserver, "7", asked, status="ERROR")
    with pytest.raises(Rejected) as caught:
        INSTAGRAM.publish(NewPost(text="New mugs", token="p1", pictures=[a_picture()]), wire)
    assert caught.value.problem is Problem.MEDIA_REJECTED
    assert "too small" in caught.value.reason


def test_a_lost_word_before_publishing_does_no_harm(wire: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request(f"/v26.0/{IG}/media").respond_with_data(b"", status=502)
    with pytest.raises(TryAgain):
        INSTAGRAM.publish(NewPost(text="New mugs", token="p1", pictures=[a_picture()]), wire)
