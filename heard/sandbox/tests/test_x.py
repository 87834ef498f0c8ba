"""The twin of X against Heard's own adapter: both were written from the same facts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import partial
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest

from heard.channels.contract import (
    Hook,
    Ignored,
    Incoming,
    Kind,
    MessageDeleted,
    MessageEdited,
    MessageIn,
    NewPost,
    Outgoing,
    PostPublished,
    Problem,
    Query,
    Reaction,
    Receipt,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Upload,
)
from heard.channels.tests.wire import HttpWire
from heard.channels.x import signature
from heard.channels.x.api import Api
from heard.channels.x.channel import X
from heard.channels.x.credentials import XApp, XCredentials
from heard.channels.x.posts import NOT_SUMMONED
from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.scenes import png
from heard.sandbox.tests.hooks import Receiver, receiving
from heard.sandbox.tests.x_world import as_new

CHANNEL = X()
Wire = HttpWire[XCredentials]


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with running_sandbox() as one:
        yield one


@pytest.fixture
def sandbox(running: Running) -> Running:
    """One for all tests here; what one test did is undone before the next."""
    return as_new(running)


@pytest.fixture(scope="module")
def hooked(running: Running) -> Iterator[Receiver]:
    """Answers the challenge as Heard's front does, and hears of everything."""
    with receiving() as receiver:
        credentials = XCredentials.model_validate(running.credentials("x"))
        receiver.challenge = partial(_challenge, credentials)
        CHANNEL.subscribe(HttpWire(credentials), hook_url=receiver.url)
        yield receiver


def _challenge(credentials: XCredentials, asked: dict[str, str]) -> tuple[int, bytes]:
    answer = signature.challenge(Hook("GET", asked, {}, b""), credentials.api_secret)
    assert answer
    return answer.status, answer.body


@pytest.fixture
def receiver(hooked: Receiver) -> Receiver:
    hooked.calls.clear()
    return hooked


@pytest.fixture
def wire(sandbox: Running, receiver: Receiver) -> Wire:
    """By hooks."""
    return HttpWire(XCredentials.model_validate(sandbox.credentials("x")))


@pytest.fixture
def asking(sandbox: Running) -> Wire:
    """Without hooks."""
    return HttpWire(XCredentials.model_validate({**sandbox.credentials("x"), "told_by": "polling"}))


def facts(wire: Wire, receiver: Receiver) -> list[Incoming]:
    found: list[Incoming] = []
    for headers, body in receiver.calls:
        hook = Hook("POST", {}, headers, body)
        CHANNEL.verify(hook, wire.credentials)
        found += CHANNEL.parse(hook)
    return found


def messages(found: list[Incoming]) -> list[MessageIn]:
    return [fact for fact in found if isinstance(fact, MessageIn)]


def reply(to: str, text: str, kind: Kind = Kind.MENTION, **rest: Any) -> Outgoing:
    return Outgoing(kind=kind, text=text, to=to, token="t1", **rest)


def person(sandbox: Running, handle: str) -> str:
    return str(sandbox.control("x/say", {"as": handle, "kind": "direct", "text": "hello"})["address"])


# ── in, by hooks ──────────────────────────────────────────────────────────────────────────────────


