"""The adapters against the simulated networks, over real HTTP: what one says the other understands.

Both were written from the same facts by different people, so a mistake of one shows here.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from heard.channels.contract import (
    Channel,
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageHidden,
    MessageIn,
    Outgoing,
    Problem,
    Reaction,
    Receipt,
    ReconnectNeeded,
    Rejected,
    Sent,
    TryAgain,
    Unconfirmed,
)
from heard.channels.facebook.channel import Facebook
from heard.channels.messenger.channel import Messenger
from heard.channels.meta.credentials import MetaApp
from heard.channels.tests.wire import HttpWire

pytest.importorskip("heard.sandbox.running", reason="the sandbox is not in this tree")

from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.tests.hooks import Receiver, receiving

FACEBOOK, MESSENGER = Facebook(), Messenger()


class Connected:
    """One channel of the sandbox's page, connected by its adapter to a receiver of hooks."""

    def __init__(self, sandbox: Running, receiver: Receiver, channel: Channel[Any]) -> None:
        self.sandbox, self.receiver, self.channel = sandbox, receiver, channel
        given = sandbox.credentials(channel.slug)
        self.wire: HttpWire[Any] = HttpWire(channel.credentials.model_validate(given))
        receiver.verify_token = given["verify_token"]
        channel.subscribe(self.wire, hook_url=receiver.url)

    def facts(self) -> list[Incoming]:
        """All that has arrived so far, each call with a signature that fits."""
        self.sandbox.settled(self.channel.slug)
        hooks = [Hook("POST", {}, headers, body) for headers, body in self.receiver.calls]
        for hook in hooks:
            self.channel.verify(hook, self.wire.credentials)
        facts = [fact for hook in hooks for fact in self.channel.parse(hook)]
        assert not [fact for fact in facts if isinstance(fact, Ignored)]
        return facts

    def messages(self, *, ours: bool) -> dict[str, MessageIn]:
        said = [fact for fact in self.facts() if isinstance(fact, MessageIn) and fact.ours is ours]
        return {message.external_id: message for message in said}

    def send(self, to: str, text: str = "It is on its way.", **more: Any) -> Sent:
        return self.channel.send(self.outgoing(to, text, **more), self.wire)

    def outgoing(self, to: str, text: str = "It is on its way.", **more: Any) -> Outgoing:
        kind = Kind.DIRECT if self.channel.slug == "messenger" else Kind.COMMENT
        return Outgoing(**({"kind": kind, "to": to, "text": text, "token": "hd:out:1"} | more))


@pytest.fixture
def sandbox() -> Iterator[Running]:
    with running_sandbox() as running:
        yield running


@pytest.fixture
def facebook(sandbox: Running) -> Iterator[Connected]:
    with receiving() as receiver:
        yield Connected(sandbox, receiver, FACEBOOK)


@pytest.fixture
def messenger(sandbox: Running) -> Iterator[Connected]:
    with receiving() as receiver:
        yield Connected(sandbox, receiver, MESSENGER)


def just_now() -> datetime:
    return datetime.now(UTC) - timedelta(seconds=2)


# ── connecting ────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize("side", ["facebook", "messenger"])
def test_an_account_tells_its_rights_and_whether_it_calls_us(
    side: str, request: pytest.FixtureRequest
) -> None:
    connected: Connected = request.getfixturevalue(side)
    account = connected.channel.inspect(connected.wire)
    assert account.external_id == connected.wire.credentials.account
    assert account.subscribed
    assert account.scopes is not None
    assert {scope.name for scope in connected.channel.scopes} <= account.scopes
    connected.channel.unsubscribe(connected.wire)
    assert connected.channel.inspect(connected.wire).subscribed is False


def test_signing_in_brings_a_page_that_can_be_connected(sandbox: Running, facebook: Connected) -> None:
    app = MetaApp.model_validate(sandbox.control("facebook/app"))
    back = "http://127.0.0.1:1/back"
    url = FACEBOOK.authorize_url(app, redirect_uri=back, state="s-1")
    form = {"answer": "allow", "who": "emma", "pages": facebook.wire.credentials.account}
    scopes = [scope.name for scope in FACEBOOK.scopes]
    answer = httpx2.post(url, data=form | {"scopes": scopes}, trust_env=False)
    returned = parse_qs(urlsplit(answer.headers["location"]).query)
    assert returned["state"] == ["s-1"]
    [grant] = FACEBOOK.grants(app, code=returned["code"][0], redirect_uri=back, wire=facebook.wire)
    assert grant.account.external_id == facebook.wire.credentials.account
    assert FACEBOOK.inspect(HttpWire(grant.credentials)).name == grant.account.name  # type: ignore[arg-type]


