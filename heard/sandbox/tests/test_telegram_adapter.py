"""A known client library and Heard's own adapter, pointed at Telegram's twin: if both are content, it is true."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import httpx2
import pytest
from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    ReactionTypeEmoji,
    ReplyParameters,
    Update,
)
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, RetryAfter

from heard.channels.contract import (
    Happening,
    Media,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    Problem,
    Reaction,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
)
from heard.channels.telegram.channel import Telegram
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver
from heard.sandbox.tests.talking import Talking

TELEGRAM = Telegram()
Answered = Callable[[Callable[[Bot], Awaitable[Any]]], Any]


@pytest.fixture
def talking(sandbox: Running, receiver: Receiver) -> Talking:
    return Talking(sandbox, receiver, TELEGRAM)


@pytest.fixture
def asking(sandbox: Running, receiver: Receiver) -> Talking:
    return Talking(sandbox, receiver, TELEGRAM, polling=True)


@pytest.fixture
def client(sandbox: Running) -> Answered:
    mine = sandbox.credentials("telegram")

    def ask(question: Callable[[Bot], Awaitable[Any]]) -> Any:
        async def asked() -> Any:
            bot = Bot(
                mine["bot_token"],
                base_url=f"{mine['base_url']}/bot",
                base_file_url=f"{mine['base_url']}/file/bot",
            )
            async with bot:
                return await question(bot)

        # A thread of its own: where a browser was open before, this one's loop is taken.
        with ThreadPoolExecutor(1) as thread:
            return thread.submit(asyncio.run, asked()).result()

    return ask


# ── Heard's adapter ──


def test_nothing_that_the_twin_sends_is_ignored(sandbox: Running, talking: Talking) -> None:
    sandbox.control("telegram/open", {"as": "jana", "context": "promo"})
    for kind in ("image", "video", "audio", "voice", "file", "sticker", "contact", "location"):
        sandbox.say("telegram", by="jana", media=[{"kind": kind}])
    id = sandbox.say("telegram", by="jana", text="Where is it?")
    sandbox.edit("telegram", id, "Where is my parcel?")
    sent = talking.send()
    sandbox.react("telegram", sent.external_id, by="jana")
    sandbox.control("telegram/business", {"to": "petros", "text": "Until six"})
    theirs = sandbox.control("telegram/business", {"as": "petros", "text": "Open?"})["id"]
    sandbox.delete("telegram", theirs)
    sandbox.control("telegram/block", {"as": "jana"})
    facts = talking.facts()
    kinds = [one.kind for fact in facts if isinstance(fact, MessageIn) for one in fact.media]
    assert kinds == ["image", "video", "audio", "audio", "file", "sticker", "location"]
    assert [(fact.external_id, fact.text) for fact in facts if isinstance(fact, MessageEdited)] == [
        (id, "Where is my parcel?")
    ]
    assert [fact.external_id for fact in facts if isinstance(fact, Reaction)] == [sent.external_id]
    assert [fact.ours for fact in facts if isinstance(fact, MessageIn)].count(True) == 1
    assert len([fact for fact in facts if isinstance(fact, MessageDeleted)]) == 1
    assert {fact.name for fact in facts if isinstance(fact, Happening)} == {"business_connected", "blocked"}


def test_what_is_sent_liked_and_deleted_stands_so_at_the_network(sandbox: Running, talking: Talking) -> None:
    id = sandbox.say("telegram", by="jana", text="Hi")
    sent = talking.send("Dobrý den 👋")
    TELEGRAM.like(id, liked=True, wire=talking.wire)
    theirs, ours = talking.directs()
    assert (ours["id"], ours["text"]) == (sent.external_id, "Dobrý den 👋")
    assert theirs["reactions"] == {"": "👍"}
    TELEGRAM.like(id, liked=False, wire=talking.wire)
    TELEGRAM.delete(sent.external_id, wire=talking.wire)
    TELEGRAM.delete(sent.external_id, wire=talking.wire)
    theirs, ours = talking.directs()
    assert (theirs["reactions"], ours["removed"]) == ({}, True)


def test_a_business_account_is_answered_for(sandbox: Running, talking: Talking) -> None:
    sandbox.control("telegram/business", {"as": "jana", "text": "Open?"})
    [said] = [fact for fact in talking.facts() if isinstance(fact, MessageIn)]
    talking.send("Until six", to=said.thread)
    answer = talking.directs()[-1]
    assert answer["kept"]["business"] == said.thread.partition(":")[0]


def test_messages_are_asked_for_where_there_is_no_address(sandbox: Running, asking: Talking) -> None:
    sandbox.say("telegram", by="jana", text="one")
    first = TELEGRAM.poll(asking.wire, cursor={})
    sandbox.say("telegram", by="jana", text="two")
    second = TELEGRAM.poll(asking.wire, cursor=first.cursor)
    said = [fact for one in (first, second) for call in one.calls for fact in TELEGRAM.parse(call)]
    assert [fact.text for fact in said if isinstance(fact, MessageIn)] == ["one", "two"]
    assert TELEGRAM.inspect(asking.wire).subscribed


def test_a_file_is_fetched_where_it_lies(sandbox: Running, talking: Talking) -> None:
    sandbox.say("telegram", by="jana", media=[{"kind": "file"}])
    [said] = [fact for fact in talking.facts() if isinstance(fact, MessageIn)]
    found = TELEGRAM.locate(said.media[0], talking.wire)
    assert found is not None
    assert httpx2.get(found.url, trust_env=False).content.startswith(b"%PDF")
    assert TELEGRAM.locate(Media("file", detail={"file_id": "nonsense"}), talking.wire) is None


def test_a_pressed_button_is_answered_in_the_hooks_own_answer(
    sandbox: Running, talking: Talking, client: Answered
) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    keyboard = InlineKeyboardMarkup([[InlineKeyboardButton("Very", callback_data="csat:5")]])
    sent = client(lambda bot: bot.send_message(talking.address(), "Content?", reply_markup=keyboard))
    sandbox.control("telegram/press", {"id": f"{sent.chat.id}:{sent.message_id}", "payload": "csat:5"})
    [pressed] = [fact for fact in talking.facts() if isinstance(fact, MessageIn)][1:]
    assert (pressed.text, pressed.parent) == ("Very", f"{sent.chat.id}:{sent.message_id}")
    assert sandbox.state("telegram")["kept"]["turning"] == []


def test_bad_days_end_in_one_honest_answer(sandbox: Running, talking: Talking) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    days: list[tuple[Any, type[Exception]]] = [
        (429, TryAgain),
        (500, Unconfirmed),
        ("reset_after_accept", Unconfirmed),
        ("token_expired", ReconnectNeeded),
        ("blocked", Rejected),
        ("permission", Rejected),
    ]
    for answer, error in days:
        sandbox.faults("telegram", answer=answer, times=1)
        with pytest.raises(error):
            talking.send()
        talking.send()


def test_length_is_counted_as_the_network_counts(sandbox: Running, talking: Talking) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    talking.send("😀" * 2048)
    with pytest.raises(Rejected) as caught:
        talking.send("😀" * 2049)
    assert caught.value.problem is Problem.TOO_LONG


# ── a known client ──


def test_the_client_sends_changes_and_deletes(sandbox: Running, talking: Talking, client: Answered) -> None:
    chat, number = sandbox.say("telegram", by="jana", text="Hi").split(":")

    async def talk(bot: Bot) -> None:
        me = await bot.get_me()
        assert (me.first_name, me.is_bot) == ("Acme Shop", True)
        reply = ReplyParameters(message_id=int(number))
        sent = await bot.send_message(int(chat), "Hello", reply_parameters=reply)
        assert sent.reply_to_message is not None
        await sent.edit_text("Hello there")
        picture = await bot.send_photo(int(chat), b"\x89PNG picture", caption="A mug")
        assert picture.photo[-1].width == 1280
        await bot.send_document(int(chat), b"%PDF", filename="invoice.pdf")
        await bot.send_location(int(chat), 50.0, 14.4)
        await bot.set_message_reaction(int(chat), int(number), [ReactionTypeEmoji("👍")])
        await bot.send_chat_action(int(chat), "typing")
        assert (await bot.get_chat(int(chat))).first_name == "Jana"
        await bot.delete_message(int(chat), sent.message_id)

    client(talk)
    said = talking.directs()
    assert [one["text"] for one in said] == ["Hi", "Hello there", "A mug", "", ""]
    assert [one["kind"] for row in said for one in row["media"]] == ["image", "file", "location"]
    assert (said[0]["reactions"], said[1]["removed"]) == ({"": "👍"}, True)


def test_the_client_reads_every_update(sandbox: Running, client: Answered) -> None:
    for kind in ("image", "video", "audio", "voice", "file", "sticker", "contact", "location"):
        sandbox.say("telegram", by="jana", media=[{"kind": kind}])
    id = sandbox.say("telegram", by="jana", text="Hi")
    sandbox.edit("telegram", id, "Hello")
    sandbox.control("telegram/block", {"as": "jana"})

    async def ask(bot: Bot) -> tuple[Update, ...]:
        return await bot.get_updates(timeout=1)

    updates = client(ask)
    assert len(updates) == 11
    last = updates[-1].my_chat_member
    assert last is not None
    assert last.new_chat_member.status == "kicked"

    async def fetch(bot: Bot) -> bytes:
        document = updates[4].message.document
        file = await bot.get_file(document.file_id)
        return bytes(await file.download_as_bytearray())

    assert client(fetch).startswith(b"%PDF")


@pytest.mark.filterwarnings("ignore:Deprecated since version v22.2")
def test_the_client_understands_every_refusal(sandbox: Running, talking: Talking, client: Answered) -> None:
    sandbox.say("telegram", by="jana", text="Hi")
    chat = talking.address()
    for answer, error in ((429, RetryAfter), ("blocked", Forbidden), ("token_expired", InvalidToken)):
        sandbox.faults("telegram", answer=answer, times=1, only="sendMessage")
        with pytest.raises(error):
            client(lambda bot: bot.send_message(chat, "Hello"))
    with pytest.raises(BadRequest, match="too long"):
        client(lambda bot: bot.send_message(chat, "x" * 4097))
    with pytest.raises(Conflict):
        client(lambda bot: bot.get_updates())
    told = client(lambda bot: bot.get_webhook_info())
    assert told.url == sandbox.state("telegram")["hook"]
