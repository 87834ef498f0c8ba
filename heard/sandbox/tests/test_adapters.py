"""Heard's own adapters against the twin: both were written from the same facts, by different hands."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from heard.channels.contract import (
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageIn,
    Outgoing,
    Problem,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
)
from heard.channels.facebook.channel import Facebook
from heard.channels.facebook.credentials import FacebookCredentials
from heard.channels.messenger.channel import Messenger
from heard.channels.messenger.credentials import MessengerCredentials
from heard.channels.meta.credentials import MetaApp
from heard.channels.tests.wire import HttpWire
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver

FACEBOOK, MESSENGER = Facebook(), Messenger()


@pytest.fixture
def public(sandbox: Running, receiver: Receiver) -> HttpWire[FacebookCredentials]:
    credentials = FacebookCredentials.model_validate(sandbox.credentials("facebook"))
    receiver.verify_token = credentials.verify_token.get_secret_value()
    wire = HttpWire(credentials)
    FACEBOOK.subscribe(wire, hook_url=receiver.url)
    return wire


@pytest.fixture
def private(sandbox: Running, receiver: Receiver) -> HttpWire[MessengerCredentials]:
    credentials = MessengerCredentials.model_validate(sandbox.credentials("messenger"))
    receiver.verify_token = credentials.verify_token.get_secret_value()
    wire = HttpWire(credentials)
    MESSENGER.subscribe(wire, hook_url=receiver.url)
    return wire


def _facts(channel: Any, credentials: Any, receiver: Receiver) -> list[Incoming]:
    facts = []
    for headers, body in receiver.calls:
        hook = Hook("POST", {}, headers, body)
        channel.verify(hook, credentials)
        facts += channel.parse(hook)
    return facts


def _reply(to: str, text: str, **rest: Any) -> Outgoing:
    return Outgoing(kind=rest.pop("kind", Kind.COMMENT), text=text, to=to, token="t1", **rest)


def test_nothing_that_the_public_twin_sends_is_ignored(
    sandbox: Running, receiver: Receiver, public: HttpWire[FacebookCredentials]
) -> None:
    id = sandbox.say("facebook", by="jana", text="Where is my parcel?", media=[{"kind": "image"}])
    sandbox.edit("facebook", id, "Where is it?")
    sandbox.react("facebook", id, by="emma", reaction="love")
    sandbox.say("facebook", by="maja", kind="post", text="Open on Sunday?")
    sandbox.say("facebook", by="maja", kind="review", text="Super", stars=5)
    sandbox.say("facebook", by="emma", kind="mention", text="@Acme Shop hi")
    sent = FACEBOOK.send(_reply(id, "On its way"), public)
    FACEBOOK.hide(id, hidden=True, wire=public)
    FACEBOOK.like(id, liked=True, wire=public)
    sandbox.delete("facebook", id)
    receiver.wait(10)
    facts = _facts(FACEBOOK, public.credentials, receiver)
    assert not [fact for fact in facts if isinstance(fact, Ignored)]
    messages = [fact for fact in facts if isinstance(fact, MessageIn)]
    assert {fact.kind for fact in messages} == {Kind.COMMENT, Kind.POST, Kind.REVIEW, Kind.MENTION}
    assert [fact.external_id for fact in messages if fact.ours] == [sent.external_id]


def test_nothing_that_the_private_twin_sends_is_ignored(
    sandbox: Running, receiver: Receiver, private: HttpWire[MessengerCredentials]
) -> None:
    for kind in ("image", "video", "audio", "file", "sticker", "location", "fallback"):
        sandbox.say("messenger", by="jana", text="", media=[{"kind": kind}])
    id = sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    sent = MESSENGER.send(_reply(psid, "Hi", kind=Kind.DIRECT), private)
    sandbox.edit("messenger", id, "hello there")
    sandbox.react("messenger", sent.external_id, by="jana")
    sandbox.control("messenger/read", {"as": "jana"})
    sandbox.control("messenger/press", {"as": "jana"})
    sandbox.delete("messenger", id)
    sandbox.own_app("messenger", "by phone", to="jana", take_thread=True)
    sandbox.settled("messenger")
    facts = _facts(MESSENGER, private.credentials, receiver)
    assert not [fact for fact in facts if isinstance(fact, Ignored)]
    ours = [fact for fact in facts if isinstance(fact, MessageIn) and fact.ours]
    assert [fact.text for fact in ours] == ["Hi", "by phone"]
    assert ours[0].token == "t1"
    assert ours[0].to == psid


def test_an_account_is_inspected(sandbox: Running, public: HttpWire[FacebookCredentials]) -> None:
    account = FACEBOOK.inspect(public)
    assert account.name == "Acme Shop"
    assert account.subscribed
    assert account.scopes
    assert "pages_manage_engagement" in account.scopes
    assert httpx2.get(account.picture_url, trust_env=False).status_code == 200
    FACEBOOK.unsubscribe(public)
    assert not FACEBOOK.inspect(public).subscribed


def test_a_private_reply_leads_to_the_conversation(
    sandbox: Running, public: HttpWire[FacebookCredentials], private: HttpWire[MessengerCredentials]
) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    message = _reply(id, "In private", private_reply=True)
    began = datetime.now(UTC)
    sent = FACEBOOK.send(message, public)
    with pytest.raises(Rejected):
        FACEBOOK.send(message, public)
    assert FACEBOOK.find_sent(message, public, since=began) == sent
    sandbox.say("messenger", by="jana", text="thanks")
    answer = MESSENGER.send(_reply(sent.recipient, "Hi", kind=Kind.DIRECT), private)
    assert answer.recipient == sent.recipient
    person = MESSENGER.profile(sent.recipient, private)
    assert person
    assert person.name == "Jana Kovářová"


def test_what_was_accepted_without_an_answer_is_found(
    sandbox: Running, public: HttpWire[FacebookCredentials], private: HttpWire[MessengerCredentials]
) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    began = datetime.now(UTC)
    sandbox.faults("facebook", answer="reset_after_accept", times=1)
    with pytest.raises(Unconfirmed):
        FACEBOOK.send(_reply(id, "Hi"), public)
    found = FACEBOOK.find_sent(_reply(id, "Hi"), public, since=began)
    assert found
    assert found.external_id == sandbox.state("facebook")["comments"][1]["id"]

    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    sandbox.faults("messenger", answer="reset_after_accept", times=1)
    message = _reply(psid, "Hi", kind=Kind.DIRECT)
    with pytest.raises(Unconfirmed):
        MESSENGER.send(message, private)
    assert MESSENGER.find_sent(message, private, since=began)


def test_refusals_mean_what_they_mean(
    sandbox: Running, public: HttpWire[FacebookCredentials], private: HttpWire[MessengerCredentials]
) -> None:
    id = sandbox.say("facebook", by="jana", text="hello")
    sandbox.faults("facebook", answer=429, times=1, retry_after=7)
    with pytest.raises(TryAgain) as throttled:
        FACEBOOK.send(_reply(id, "Hi"), public)
    assert throttled.value.after == timedelta(seconds=7)
    sandbox.faults("facebook", answer=500, times=1)
    with pytest.raises(TryAgain):
        FACEBOOK.send(_reply(id, "Hi"), public)
    sandbox.faults("facebook", answer="token_expired", times=1)
    with pytest.raises(ReconnectNeeded):
        FACEBOOK.send(_reply(id, "Hi"), public)
    sandbox.delete("facebook", id)
    with pytest.raises(Rejected) as gone:
        FACEBOOK.send(_reply(id, "Hi"), public)
    assert gone.value.problem is Problem.GONE
    sandbox.say("messenger", by="jana", text="hello")
    psid = sandbox.state("messenger")["directs"][0]["psid"]
    sandbox.clock(2 * 86400)
    with pytest.raises(Rejected) as late:
        MESSENGER.send(_reply(psid, "Hi", kind=Kind.DIRECT), private)
    assert late.value.problem is Problem.WINDOW_CLOSED
    MESSENGER.send(_reply(psid, "Hi", kind=Kind.DIRECT, extended=True), private)


def test_what_hooks_did_not_tell_is_read_back(
    sandbox: Running, public: HttpWire[FacebookCredentials], private: HttpWire[MessengerCredentials]
) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    sandbox.faults("facebook", drop=1.0)
    sandbox.faults("messenger", drop=1.0)
    comments = [sandbox.say("facebook", by=f"p{number}", text=str(number)) for number in range(130)]
    post = sandbox.say("facebook", by="jana", kind="post", text="hello")
    review = sandbox.say("facebook", by="jana", kind="review", text="fine", stars=4)
    mention = sandbox.say("facebook", by="jana", kind="mention", text="@Acme Shop")
    until = datetime.now(UTC) + timedelta(seconds=1)
    held = list(FACEBOOK.held(public, since=began, until=until))
    assert not [fact for fact in held if isinstance(fact, Ignored)]
    ids = {fact.external_id for fact in held if isinstance(fact, MessageIn)}
    assert ids == {*comments, post, review, mention}
    direct = sandbox.say("messenger", by="jana", text="hello", media=[{"kind": "image"}])
    [fact] = MESSENGER.held(private, since=began, until=until + timedelta(minutes=1))
    assert isinstance(fact, MessageIn)
    assert fact.external_id == direct
    assert fact.media[0].kind == "image"


def test_posts_are_fetched(sandbox: Running, public: HttpWire[FacebookCredentials]) -> None:
    id = sandbox.state("facebook")["posts"][2]["id"]
    post = FACEBOOK.post(id, public)
    assert post
    assert post.text.startswith("New in the shop")
    assert httpx2.get(post.picture_url, trust_env=False).status_code == 200
    assert FACEBOOK.post("1_2", public) is None


def test_signing_in_brings_a_grant_that_works(sandbox: Running, receiver: Receiver) -> None:
    app = MetaApp.model_validate(sandbox.control("facebook/app"))
    back = "http://127.0.0.1:1/back"
    url = FACEBOOK.authorize_url(app, redirect_uri=back, state="s1")
    page = sandbox.state("facebook")["account"]
    scopes = [scope.name for scope in FACEBOOK.scopes]
    answer = httpx2.post(
        url, data={"answer": "allow", "who": "emma", "pages": [page], "scopes": scopes}, trust_env=False
    )
    code = parse_qs(urlsplit(answer.headers["location"]).query)["code"][0]
    [grant] = FACEBOOK.grants(app, code=code, redirect_uri=back, wire=HttpWire(app))
    assert grant.account.name == "Acme Shop"
    wire = HttpWire(grant.credentials)
    receiver.verify_token = app.verify_token.get_secret_value()
    FACEBOOK.subscribe(wire, hook_url=receiver.url)  # type: ignore[arg-type]
    id = sandbox.say("facebook", by="jana", text="hello")
    receiver.wait(1)
    FACEBOOK.verify(Hook("POST", {}, *receiver.calls[0]), grant.credentials)  # type: ignore[arg-type]
    assert FACEBOOK.send(_reply(id, "Hi"), wire).external_id  # type: ignore[arg-type]