# ── the public side ───────────────────────────────────────────────────────────────────────────────


def test_what_people_write_in_public_arrives_and_is_found_again(
    sandbox: Running, facebook: Connected
) -> None:
    comment = sandbox.say("facebook", by="jana", kind="comment", text="Kde je můj balík? 👋")
    post = sandbox.say("facebook", by="petros", kind="post", text="Είστε ανοιχτά;")
    reply = sandbox.say("facebook", by="jana", kind="comment", text="Haló?", under=comment)
    mention = sandbox.say("facebook", by="jana", kind="mention", text="@Acme")
    review = sandbox.say("facebook", by="jana", kind="review", text="ok", stars=3)
    arrived = facebook.messages(ours=False)
    kinds = {id: arrived[id].kind for id in (comment, post, reply, mention, review)}
    assert kinds == {
        comment: Kind.COMMENT,
        post: Kind.POST,
        reply: Kind.COMMENT,
        mention: Kind.MENTION,
        review: Kind.REVIEW,
    }
    assert arrived[comment].text == "Kde je můj balík? 👋"
    assert (arrived[reply].thread, arrived[reply].parent) == (comment, comment)

    until = datetime.now(UTC) + timedelta(minutes=1)
    held = list(FACEBOOK.held(facebook.wire, since=until - timedelta(hours=1), until=until))
    again = {fact.external_id: fact for fact in held if isinstance(fact, MessageIn)}
    for id in (comment, post, reply, review):
        for part in ("kind", "thread", "parent", "author", "text", "at", "ours", "stars"):
            assert getattr(again[id], part) == getattr(arrived[id], part), part
    assert mention in again


@pytest.mark.parametrize("kind", [Kind.COMMENT, Kind.POST])
def test_a_public_reply_arrives_once_and_comes_back_as_ours(
    kind: Kind, sandbox: Running, facebook: Connected
) -> None:
    since = just_now()
    target = sandbox.say("facebook", by="jana", kind=kind.value, text="Hello?")
    sent = facebook.send(target, kind=kind)
    assert sent.external_id in facebook.messages(ours=True)
    assert FACEBOOK.find_sent(facebook.outgoing(target, kind=kind), facebook.wire, since=since) == sent


def test_a_private_reply_leads_to_the_person_and_is_possible_once(
    sandbox: Running, facebook: Connected
) -> None:
    since = just_now()
    target = sandbox.say("facebook", by="jana", kind="comment", text="Hello?")
    sent = facebook.send(target, private_reply=True)
    assert sent.recipient
    message = facebook.outgoing(target, private_reply=True)
    assert FACEBOOK.find_sent(message, facebook.wire, since=since) == sent
    with pytest.raises(Rejected):
        FACEBOOK.send(message, facebook.wire)


def test_moderating_and_changes_of_mind_come_back_as_facts(sandbox: Running, facebook: Connected) -> None:
    target = sandbox.say("facebook", by="jana", kind="comment", text="Hello?")
    FACEBOOK.like(target, liked=True, wire=facebook.wire)
    FACEBOOK.hide(target, hidden=True, wire=facebook.wire)
    sandbox.edit("facebook", target, "Hello there?")
    sandbox.react("facebook", target, by="jana", reaction="love")
    facts = facebook.facts()
    assert [fact.ours for fact in facts if isinstance(fact, Reaction)] == [True, False]
    assert [fact.hidden for fact in facts if isinstance(fact, MessageHidden)] == [True]
    assert [fact.text for fact in facts if isinstance(fact, MessageEdited)] == ["Hello there?"]
    FACEBOOK.delete(target, wire=facebook.wire)
    FACEBOOK.delete(target, wire=facebook.wire)
    assert [fact.external_id for fact in facebook.facts() if isinstance(fact, MessageDeleted)] == [target]
    with pytest.raises(Rejected) as caught:
        facebook.send(target)
    assert caught.value.problem is Problem.GONE


def test_a_comments_post_can_be_fetched(sandbox: Running, facebook: Connected) -> None:
    target = sandbox.say("facebook", by="jana", kind="comment", text="Hello?")
    known = facebook.messages(ours=False)[target].post
    assert known is not None
    fetched = FACEBOOK.post(known.external_id, facebook.wire)
    assert fetched is not None
    assert fetched.text


