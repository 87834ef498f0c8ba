"""The twin of Telegram: what its bots hear, what they may send, and how it refuses."""

from __future__ import annotations

from typing import Any

import httpx2
import pytest

from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver


class Bot:
    def __init__(self, sandbox: Running) -> None:
        self.mine = sandbox.credentials("telegram")

    def call(self, method: str, **asked: Any) -> dict[str, Any]:
        url = f"{self.mine['base_url']}/bot{self.mine['bot_token']}/{method}"
        said: dict[str, Any] = httpx2.post(url, json=asked, trust_env=False).json()
        return said

    def result(self, method: str, **asked: Any) -> Any:
        said = self.call(method, **asked)
        assert said["ok"], said
        return said["result"]


@pytest.fixture
def bot(sandbox: Running, receiver: Receiver) -> Bot:
    made = Bot(sandbox)
    assert made.result("setWebhook", url=receiver.url, secret_token="s3cret")
    return made


def chat_of(sandbox: Running) -> int:
    return int(sandbox.state("telegram")["directs"][-1]["address"])


def test_what_is_written_is_told_with_the_secret(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    id = sandbox.say("telegram", by="jana", text="Dobrý den")
    receiver.wait(1)
    headers, _ = receiver.calls[0]
    [update] = receiver.bodies()
    message = update["message"]
    assert headers["x-telegram-bot-api-secret-token"] == "s3cret"
    assert f"{message['chat']['id']}:{message['message_id']}" == id
    assert message["from"]["first_name"] == "Jana"
    assert message["chat"]["type"] == "private"


def test_an_answer_stands_in_the_conversation(sandbox: Running, bot: Bot) -> None:
    id = sandbox.say("telegram", by="jana", text="Hi")
    chat, number = id.split(":")
    reply = {"message_id": int(number)}
    sent = bot.result("sendMessage", chat_id=int(chat), text="Hello", reply_parameters=reply)
    assert sent["reply_to_message"]["message_id"] == int(number)
    answer = sandbox.state("telegram")["directs"][1]
    assert (answer["text"], answer["from_page"], answer["reply_to"]) == ("Hello", True, id)


def test_updates_are_asked_for_and_given_once(sandbox: Running) -> None:
    bot = Bot(sandbox)
    sandbox.say("telegram", by="jana", text="one")
    sandbox.say("telegram", by="jana", text="two")
    first = bot.result("getUpdates", limit=1)
    assert [one["message"]["text"] for one in first] == ["one"]
    rest = bot.result("getUpdates", offset=first[0]["update_id"] + 1)
    assert [one["message"]["text"] for one in rest] == ["two"]
    assert bot.result("getUpdates", offset=rest[0]["update_id"] + 1, timeout=0) == []


def test_a_hook_gets_what_has_waited_and_asking_is_over(sandbox: Running, receiver: Receiver) -> None:
    bot = Bot(sandbox)
    sandbox.say("telegram", by="jana", text="early")
    bot.result("setWebhook", url=receiver.url)
    receiver.wait(1)
    assert receiver.bodies()[0]["message"]["text"] == "early"
    assert bot.call("getUpdates")["error_code"] == 409
    bot.result("deleteWebhook")
    assert bot.result("getUpdates") == []


def test_reactions_are_told_only_to_who_asked_for_them(
    sandbox: Running, receiver: Receiver, bot: Bot
) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    answer = bot.result("sendMessage", chat_id=chat_of(sandbox), text="Hello")
    id = f"{answer['chat']['id']}:{answer['message_id']}"
    sandbox.react("telegram", id, by="jana")
    bot.result("setWebhook", url=receiver.url, allowed_updates=["message_reaction"])
    sandbox.react("telegram", id, by="jana", reaction="❤")
    sandbox.react("telegram", id, by="jana", remove=True)
    receiver.wait(3)
    told = [body["message_reaction"] for body in receiver.bodies() if "message_reaction" in body]
    assert [[one["emoji"] for one in body["new_reaction"]] for body in told] == [["❤"], []]


def test_what_cannot_be_sent_is_said_so(sandbox: Running, bot: Bot) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    right = {"chat_id": chat_of(sandbox), "text": "Hello"}
    wrongs: list[tuple[dict[str, Any], str]] = [
        ({"text": "x" * 4097}, "message is too long"),
        ({"text": "😀" * 2049}, "message is too long"),
        ({"text": " "}, "message text is empty"),
        ({"chat_id": 7}, "chat not found"),
        ({"reply_parameters": {"message_id": 7}}, "message to be replied not found"),
        ({"business_connection_id": "x"}, "business connection not found"),
    ]
    for wrong, words in wrongs:
        said = bot.call("sendMessage", **(right | wrong))
        assert (said["error_code"], words in said["description"]) == (400, True), said


def test_who_blocks_the_bot_cannot_be_reached(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    sandbox.control("telegram/block", {"as": "jana"})
    assert bot.call("sendMessage", chat_id=chat_of(sandbox), text="Hello")["error_code"] == 403
    sandbox.say("telegram", by="jana", text="Hi again")
    assert bot.call("sendMessage", chat_id=chat_of(sandbox), text="Hello")["ok"]
    receiver.wait(4)
    statuses = [
        body["my_chat_member"]["new_chat_member"]["status"]
        for body in receiver.bodies()
        if "my_chat_member" in body
    ]
    assert statuses == ["kicked", "member"]


def test_a_pressed_button_turns_until_it_is_answered(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    keyboard = {"inline_keyboard": [[{"text": "Very", "callback_data": "csat:5"}]]}
    sent = bot.result("sendMessage", chat_id=chat_of(sandbox), text="Content?", reply_markup=keyboard)
    id = f"{sent['chat']['id']}:{sent['message_id']}"
    sandbox.control("telegram/press", {"id": id, "payload": "csat:5"})
    receiver.wait(2)
    query = receiver.bodies()[1]["callback_query"]
    assert (query["data"], query["message"]["message_id"]) == ("csat:5", sent["message_id"])
    assert sandbox.state("telegram")["kept"]["turning"] == [query["id"]]
    assert bot.result("answerCallbackQuery", callback_query_id=query["id"])
    assert not bot.call("answerCallbackQuery", callback_query_id=query["id"])["ok"]


def test_old_messages_cannot_be_deleted(sandbox: Running, bot: Bot) -> None:
    chat, number = sandbox.say("telegram", by="jana", text="Hi").split(":")
    sandbox.clock(49 * 3600)
    said = bot.call("deleteMessage", chat_id=int(chat), message_id=int(number))
    assert "can't be deleted" in said["description"]
    sandbox.clock(0)
    assert bot.result("deleteMessage", chat_id=int(chat), message_id=int(number))
    assert sandbox.state("telegram")["directs"][0]["removed"]


def test_a_business_account_is_heard_from_both_sides(sandbox: Running, receiver: Receiver, bot: Bot) -> None:
    theirs = sandbox.control("telegram/business", {"as": "jana", "text": "Open?"})["id"]
    sandbox.control("telegram/business", {"to": "jana", "text": "Until six"})
    sandbox.edit("telegram", theirs, "Open today?")
    sandbox.delete("telegram", theirs)
    receiver.wait(5)
    kinds = [next(key for key in body if key != "update_id") for body in receiver.bodies()]
    assert sorted(kinds) == [
        "business_connection",
        "business_message",
        "business_message",
        "deleted_business_messages",
        "edited_business_message",
    ]


def test_the_token_is_written_down_nowhere(sandbox: Running, bot: Bot) -> None:
    bot.result("getMe")
    sandbox.say("telegram", by="jana", text="Hi")
    bot.result("sendMessage", chat_id=chat_of(sandbox), text="Hello")
    calls = sandbox.state("telegram", only="calls")["calls"]
    assert bot.mine["bot_token"] not in str(calls)
    assert calls[-1]["path"] == "/api.telegram.org/bot…/sendMessage"
