"""The twin of Viber: what its bots hear, what they may send, and how it refuses."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from heard.channels.viber.simulator import signed
from heard.sandbox.running import ControlRefused, Running
from heard.sandbox.tests.hooks import Receiver


class Bot:
    def __init__(self, sandbox: Running) -> None:
        self.mine = sandbox.credentials("viber")

    def call(self, method: str, **body: Any) -> dict[str, Any]:
        answer = httpx2.post(
            f"{self.mine['base_url']}/{method}",
            json=body,
            headers={"X-Viber-Auth-Token": self.mine["auth_token"]},
            trust_env=False,
        )
        assert answer.status_code == 200, answer.text
        said: dict[str, Any] = answer.json()
        return said

    def send(self, to: str, text: str, **rest: Any) -> dict[str, Any]:
        sender = {"name": "Acme"}
        return self.call("send_message", receiver=to, type="text", text=text, sender=sender, **rest)


@pytest.fixture
def bot(sandbox: Running, receiver: Receiver) -> Bot:
    made = Bot(sandbox)
    assert made.call("set_webhook", url=receiver.url)["status"] == 0
    receiver.wait(1)
    receiver.calls.clear()
    return made


def test_a_hook_is_checked_before_it_is_taken(sandbox: Running, receiver: Receiver) -> None:
    bot = Bot(sandbox)
    receiver.answers = [404]
    assert bot.call("set_webhook", url=receiver.url)["status"] == 1
    assert bot.call("set_webhook", url="http://127.0.0.1:1/hook")["status"] == 1
    assert sandbox.state("viber")["hook"] == ""
    assert bot.call("set_webhook", url=receiver.url)["event_types"]
    assert [body["event"] for body in receiver.bodies()] == ["webhook", "webhook"]
    assert sandbox.state("viber")["hook"] == receiver.url


def test_a_message_subscribes_and_is_answered(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    id = sandbox.say("viber", by="jana", text="Dobrý den")
    receiver.wait(2)
    subscribed, message = receiver.bodies()
    assert (subscribed["event"], message["event"]) == ("subscribed", "message")
    assert str(message["message_token"]) == id
    assert message["sender"]["name"] == "Jana Kovářová"
    headers, body = receiver.calls[1]
    right = signed(body, bot.mine["auth_token"])["X-Viber-Content-Signature"]
    assert headers["x-viber-content-signature"] == right
    sent = bot.send(message["sender"]["id"], "Hello", tracking_data="hd:1")
    sandbox.control("viber/read", {"as": "jana"})
    sandbox.say("viber", by="jana", text="Thanks")
    receiver.wait(5)
    delivered, seen, thanks = receiver.bodies()[2:]
    assert (delivered["event"], seen["event"]) == ("delivered", "seen")
    assert delivered["message_token"] == seen["message_token"] == sent["message_token"]
    assert thanks["message"]["tracking_data"] == "hd:1"
    assert [one["read"] for one in sandbox.state("viber")["directs"]] == [False, True, False]


def test_a_welcome_is_the_answer_to_somebody_who_looks(
    sandbox: Running, receiver: Receiver, bot: Bot
) -> None:
    address = sandbox.control("viber/open", {"as": "jana", "context": "poster"})["address"]
    receiver.wait(1)
    [started] = receiver.bodies()
    assert (started["event"], started["context"], started["subscribed"]) == (
        "conversation_started",
        "poster",
        False,
    )
    assert bot.send(address, "Hello there")["status"] == 0
    sandbox.clock(600)
    assert bot.send(address, "Still there?")["status"] == 6


def test_what_cannot_be_sent_has_a_status(sandbox: Running, bot: Bot) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    to = sandbox.state("viber")["directs"][0]["address"]
    right = {"receiver": to, "type": "text", "text": "Hello", "sender": {"name": "Acme"}}
    wrongs: list[tuple[dict[str, Any], int]] = [
        ({"text": "x" * 7001}, 3),
        ({"sender": {}}, 3),
        ({"sender": {"name": "x" * 29}}, 3),
        ({"text": ""}, 4),
        ({"type": "carrier pigeon"}, 3),
        ({"receiver": ""}, 4),
        ({"receiver": "nobody"}, 5),
        ({"tracking_data": "x" * 4001}, 3),
        ({"type": "video", "media": "http://x/y.mp4"}, 4),
    ]
    for wrong, status in wrongs:
        assert bot.call("send_message", **(right | wrong))["status"] == status, wrong


def test_a_handle_forces_an_error(sandbox: Running, bot: Bot) -> None:
    for mark, status in (("429", 12), ("190", 2), ("551", 6), ("window", 23)):
        sandbox.say("viber", by=f"jana-{mark}", text="Hi")
        assert bot.send(sandbox.state("viber")["directs"][-1]["address"], "Hello")["status"] == status


def test_a_message_may_fail_after_it_was_taken(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    sandbox.say("viber", by="jana-failed", text="Hi")
    sent = bot.send(sandbox.state("viber")["directs"][0]["address"], "Hello")
    assert sent["status"] == 0
    receiver.wait(3)
    failed = receiver.bodies()[2]
    assert (failed["event"], failed["message_token"]) == ("failed", sent["message_token"])


def test_who_unsubscribed_cannot_be_written_to(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    sandbox.control("viber/block", {"as": "jana"})
    receiver.wait(3)
    assert receiver.bodies()[2]["event"] == "unsubscribed"
    to = sandbox.state("viber")["directs"][0]["address"]
    assert bot.send(to, "Hello")["status"] == 6
    sandbox.say("viber", by="jana", text="Hi again")
    assert bot.send(to, "Hello")["status"] == 0


def test_details_of_a_person_are_told_twice_in_twelve_hours(sandbox: Running, bot: Bot) -> None:
    sandbox.say("viber", by="jana", text="Hi")
    to = sandbox.state("viber")["directs"][0]["address"]
    told = [bot.call("get_user_details", id=to) for _ in range(3)]
    assert [one["status"] for one in told] == [0, 0, 12]
    assert told[0]["user"]["language"] == "cs"
    sandbox.clock(12 * 3600 + 1)
    assert bot.call("get_user_details", id=to)["status"] == 0


def test_a_dead_token_is_followed_by_a_new_one(sandbox: Running, bot: Bot) -> None:
    sandbox.control("viber/revoke", {})
    assert bot.call("get_account_info")["status"] == 2
    fresh = Bot(sandbox)
    assert fresh.mine["auth_token"] != bot.mine["auth_token"]
    assert fresh.call("get_account_info")["name"] == "Acme Shop"
    assert bot.call("get_account_info")["status"] == 2


def test_files_are_there_to_be_fetched(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    for kind in ("image", "video", "file", "sticker"):
        sandbox.say("viber", by="jana", media=[{"kind": kind}])
    receiver.wait(5)
    for body in receiver.bodies()[1:]:
        answer = httpx2.get(body["message"]["media"], trust_env=False)
        assert answer.status_code == 200
        assert answer.content


def test_customers_cannot_edit_on_viber(sandbox: Running) -> None:
    id = sandbox.say("viber", by="jana", text="Hi")
    with pytest.raises(ControlRefused, match="404: There is no /control/viber/edit"):
        sandbox.edit("viber", id, "Hello")