# ── the private side ──────────────────────────────────────────────────────────────────────────────


def test_a_conversation_goes_both_ways(sandbox: Running, messenger: Connected) -> None:
    since = just_now()
    asked = sandbox.say("messenger", by="jana", kind="direct", text="Dobrý den 👋")
    person = messenger.messages(ours=False)[asked].thread
    sent = messenger.send(person)
    [echo] = messenger.messages(ours=True).values()
    assert (echo.external_id, echo.token, echo.to) == (sent.external_id, "hd:out:1", person)
    assert MESSENGER.find_sent(messenger.outgoing(person), messenger.wire, since=since) == sent
    profile = MESSENGER.profile(person, messenger.wire)
    assert profile is not None
    assert profile.name == "Jana Kovářová"


def test_all_that_happens_around_messages_is_understood(sandbox: Running, messenger: Connected) -> None:
    asked = sandbox.say("messenger", by="jana", kind="direct", text="Hello?")
    sent = messenger.send(messenger.messages(ours=False)[asked].thread)
    MESSENGER.like(asked, liked=True, wire=messenger.wire)
    MESSENGER.like(asked, liked=False, wire=messenger.wire)
    sandbox.control("messenger/read", {"as": "jana"})
    sandbox.control("messenger/press", {"as": "jana"})
    sandbox.react("messenger", sent.external_id, by="jana", reaction="love")
    sandbox.edit("messenger", asked, "Hello there?")
    sandbox.own_app("messenger", "From the page's own inbox", to="jana", take_thread=True)
    waiting = sandbox.say("messenger", by="jana", kind="direct", text="Still there?")
    sandbox.delete("messenger", asked)
    facts = messenger.facts()
    assert {fact.status for fact in facts if isinstance(fact, Receipt)} == {"delivered", "read"}
    assert messenger.messages(ours=False)[waiting].note == "standby"
    until = datetime.now(UTC) + timedelta(minutes=1)
    held = list(MESSENGER.held(messenger.wire, since=until - timedelta(hours=1), until=until))
    assert {sent.external_id, waiting} <= {fact.external_id for fact in held if isinstance(fact, MessageIn)}


def test_the_window_closes_and_people_have_a_longer_one(sandbox: Running, messenger: Connected) -> None:
    asked = sandbox.say("messenger", by="jana", kind="direct", text="Hello?")
    person = messenger.messages(ours=False)[asked].thread
    sandbox.clock(25 * 3600)
    with pytest.raises(Rejected) as caught:
        messenger.send(person)
    assert caught.value.problem is Problem.WINDOW_CLOSED
    assert messenger.send(person, extended=True).external_id


def test_a_text_that_is_too_long_is_told_so(sandbox: Running, messenger: Connected) -> None:
    asked = sandbox.say("messenger", by="jana", kind="direct", text="Hello?")
    person = messenger.messages(ours=False)[asked].thread
    limit = MESSENGER.abilities.text_limits[Kind.DIRECT]
    assert messenger.send(person, "x" * limit).external_id
    with pytest.raises(Rejected) as caught:
        messenger.send(person, "x" * (limit + 1))
    assert caught.value.problem is Problem.TOO_LONG


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (429, TryAgain),
        (500, TryAgain),
        ("timeout", Unconfirmed),
        ("reset_after_accept", Unconfirmed),
        ("token_expired", ReconnectNeeded),
        ("window", Problem.WINDOW_CLOSED),
        ("blocked", Problem.RECIPIENT_BLOCKED),
        ("permission", Problem.PERMISSION),
    ],
)
def test_every_bad_day_has_its_name(
    answer: int | str, expected: Any, sandbox: Running, messenger: Connected
) -> None:
    asked = sandbox.say("messenger", by="jana", kind="direct", text="Hello?")
    person = messenger.messages(ours=False)[asked].thread
    sandbox.faults("messenger", answer=answer, times=1)
    with pytest.raises((TryAgain, Unconfirmed, ReconnectNeeded, Rejected)) as caught:
        messenger.send(person)
    said = caught.value
    assert expected is (said.problem if isinstance(said, Rejected) else type(said))
    if answer == 429:
        assert isinstance(said, TryAgain)
        assert said.after == timedelta(seconds=2)
    if answer == "reset_after_accept":
        found = MESSENGER.find_sent(messenger.outgoing(person), messenger.wire, since=just_now())
        assert found is not None
