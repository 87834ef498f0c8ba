"""Everything that can go wrong on purpose."""

from __future__ import annotations

import time
from typing import Any

import httpx2
import pytest

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph
from heard.sandbox.tests.hooks import Receiver


def _texts(receiver: Receiver) -> list[str]:
    return [value["message"] for value in receiver.values("comment")]


def _say(sandbox: Running, count: int) -> list[str]:
    post = sandbox.say("facebook", by="jana", text="root")
    for number in range(count):
        sandbox.say("facebook", by="jana", text=str(number), under=post)
    return [str(number) for number in range(count)]


def test_a_refused_hook_is_sent_again_in_its_order(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    receiver.answers = [503, 401]
    said = _say(sandbox, 3)
    state = sandbox.settled("facebook")
    assert _texts(receiver) == ["root", "root", "root", *said]
    assert state["deliveries"]["failed"] == 2
    assert state["deliveries"]["problem"] == ""


def test_dropped_hooks_never_leave(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.faults("facebook", drop=1.0)
    sandbox.say("facebook", by="jana", text="lost")
    sandbox.faults("facebook")
    sandbox.say("facebook", by="jana", text="kept")
    assert sandbox.settled("facebook")["deliveries"]["dropped"] == 1
    assert _texts(receiver) == ["kept"]


def test_duplicated_hooks_come_twice(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.faults("facebook", duplicate=1.0, seed=1)
    _say(sandbox, 2)
    sandbox.settled("facebook")
    assert sorted(_texts(receiver)) == ["0", "0", "1", "1", "root", "root"]


def test_reordered_hooks_overtake_each_other(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.faults("facebook", reorder=True, seed=7)
    said = _say(sandbox, 12)
    sandbox.settled("facebook")
    assert sorted(_texts(receiver)) == sorted(["root", *said])
    assert _texts(receiver) != ["root", *said]


def test_without_faults_a_conversation_keeps_its_order(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    said = _say(sandbox, 30)
    sandbox.settled("facebook")
    assert _texts(receiver) == ["root", *said]


def test_delayed_hooks_come_later(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    sandbox.faults("facebook", delay_ms=300)
    began = time.monotonic()
    sandbox.say("facebook", by="jana", text="late")
    receiver.wait(1)
    assert time.monotonic() - began >= 0.3


def test_batched_hooks_share_calls_entries_and_elements(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    sandbox.faults("facebook", batch=10, seed=3)
    for number in range(30):
        sandbox.say("facebook", by=f"p{number}", text=str(number))
    sandbox.settled("facebook")
    assert sorted(_texts(receiver), key=int) == [str(number) for number in range(30)]
    assert len(receiver.calls) < 30
    sizes = [sum(len(entry["changes"]) for entry in body["entry"]) for body in receiver.bodies()]
    assert max(sizes) <= 10
    assert any(len(body["entry"]) > 1 for body in receiver.bodies())


@pytest.mark.parametrize(
    ("answer", "status", "code", "subcode"),
    [
        (429, 429, 32, None),
        (500, 500, 2, None),
        ("token_expired", 401, 190, 463),
        ("window", 403, 10, 2018278),
    ],
)
def test_calls_are_refused_as_often_as_asked(
    sandbox: Running, messenger: Graph, answer: Any, status: int, code: int, subcode: int | None
) -> None:
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    sandbox.faults("messenger", answer=answer, times=2)
    body = {"recipient": {"id": psid}, "message": {"text": "Hi"}}
    for _ in range(2):
        said = messenger.call("POST", f"{messenger.page}/messages", json=body)
        assert said.status_code == status
        error = said.json()["error"]
        assert (error["code"], error.get("error_subcode")) == (code, subcode)
        assert {"message", "type", "fbtrace_id", "is_transient"} <= set(error)
        if answer == 429:
            assert said.headers["retry-after"] == "2"
            assert "call_count" in said.headers["x-app-usage"]
    messenger.send(psid, "Hi")
    assert [one["text"] for one in sandbox.state("messenger")["directs"]] == ["hello", "Hi"]


def test_a_fault_stays_until_it_is_cleared(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.faults("facebook", answer=500, times=-1)
    for _ in range(3):
        assert facebook.call("POST", f"{id}/comments", json={"message": "x"}).status_code == 500
    assert facebook.call("GET", id).status_code == 200
    sandbox.faults("facebook")
    facebook.post(f"{id}/comments", {"message": "x"})


def test_a_fault_may_be_limited_to_a_path(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.faults("facebook", answer=500, only="/likes")
    facebook.post(f"{id}/comments", {"message": "x"})
    assert facebook.call("POST", f"{id}/likes").status_code == 500


def test_reset_after_accept_takes_the_message_and_cuts_the_line(
    sandbox: Running, receiver: Receiver, facebook: Graph
) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.faults("facebook", answer="reset_after_accept", times=1)
    with pytest.raises(httpx2.TransportError):
        facebook.call("POST", f"{id}/comments", json={"message": "taken"})
    receiver.wait(2)
    assert _texts(receiver) == ["hello", "taken"]
    state = sandbox.state("facebook")
    assert state["calls"][-1]["status"] == 0
    assert [one["text"] for one in state["comments"]] == ["hello", "taken"]


def test_timeout_takes_nothing_and_cuts_the_line(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.faults("facebook", answer="timeout", times=1, hold_s=0.2)
    with pytest.raises(httpx2.TransportError):
        facebook.call("POST", f"{id}/comments", json={"message": "lost"})
    assert [one["text"] for one in sandbox.state("facebook")["comments"]] == ["hello"]


def test_the_echo_may_come_before_the_answer(sandbox: Running, receiver: Receiver, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    receiver.wait(1)
    sandbox.faults("facebook", echo_first=True)
    facebook.post(f"{id}/comments", {"message": "Hi"})
    assert _texts(receiver) == ["hello", "Hi"]


@pytest.mark.parametrize(("mark", "code"), [("-429", 32), ("-190", 190), ("-551", 551), ("-window", 10)])
def test_magic_handles_force_errors(sandbox: Running, messenger: Graph, mark: str, code: int) -> None:
    sandbox.say("messenger", by=f"jana{mark}", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    assert psid.endswith(mark)
    body = {"recipient": {"id": psid}, "message": {"text": "Hi"}}
    assert messenger.refused("POST", f"{messenger.page}/messages", body)["code"] == code


def test_a_revoked_token_dies_and_a_new_one_can_be_had(sandbox: Running, facebook: Graph) -> None:
    sandbox.control("facebook/revoke", {})
    assert facebook.refused("GET", "me")["error_subcode"] == 458
    fresh = Graph(sandbox.credentials("facebook"))
    assert fresh.get("me")["name"] == "Acme Shop"
    fresh.close()


def test_a_permission_may_be_taken_away(sandbox: Running, facebook: Graph) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.control("facebook/revoke", {"scope": "pages_manage_engagement"})
    assert facebook.refused("POST", f"{id}/comments", {"message": "x"})["code"] == 200
