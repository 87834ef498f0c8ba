"""Our own posts: the calls that Facebook really gets, over real HTTP."""

from __future__ import annotations

from typing import Any

from pytest_httpserver import HTTPServer

from heard.channels.contract import NewPost, Sent, Upload
from heard.channels.facebook.channel import Facebook
from heard.channels.tests.wire import HttpWire

FACEBOOK = Facebook()
MUG = Upload("mug.png", "image/png", b"\x89PNG mug", alt="A blue mug")
BOWL = Upload("bowl.png", "image/png", b"\x89PNG bowl")


def test_words_alone_go_to_the_feed(facebook_wire: HttpWire[Any], httpserver: HTTPServer) -> None:
    httpserver.expect_request(
        "/v26.0/104500/feed", method="POST", json={"message": "Open on Sunday"}
    ).respond_with_json({"id": "104500_1"})
    httpserver.expect_request("/v26.0/104500_1").respond_with_json({"permalink_url": "https://f.example/1"})
    post = NewPost(text="Open on Sunday", token="p1")
    assert FACEBOOK.publish(post, facebook_wire) == Sent("104500_1", permalink="https://f.example/1")


def test_one_picture_is_a_post_of_its_own(facebook_wire: HttpWire[Any], httpserver: HTTPServer) -> None:
    httpserver.expect_request("/v26.0/104500/photos", method="POST").respond_with_json(
        {"id": "7", "post_id": "104500_7"}
    )
    post = NewPost(text="New mugs", token="p1", pictures=[MUG])
    # The post is out, though nobody tells its address.
    assert FACEBOOK.publish(post, facebook_wire) == Sent("104500_7")
    request = httpserver.log[0][0]
    assert dict(request.form) == {"message": "New mugs", "alt_text_custom": "A blue mug"}
    assert request.files["source"].filename == "mug.png"


def test_several_pictures_hang_on_one_post(facebook_wire: HttpWire[Any], httpserver: HTTPServer) -> None:
    for number in ("7", "8"):
        httpserver.expect_oneshot_request("/v26.0/104500/photos", method="POST").respond_with_json(
            {"id": number}
        )
    body = {"message": "New", "attached_media": [{"media_fbid": "7"}, {"media_fbid": "8"}]}
    httpserver.expect_request("/v26.0/104500/feed", method="POST", json=body).respond_with_json(
        {"id": "104500_9"}
    )
    post = NewPost(text="New", token="p1", pictures=[MUG, BOWL])
    assert FACEBOOK.publish(post, facebook_wire).external_id == "104500_9"
    assert [request.form["published"] for request, _ in httpserver.log[:2]] == ["false", "false"]
