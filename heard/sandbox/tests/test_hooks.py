"""What customers do becomes signed calls to the hook."""

from __future__ import annotations

import json

from heard.channels.meta.simulator import encode, signed
from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph, graph_of
from heard.sandbox.tests.hooks import Receiver, signed_rightly


def test_signatures_are_those_of_the_network() -> None:
    body = encode({"text": "Здравей ä 👋"})
    assert body == rb'{"text":"\u0417\u0434\u0440\u0430\u0432\u0435\u0439 \u00e4 \ud83d\udc4b"}'
    assert signed(body, "sim-secret")["X-Hub-Signature-256"] == (
        "sha256=6a7d58a589edba85d96584eb2b0cadda5c7e1a72e9faab0de5a2c06abb3e0466"
    )
    assert encode({"url": "https://x/y"}) == b'{"url":"https:\\/\\/x\\/y"}'


def test_a_comment_reaches_the_hook_signed(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="Kde je můj balík? 📦")
    receiver.wait(1)

    headers, body = receiver.calls[0]
    assert signed_rightly(headers, body, facebook.credentials["app_secret"])
    assert headers["x-hub-signature"].startswith("sha1=")
    assert body.isascii()
    call = json.loads(body)
    assert call["object"] == "page"
    assert call["entry"][0]["id"] == facebook.page
    value = receiver.values()[0]
    assert (value["item"], value["verb"], value["comment_id"]) == ("comment", "add", id)
    assert value["parent_id"] == value["post_id"]
    assert value["from"]["name"] == "Jana Kovářová"


def test_a_reply_of_ours_is_answered_with_an_id_and_echoed(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="Where is my parcel?")
    reply = facebook.post(f"{id}/comments", {"message": "On its way."})["id"]
    receiver.wait(2)

    echo = receiver.values("comment")[1]
    assert echo["comment_id"] == reply
    assert echo["parent_id"] == id
    assert echo["from"]["id"] == facebook.page
    held = {one["id"]: one for one in sandbox.state("facebook")["comments"]}
    assert held[reply]["by_page"]
    assert held[reply]["text"] == "On its way."


def test_a_wrong_answer_to_the_handshake_leaves_the_hook_unset(sandbox: Running, receiver: Receiver) -> None:
    graph = graph_of(sandbox, "facebook")
    receiver.verify_token = "another"
    mine = graph.credentials
    error = graph.refused(
        "POST",
        f"{mine['app_id']}/subscriptions",
        {"object": "page", "callback_url": receiver.url, "fields": "feed", "verify_token": "wrong"},
        token=f"{mine['app_id']}|{mine['app_secret']}",
    )
    assert error["code"] == 2200
    assert sandbox.state("facebook")["hook"] == ""