def test_nothing_that_the_twin_sends_is_ignored(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    mention = sandbox.say(
        "x", by="jana", kind="mention", text="where is <my> parcel?", media=[{"kind": "image"}]
    )
    sandbox.edit("x", mention, "@AcmeShop where is it?")
    answered = sandbox.say("x", by="emma", kind="reply", text="do you ship to Kos?")
    sandbox.say("x", by="maja", kind="quote", text="finally https://example.com/a?b=1&c=2")
    ours = sandbox.state("x")["posts"][0]["id"]
    sandbox.react("x", ours, by="petros")
    sandbox.react("x", ours, by="petros", reaction="repost")
    direct = sandbox.say("x", by="jana", kind="direct", text="hello", media=[{"kind": "image"}])
    sandbox.control("x/encrypted", {"as": "jana"})
    CHANNEL.send(reply(answered, "Yes"), wire)
    CHANNEL.send(reply(person(sandbox, "emma"), "Hi", Kind.DIRECT), wire)
    sandbox.control("x/read", {"as": "emma"})
    sandbox.own_app("x", "a post of ours")
    sandbox.settled("x")
    found = facts(wire, receiver)
    assert not [fact for fact in found if isinstance(fact, Ignored)]
    heard = {fact.external_id: fact for fact in reversed(messages(found))}
    assert heard[mention].text == "@AcmeShop where is <my> parcel?"
    assert heard[mention].media[0].kind == "image"
    assert httpx2.get(heard[mention].media[0].url, trust_env=False).status_code == 200
    assert heard[answered].kind is Kind.COMMENT
    assert heard[answered].post
    assert heard[direct].media[0].url
    edits = [fact for fact in found if isinstance(fact, MessageEdited)]
    assert {fact.external_id for fact in edits} == {mention}
    assert {fact.name for fact in found if isinstance(fact, Reaction)} == {"like", "repost"}
    assert [fact.status for fact in found if isinstance(fact, Receipt)] == ["read"]
    assert [fact.text for fact in messages(found) if fact.ours] == ["Yes", "Hi"]
    assert [fact.post.text for fact in found if isinstance(fact, PostPublished)] == ["a post of ours"]


def test_our_echo_is_the_message_that_was_sent(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    mention = sandbox.say("x", by="jana", text="hello")
    sent = CHANNEL.send(reply(mention, "Hi, see https://example.com/help"), wire)
    sandbox.settled("x")
    theirs, echo = messages(facts(wire, receiver))
    assert (echo.external_id, echo.ours, echo.parent) == (sent.external_id, True, mention)
    assert echo.thread == theirs.thread
    assert echo.text == "Hi, see https://example.com/help"


def test_what_the_company_deletes_past_us_is_told(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    id = sandbox.own_app("x", "a mistake")
    sandbox.delete("x", id)
    sandbox.settled("x")
    [gone] = [fact for fact in facts(wire, receiver) if isinstance(fact, MessageDeleted)]
    assert (gone.external_id, gone.by_us) == (id, True)


def test_a_hook_that_does_not_know_the_secret_is_none(sandbox: Running, wire: Wire) -> None:
    with receiving() as stranger:
        stranger.challenge = lambda asked: (200, b'{"response_token":"sha256=wrong"}')
        with pytest.raises(Rejected, match="CrcValidationFailed"):
            CHANNEL.subscribe(wire, hook_url=stranger.url)
        assert stranger.url not in {hook["url"] for hook in sandbox.state("x")["webhooks"]}


def test_an_account_is_inspected(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    account = CHANNEL.inspect(wire)
    assert (account.name, account.plan, account.subscribed) == ("Acme Shop", "pay_per_use", True)
    before = sandbox.state("x", only="webhooks,subscriptions")
    CHANNEL.subscribe(wire, hook_url=receiver.url)
    assert sandbox.state("x", only="webhooks,subscriptions") == before
    CHANNEL.unsubscribe(wire)
    assert CHANNEL.inspect(wire).subscribed is False
    CHANNEL.subscribe(wire, hook_url=receiver.url)
    other = replace_credentials(wire, account="77")
    with pytest.raises(Rejected):
        CHANNEL.inspect(other)


def replace_credentials(wire: Wire, **changed: Any) -> Wire:
    return HttpWire(wire.credentials.model_copy(update=changed))


def test_the_old_hooks_say_the_same(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    CHANNEL.unsubscribe(wire)
    [hook] = [hook["id"] for hook in sandbox.state("x")["webhooks"] if hook["url"] == receiver.url]
    Api(wire).change("POST", "account_activity", "webhooks", hook, "subscriptions", "all")
    mention = sandbox.say("x", by="jana", text="see example.com", media=[{"kind": "image"}])
    quote = sandbox.say("x", by="emma", kind="quote", text="nice")
    sandbox.react("x", mention, by="maja")
    sandbox.react("x", sandbox.state("x")["posts"][0]["id"], by="maja")
    direct = sandbox.say("x", by="jana", kind="direct", text="psst")
    sent = CHANNEL.send(reply(mention, "Hi"), wire)
    CHANNEL.delete(sent.external_id, wire=wire)
    sandbox.settled("x")
    found = facts(wire, receiver)
    assert not [fact for fact in found if isinstance(fact, Ignored)]
    heard = {fact.external_id: fact for fact in messages(found)}
    assert set(heard) == {mention, quote, direct, sent.external_id}
    assert (heard[mention].text, heard[mention].media[0].kind) == (
        "@AcmeShop see http://example.com",
        "image",
    )
    assert heard[sent.external_id].ours
    assert not any(fact.unanswerable for fact in heard.values())
    assert {type(fact) for fact in found} >= {Reaction, MessageDeleted}
    account, app = wire.credentials.account, Api(wire, as_app=True)
    app.change("DELETE", "account_activity", "webhooks", hook, "subscriptions", account, "all")
    assert sandbox.state("x")["hook"] == ""


def test_what_was_missed_is_sent_again(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    CHANNEL.subscribe(wire, hook_url=receiver.url)
    sandbox.faults("x", drop=1.0)
    id = sandbox.say("x", by="jana", text="hello")
    sandbox.faults("x")
    [hook] = [hook["id"] for hook in sandbox.state("x")["webhooks"] if hook["url"] == receiver.url]
    day = datetime.now(UTC)
    dates = {
        "from_date": day.strftime("%Y%m%d0000"),
        "to_date": (day + timedelta(days=1)).strftime("%Y%m%d0000"),
    }
    Api(wire, as_app=True).change("POST", "webhooks", "replay", json={"webhook_id": hook, **dates})
    sandbox.settled("x")
    assert id in {fact.external_id for fact in messages(facts(wire, receiver))}


# ── in, by asking ─────────────────────────────────────────────────────────────────────────────────


def polled(wire: Wire, cursor: dict[str, str]) -> tuple[list[Incoming], dict[str, str], Decimal]:
    brought = CHANNEL.poll(wire, cursor=cursor)
    found = [fact for call in brought.calls for fact in CHANNEL.parse(call)]
    return found, dict(brought.cursor), brought.cost


def test_a_look_brings_what_is_new_and_nothing_twice(sandbox: Running, asking: Wire) -> None:
    assert CHANNEL.polls_every(asking.credentials)
    mention = sandbox.say("x", by="jana", text="hello")
    direct = sandbox.say("x", by="jana", kind="direct", text="psst")
    own = sandbox.own_app("x", "Hello all")
    found, cursor, cost = polled(asking, {})
    assert {fact.external_id for fact in messages(found)} == {mention, direct}
    assert [fact.post.external_id for fact in found if isinstance(fact, PostPublished)] == [own]
    assert cost == Decimal("0.012")
    again, cursor, cost = polled(asking, cursor)
    assert not again
    assert not cost
    second = sandbox.say("x", by="emma", text="hello")
    found, _, _ = polled(asking, cursor)
    assert [fact.external_id for fact in messages(found)] == [second]
    assert not messages(found)[0].unanswerable


def test_a_look_goes_through_all_pages(sandbox: Running, asking: Wire) -> None:
    wanted = {sandbox.say("x", by=f"p{number}", text="hello") for number in range(120)}
    found, _, _ = polled(asking, {})
    assert {fact.external_id for fact in messages(found)} == wanted
    enterprise = replace_credentials(asking, plan="enterprise")
    assert polled(enterprise, {})[2] == 0


def test_an_edit_comes_with_the_next_look(sandbox: Running, asking: Wire) -> None:
    mention = sandbox.say("x", by="jana", text="hello")
    _, cursor, _ = polled(asking, {})
    sandbox.edit("x", mention, "@AcmeShop hello again")
    found, _, _ = polled(asking, cursor)
    [edit] = [fact for fact in found if isinstance(fact, MessageEdited)]
    assert (edit.external_id, edit.text) == (mention, "@AcmeShop hello again")


def test_what_hooks_did_not_tell_is_read_back(sandbox: Running, wire: Wire) -> None:
    began = datetime.now(UTC) - timedelta(seconds=1)
    sandbox.faults("x", drop=1.0)
    mention = sandbox.say("x", by="jana", text="hello")
    direct = sandbox.say("x", by="jana", kind="direct", text="psst")
    reply_ = CHANNEL.send(reply(mention, "Hi"), wire)
    held = list(CHANNEL.held(wire, since=began, until=datetime.now(UTC) + timedelta(seconds=1)))
    assert {fact.external_id for fact in messages(held)} == {mention, direct, reply_.external_id}
    assert not [fact for fact in held if isinstance(fact, Ignored)]


# ── listening ─────────────────────────────────────────────────────────────────────────────────────

RULES = (Query("w1:q1", '("acme shop" OR acmeshop) -from:AcmeShop'), Query("w1:q2", "parcel lang:cs"))


def test_rules_are_these_and_no_others(sandbox: Running, wire: Wire) -> None:
    assert CHANNEL.agree(RULES, wire) == {}
    refused = CHANNEL.agree((RULES[1], Query("bad", "-alone"), Query("long", "x" * 1025)), wire)
    assert set(refused) == {"bad", "long"}
    assert [rule["tag"] for rule in sandbox.state("x")["rules"]] == ["w1:q2"]
    assert CHANNEL.agree((), wire) == {}
    assert sandbox.state("x")["rules"] == []


def test_matches_come_as_they_are_said(sandbox: Running, wire: Wire) -> None:
    with pytest.raises(Rejected):
        next(CHANNEL.listen(wire))
    CHANNEL.agree(RULES, wire)
    sandbox.control("x/stream", {"beat_s": 0.05})
    stream = CHANNEL.listen(wire)
    assert next(stream) is None
    with pytest.raises(TryAgain) as second:
        next(CHANNEL.listen(wire))
    assert second.value.after == timedelta(minutes=1)
    id = sandbox.say("x", by="jana", kind="post", text="Acme Shop lost my parcel")
    sandbox.say("x", by="jana", kind="post", text="nothing to see")
    call = next(call for call in stream if call)
    [fact] = messages(CHANNEL.parse(call))
    assert (fact.external_id, fact.kind, fact.note) == (id, Kind.MENTION, "w1:q1, w1:q2")
    assert fact.unanswerable == NOT_SUMMONED
    assert fact.account == wire.credentials.account
    sandbox.control("x/stream", {"end": True})
    with pytest.raises(TryAgain):
        list(stream)


def test_a_search_finds_what_was_said_lately(sandbox: Running, wire: Wire) -> None:
    wanted = [
        sandbox.say("x", by="jana", kind="post", text=f"acmeshop again {number}") for number in range(3)
    ]
    sandbox.say("x", by="jana", kind="post", text="other")
    found = CHANNEL.search(RULES[0], wire, cursor={})
    [*heard] = messages([fact for call in found.calls for fact in CHANNEL.parse(call)])
    assert {fact.external_id for fact in heard} == set(wanted)
    assert {fact.note for fact in heard} == {"w1:q1"}
    assert found.cost == Decimal("0.015")
    assert all(b"w1:q1" in call.body for call in found.calls)
    assert CHANNEL.search(RULES[0], wire, cursor=found.cursor).calls == []


# ── out ───────────────────────────────────────────────────────────────────────────────────────────


def test_only_who_calls_us_may_be_answered(sandbox: Running, wire: Wire) -> None:
    unnamed = sandbox.say("x", by="jana", kind="reply", text="never again", unnamed=True)
    with pytest.raises(Rejected) as refused:
        CHANNEL.send(reply(unnamed, "Sorry"), wire)
    assert refused.value.problem is Problem.PERMISSION
    with pytest.raises(Rejected):
        CHANNEL.like(unnamed, liked=True, wire=wire)
    sandbox.control("x/plan", {"plan": "enterprise"})
    assert CHANNEL.send(reply(unnamed, "Sorry"), wire).external_id
    CHANNEL.like(unnamed, liked=True, wire=wire)
    assert sandbox.state("x")["likes"][0]["object"] == unnamed
    CHANNEL.like(unnamed, liked=False, wire=wire)
    assert not sandbox.state("x")["likes"]
    assert CHANNEL.abilities_for("enterprise").answers_all
    assert not CHANNEL.abilities_for("basic").likes


def test_posts_are_reposted_hidden_and_deleted(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("x", by="jana", kind="reply", text="hello")
    for _ in range(2):
        CHANNEL.repost(id, reposted=True, wire=wire)
        CHANNEL.hide(id, hidden=True, wire=wire)
    state = sandbox.state("x")
    assert (len(state["reposts"]), state["hidden"]) == (1, [id])
    CHANNEL.repost(id, reposted=False, wire=wire)
    CHANNEL.hide(id, hidden=False, wire=wire)
    assert not sandbox.state("x")["hidden"]
    sent = CHANNEL.send(reply(id, "Hi"), wire)
    CHANNEL.delete(sent.external_id, wire=wire)
    CHANNEL.delete(sent.external_id, wire=wire)
    with pytest.raises(Rejected):
        CHANNEL.delete(id, wire=wire)


def test_a_post_goes_out_with_its_pictures(sandbox: Running, wire: Wire) -> None:
    content = png("picture", "mug") or b""
    picture = Upload("mug.png", "image/png", content, alt="Three mugs")
    sent = CHANNEL.publish(NewPost(text="New mugs", token="p1", pictures=(picture, picture)), wire)
    post = CHANNEL.post(sent.external_id, wire)
    assert post
    assert post.text == "New mugs"
    assert httpx2.get(post.picture_url, trust_env=False).content == content
    [shown] = [one for one in sandbox.state("x")["posts"] if one["id"] == sent.external_id]
    assert [one["name"] for one in shown["media"]] == ["Three mugs", "Three mugs"]
    with pytest.raises(Rejected) as double:
        CHANNEL.publish(NewPost(text="New mugs", token="p2"), wire)
    assert double.value.problem is Problem.DUPLICATE
    with pytest.raises(Rejected) as long:
        CHANNEL.publish(NewPost(text="の" * 141, token="p3"), wire)
    assert long.value.problem is Problem.TOO_LONG
    CHANNEL.publish(NewPost(text="の" * 140, token="p4"), wire)


def test_a_post_is_answered_in_private(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("x", by="jana", text="hello")
    sent = CHANNEL.send(reply(id, "Your order 5521", private_reply=True), wire)
    assert sent.recipient == person(sandbox, "jana")
    [direct, _] = sandbox.state("x")["directs"]
    assert (direct["id"], direct["text"]) == (sent.external_id, "Your order 5521")


def test_refusals_mean_what_they_mean(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("x", by="jana", text="hello")
    sandbox.faults("x", answer=429, times=1, retry_after=600)
    with pytest.raises(TryAgain) as throttled:
        CHANNEL.send(reply(id, "Hi"), wire)
    assert throttled.value.after
    assert throttled.value.after > timedelta(minutes=9)
    sandbox.faults("x", answer=500, times=1)
    with pytest.raises(Unconfirmed):
        CHANNEL.send(reply(id, "Hi"), wire)
    sandbox.faults("x", answer="token_expired", times=1)
    with pytest.raises(ReconnectNeeded):
        CHANNEL.send(reply(id, "Hi"), wire)
    shut = sandbox.say("x", by="jana-551", kind="direct", text="hello")
    address = next(one["address"] for one in sandbox.state("x")["directs"] if one["id"] == shut)
    with pytest.raises(Rejected) as closed:
        CHANNEL.send(reply(address, "Hi", Kind.DIRECT), wire)
    assert closed.value.problem is Problem.RECIPIENT_BLOCKED
    sandbox.delete("x", id)
    with pytest.raises(Rejected) as gone:
        CHANNEL.send(reply(id, "Hi"), wire)
    assert gone.value.problem is Problem.GONE
    sandbox.control("x/credits", {"left": "0"})
    with pytest.raises(TryAgain) as poor:
        CHANNEL.inspect(wire)
    assert poor.value.after == timedelta(hours=1)
    sandbox.control("x/credits", {})
    sandbox.control("x/revoke", {})
    with pytest.raises(ReconnectNeeded):
        CHANNEL.inspect(wire)


def test_fifteen_direct_messages_fit_into_a_quarter_of_an_hour(sandbox: Running, wire: Wire) -> None:
    jana = person(sandbox, "jana")
    sent = [CHANNEL.send(reply(jana, str(number), Kind.DIRECT), wire) for number in range(15)]
    assert [one.pause is not None for one in sent] == [False] * 14 + [True]
    with pytest.raises(TryAgain) as late:
        CHANNEL.send(reply(jana, "one more", Kind.DIRECT), wire)
    assert late.value.after
    assert late.value.after <= timedelta(minutes=15)


def test_what_was_accepted_without_an_answer_is_found(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("x", by="jana", text="hello")
    began = datetime.now(UTC)
    jana = person(sandbox, "jana")
    for message in (
        reply(id, "Hi, see https://example.com/a?b=1&c=2"),
        reply(jana, "Hi there", Kind.DIRECT),
        reply(id, "In private", private_reply=True),
    ):
        assert CHANNEL.find_sent(message, wire, since=began) is None
        sandbox.faults("x", answer="reset_after_accept", times=1)
        with pytest.raises(Unconfirmed):
            CHANNEL.send(message, wire)
        found = CHANNEL.find_sent(message, wire, since=began)
        assert found
        state = sandbox.state("x")
        assert found.external_id in {one["id"] for one in (*state["comments"], *state["directs"])}


def test_money_is_spent_as_the_list_of_prices_says(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("x", by="jana", text="hello")
    said = [
        reply(id, "Hi"),
        reply(id, "See https://example.com"),
        reply(person(sandbox, "jana"), "Hi", Kind.DIRECT),
    ]
    posted = [NewPost(text="Hello", token="p"), NewPost(text="Hello example.com", token="p")]
    expected = sum(map(CHANNEL.price, said), Decimal(0)) + sum(map(CHANNEL.price, posted), Decimal(0))
    assert expected == Decimal("0.440")
    for message in said:
        CHANNEL.send(message, wire)
    for post in posted:
        CHANNEL.publish(post, wire)
    assert Decimal(sandbox.state("x")["spent"]) == expected


def test_people_and_posts_are_fetched(sandbox: Running, wire: Wire) -> None:
    found = CHANNEL.profile(person(sandbox, "jana"), wire)
    assert found
    assert (found.name, found.handle) == ("Jana Kovářová", "jana")
    assert CHANNEL.profile("1", wire) is None
    assert CHANNEL.post("1", wire) is None


# ── connecting ────────────────────────────────────────────────────────────────────────────────────


@pytest.fixture
def app(sandbox: Running) -> XApp:
    return XApp.model_validate(sandbox.control("x/app"))


BACK = "http://127.0.0.1:1/back"


def sign_in(sandbox: Running, app: XApp, state: str) -> str:
    url = CHANNEL.authorize_url(app, redirect_uri=BACK, state=state)
    assert "offline.access" in httpx2.get(url, trust_env=False).text
    scopes = [scope.name for scope in CHANNEL.scopes]
    chosen = {"answer": "allow", "pages": [sandbox.state("x")["account"]], "scopes": scopes}
    query = parse_qs(urlsplit(httpx2.post(url, data=chosen, trust_env=False).headers["location"]).query)
    assert query["state"] == [state]
    return query["code"][0]


def an_old_app(sandbox: Running) -> XApp:
    return XApp.model_validate(sandbox.control("x/app") | {"client_id": "", "client_secret": ""})


def test_an_app_without_oauth_2_signs_in_by_oauth_1(sandbox: Running) -> None:
    app = an_old_app(sandbox)
    leaving = CHANNEL.leave(app, redirect_uri=BACK, state="s1", wire=HttpWire(app))
    assert leaving is not None
    assert "asks for access" in httpx2.get(leaving.url, trust_env=False).text
    chosen = {"answer": "allow", "pages": [sandbox.state("x")["account"]]}
    went = httpx2.post(leaving.url, data=chosen, trust_env=False).headers["location"]
    came_back = {name: some[0] for name, some in parse_qs(urlsplit(went).query).items()}
    assert came_back["state"] == "s1"

    [grant] = CHANNEL.grants_of(app, came_back=came_back, kept=leaving.kept, wire=HttpWire(app))

    wire: Wire = HttpWire(grant.credentials)  # type: ignore[arg-type]
    account = CHANNEL.inspect(wire)
    assert (account.name, account.external_id) == ("Acme Shop", grant.account.external_id)
    assert account.expires_at is None
    with pytest.raises(ReconnectNeeded):
        CHANNEL.grants_of(app, came_back=came_back, kept=leaving.kept, wire=HttpWire(app))


def test_whoever_says_no_to_oauth_1_or_brings_another_token_gets_nothing(sandbox: Running) -> None:
    app = an_old_app(sandbox)
    leaving = CHANNEL.leave(app, redirect_uri=BACK, state="s1", wire=HttpWire(app))
    assert leaving is not None
    went = httpx2.post(leaving.url, data={"answer": "refuse"}, trust_env=False).headers["location"]
    assert "denied" in parse_qs(urlsplit(went).query)
    for came_back in ({"denied": "x"}, {"oauth_token": "another", "oauth_verifier": "v"}):
        with pytest.raises(Rejected):
            CHANNEL.grants_of(app, came_back=came_back, kept=leaving.kept, wire=HttpWire(app))


def test_signing_in_brings_a_grant_that_works_and_lasts(
    sandbox: Running, app: XApp, receiver: Receiver
) -> None:
    code = sign_in(sandbox, app, "s1")
    [grant] = CHANNEL.grants(app, code=code, redirect_uri=BACK, state="s1", wire=HttpWire(app))
    assert isinstance(grant.credentials, XCredentials)
    wire: Wire = HttpWire(grant.credentials)
    account = CHANNEL.inspect(wire)
    assert (account.name, account.external_id) == ("Acme Shop", grant.account.external_id)
    assert account.expires_at
    assert account.expires_at > datetime.now(UTC) + timedelta(minutes=100)
    id = sandbox.say("x", by="jana", text="hello")
    assert CHANNEL.send(reply(id, "Hi"), wire).external_id
    sandbox.clock(3 * 3600)
    with pytest.raises(ReconnectNeeded):
        CHANNEL.inspect(wire)
    renewed = CHANNEL.renew(wire)
    assert isinstance(renewed.credentials, XCredentials)
    CHANNEL.inspect(HttpWire(renewed.credentials))
    with pytest.raises(ReconnectNeeded):
        CHANNEL.renew(wire)  # a refresh token works once


def test_a_code_is_worth_nothing_without_its_proof(sandbox: Running, app: XApp) -> None:
    for state, other in (("s1", "s2"), ("s1", "")):
        code = sign_in(sandbox, app, state)
        with pytest.raises(Rejected):
            CHANNEL.grants(app, code=code, redirect_uri=BACK, state=other, wire=HttpWire(app))
    code = sign_in(sandbox, app, "s1")
    sandbox.clock(31)
    with pytest.raises(Rejected):
        CHANNEL.grants(app, code=code, redirect_uri=BACK, state="s1", wire=HttpWire(app))
