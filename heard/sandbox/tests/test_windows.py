"""When the page may write, and how often."""

from __future__ import annotations

from typing import Any

from heard.sandbox.running import Running
from heard.sandbox.tests.graph import Graph, message
from heard.sandbox.tests.hooks import Receiver

DAY = 86400
HUMAN = {"messaging_type": "MESSAGE_TAG", "tag": "HUMAN_AGENT"}


def _psid(sandbox: Running) -> str:
    sandbox.say("messenger", by="jana", text="hello")
    return str(sandbox.state("messenger")["directs"][0]["psid"])


def _refusal(graph: Graph, body: dict[str, Any]) -> tuple[int, int | None]:
    error = graph.refused("POST", f"{graph.page}/messages", body)
    return error["code"], error.get("error_subcode")


def test_a_day_after_the_customers_last_word_only_a_person_may_answer(
    sandbox: Running, messenger: Graph
) -> None:
    psid = _psid(sandbox)
    sandbox.clock(DAY - 60)
    messenger.send(psid, "in time")
    sandbox.clock(DAY + 60)
    assert _refusal(messenger, message(psid, "late")) == (10, 2018278)
    messenger.send(psid, "by a person", **HUMAN)
    sandbox.clock(7 * DAY + 60)
    assert _refusal(messenger, message(psid, "too late", **HUMAN)) == (10, 2018278)
    sandbox.say("messenger", by="jana", text="still here")
    messenger.send(psid, "open again")


def test_a_reaction_opens_the_window_and_an_echo_does_not(sandbox: Running, messenger: Graph) -> None:
    psid = _psid(sandbox)
    answer = messenger.send(psid, "Hi")["message_id"]
    sandbox.clock(DAY + 60)
    assert _refusal(messenger, message(psid, "late"))[0] == 10
    sandbox.react("messenger", answer, by="jana")
    messenger.send(psid, "open again")


def test_dead_tags_and_long_texts_are_refused(sandbox: Running, messenger: Graph) -> None:
    psid = _psid(sandbox)
    tag = {"messaging_type": "MESSAGE_TAG", "tag": "ACCOUNT_UPDATE"}
    assert _refusal(messenger, message(psid, "x", **tag))[0] == 100
    assert _refusal(messenger, message(psid, "x" * 2001))[0] == 100
    assert _refusal(messenger, message(psid, "  "))[0] == 100
    assert _refusal(messenger, message("12345", "x")) == (100, 2018001)
    messenger.send(psid, "x" * 2000)


def test_a_customer_who_blocked_the_page_cannot_be_reached(sandbox: Running, messenger: Graph) -> None:
    psid = _psid(sandbox)
    sandbox.control("messenger/block", {"as": "jana"})
    assert _refusal(messenger, message(psid, "x")) == (551, 1545041)


def test_a_comment_is_answered_in_private_once(
    sandbox: Running, receiver: Receiver, facebook: Graph, messenger: Graph
) -> None:
    comment = sandbox.say("facebook", by="jana", text="Where is my parcel?")
    assert facebook.get(comment, fields="can_reply_privately")["can_reply_privately"]
    body = {"recipient": {"comment_id": comment}, "message": {"text": "Hi Jana"}}
    sent = facebook.post(f"{facebook.page}/messages", body)
    assert _refusal(facebook, body)[0] == 10900
    held = facebook.get(comment, fields="can_reply_privately,private_reply_conversation")
    assert not held["can_reply_privately"]
    assert held["private_reply_conversation"]["id"].startswith("t_")
    # It opens no window: only when she answers, the page may go on.
    assert _refusal(messenger, message(sent["recipient_id"], "more")) == (10, 2018278)
    sandbox.say("messenger", by="jana", text="Thank you")
    messenger.send(sent["recipient_id"], "You are welcome")


def test_a_private_answer_comes_within_seven_days(sandbox: Running, facebook: Graph) -> None:
    comment = sandbox.say("facebook", by="jana", text="Where is my parcel?")
    post = sandbox.say("facebook", by="emma", kind="post", text="Are you open?")
    sandbox.clock(7 * DAY + 60)
    assert _refusal(facebook, {"recipient": {"comment_id": comment}, "message": {"text": "Hi"}})[0] == 10903
    sandbox.clock(0)
    facebook.post(
        f"{facebook.page}/messages", {"recipient": {"post_id": post}, "message": {"text": "Hi Emma"}}
    )


def test_the_person_who_comments_and_the_one_who_writes_have_different_ids(
    sandbox: Running, facebook: Graph
) -> None:
    comment = sandbox.say("facebook", by="jana", text="hello")
    author = facebook.get(comment, fields="from")["from"]["id"]
    body = {"recipient": {"comment_id": comment}, "message": {"text": "Hi Jana"}}
    assert facebook.post(f"{facebook.page}/messages", body)["recipient_id"] != author
