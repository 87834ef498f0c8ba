"""The control API: what it takes, what it refuses, and what it shows."""

from __future__ import annotations

import httpx2
import pytest

from heard.sandbox.running import ControlRefused, Running
from heard.sandbox.tests.graph import Graph
from heard.sandbox.tests.hooks import Receiver, signed_rightly


@pytest.mark.parametrize(
    ("path", "wish", "sentence"),
    [
        ("facebook/say", {"as": "jana", "text": "x", "colour": "red"}, "400: There is no field 'colour'"),
        ("facebook/say", {"text": "x"}, "400: The field 'as' is missing"),
        ("facebook/say", {"as": "jana"}, "400: The field 'text' is missing"),
        ("facebook/say", {"as": "jana", "text": "x", "kind": "direct"}, "400: facebook has no 'direct'"),
        ("facebook/say", {"as": "jana", "text": "x", "under": "7"}, "404: There is no post or comment '7'"),
        ("facebook/say", {"as": "jana", "text": "x", "page": "7"}, "404: There is no page '7'"),
        ("facebook/edit", {"id": "7", "text": "x"}, "404: facebook knows nothing with the id '7'"),
        ("facebook/jump", {}, "404: There is no /control/facebook/jump"),
        ("friendster/say", {}, "404: There is no network 'friendster'"),
        ("facebook/faults", {"drop": 2}, "400: 2 cannot be the value of 'drop'"),
        ("facebook/faults", {"flood": True}, "400: There is no fault 'flood'"),
        ("facebook/deliver", {}, "409: No hook is set for Acme Shop"),
    ],
)
def test_what_cannot_be_understood_is_refused_in_a_sentence(
    sandbox: Running, path: str, wish: dict[str, object], sentence: str
) -> None:
    with pytest.raises(ControlRefused) as refused:
        sandbox.control(path, wish)
    assert str(refused.value).startswith(sentence)


def test_other_machines_and_other_web_pages_are_refused(sandbox: Running) -> None:
    for headers in (
        {"X-Forwarded-For": "203.0.113.9"},
        {"Host": "rebound.example:8001"},
        {"Origin": "https://elsewhere.example"},
    ):
        answer = httpx2.get(f"{sandbox.url}/control/facebook/credentials", headers=headers, trust_env=False)
        assert answer.status_code == 403
        assert "page_token" not in answer.text


def test_credentials_are_those_of_an_inbox(sandbox: Running) -> None:
    for network in ("facebook", "messenger"):
        credentials = sandbox.credentials(network)
        assert list(credentials) == [
            "account",
            "page_token",
            "app_id",
            "app_secret",
            "verify_token",
            "base_url",
        ]
        assert credentials["base_url"] == f"{sandbox.url}/graph.facebook.com/v26.0"
    assert sandbox.credentials("facebook")["app_secret"] != sandbox.credentials("messenger")["app_secret"]
    assert sandbox.control("networks")["networks"][:2] == ["facebook", "messenger"]


def test_a_second_page_has_credentials_of_its_own(sandbox: Running) -> None:
    second = sandbox.page("Other Shop")
    mine = sandbox.credentials("facebook", page=second)
    assert mine["account"] == second
    assert mine["page_token"] != sandbox.credentials("facebook")["page_token"]
    sandbox.say("facebook", by="jana", text="Hello", kind="post", page=second)
    assert len(sandbox.state("facebook", page=second)["posts"]) == 1
    assert sandbox.state("facebook")["comments"] == []


def test_people_keep_name_and_id(sandbox: Running) -> None:
    sandbox.say("facebook", by="petros", text="Γεια")
    sandbox.say("facebook", by="alfons", text="hi")
    sandbox.say("facebook", by="bea", text="hi", name="Bea Berg")
    sandbox.say("facebook", by="bea", text="hi again")
    authors = [comment["from"] for comment in sandbox.state("facebook")["comments"]]
    assert [author["name"] for author in authors] == [
        "Πέτρος Παπαδόπουλος",
        "Alfons",
        "Bea Berg",
        "Bea Berg",
    ]
    assert authors[2]["id"] == authors[3]["id"]


def test_any_body_is_signed_and_delivered_as_it_stands(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    body = b'{"object": "page",  "entry": [NaN, "\\ud83d", "\xc3\xa4"]'
    receiver.answers = [503]
    assert sandbox.deliver("facebook", body) == 503
    headers, came = receiver.calls[0]
    assert came == body
    assert signed_rightly(headers, body, facebook.credentials["app_secret"])


def test_state_shows_what_the_network_holds_and_what_it_was_asked(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="Hi")
    facebook.post(id, {"is_hidden": True})
    facebook.post(f"{id}/likes")
    sandbox.say("facebook", by="maja", kind="review", text="Super", stars=5)
    sandbox.say("facebook", by="emma", kind="mention", text="@Acme Shop hello")
    state = sandbox.settled("facebook")
    assert state["hidden"] == [id]
    assert [like["object"] for like in state["likes"]] == [id]
    assert state["reviews"][0]["stars"] == 5
    assert state["mentions"][0]["from"]["handle"] == "emma"
    assert state["hook"] == receiver.url
    assert state["deliveries"]["pending"] == 0
    newest = state["calls"][-1]
    assert (newest["method"], newest["path"]) == ("POST", f"/graph.facebook.com/v26.0/{id}/likes")
    assert newest["status"] == 200
    secrets = facebook.credentials
    assert secrets["page_token"] not in str(state["calls"])


def test_reset_forgets_what_was_said_and_keeps_the_credentials(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="Hi")
    before = sandbox.credentials("facebook")
    sandbox.control("reset", {})
    state = sandbox.state("facebook")
    assert state["comments"] == state["calls"] == []
    assert state["hook"] == receiver.url
    assert len(state["posts"]) == 5
    assert sandbox.credentials("facebook") == before
    assert sandbox.say("facebook", by="jana", text="Hi") != id


def test_half_an_emoji_and_nul_break_nothing(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    raw = b'{"as": "jana", "text": "bad \\ud83d and \\u0000 in it"}'
    answer = httpx2.post(f"{sandbox.url}/control/facebook/say", content=raw, trust_env=False)
    assert answer.status_code == 200
    receiver.wait(1)
    assert rb"\ud83d" in receiver.calls[0][1]
    assert "bad" in sandbox.state("facebook")["comments"][0]["text"]
    assert httpx2.get(f"{sandbox.url}/facebook", trust_env=False).status_code == 200
