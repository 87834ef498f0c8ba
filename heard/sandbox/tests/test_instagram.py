"""Heard's own Instagram adapter against the twin, over real HTTP: both were written from the same facts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx2
import pytest
from pytest_httpserver import HTTPServer

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
    Reaction,
    Receipt,
    ReconnectNeeded,
    Rejected,
    TryAgain,
    Unconfirmed,
    Upload,
)
from heard.channels.instagram.channel import Instagram
from heard.channels.instagram.credentials import InstagramApp, InstagramCredentials, Login
from heard.channels.tests.wire import HttpWire
from heard.sandbox.running import Running
from heard.sandbox.tests.hooks import Receiver

Wire = HttpWire[InstagramCredentials]
INSTAGRAM = Instagram()
BACK = "http://127.0.0.1:1/back"
JPEG = b"\xff\xd8\xff\xe0 a mug"


def connected(sandbox: Running, receiver: Receiver, login: Login) -> Wire:
    told = sandbox.control("instagram/credentials", query={"login": login})
    credentials = InstagramCredentials.model_validate(told)
    receiver.verify_token = credentials.verify_token.get_secret_value()
    wire = HttpWire(credentials)
    INSTAGRAM.subscribe(wire, hook_url=receiver.url)
    return wire


@pytest.fixture
def wire(sandbox: Running, receiver: Receiver) -> Wire:
    """Signed in at Instagram."""
    return connected(sandbox, receiver, "instagram")


@pytest.fixture
def page_wire(sandbox: Running, receiver: Receiver) -> Wire:
    """Signed in at Facebook."""
    return connected(sandbox, receiver, "facebook")


@pytest.fixture(params=["instagram", "facebook"])
def either(request: pytest.FixtureRequest, sandbox: Running, receiver: Receiver) -> Wire:
    return connected(sandbox, receiver, request.param)


@pytest.fixture
def picture(httpserver: HTTPServer) -> str:
    httpserver.expect_request("/mug.jpg").respond_with_data(JPEG, content_type="image/jpeg")
    return httpserver.url_for("/mug.jpg")


def facts(wire: Wire, receiver: Receiver) -> list[Incoming]:
    found: list[Incoming] = []
    for headers, body in receiver.calls:
        hook = Hook("POST", {}, headers, body)
        INSTAGRAM.verify(hook, wire.credentials)
        found += INSTAGRAM.parse(hook)
    return found


def reply(to: str, text: str, **rest: Any) -> Outgoing:
    return Outgoing(kind=rest.pop("kind", Kind.COMMENT), text=text, to=to, token="t1", **rest)


def igsid(sandbox: Running) -> str:
    return str(sandbox.state("instagram")["directs"][-1]["psid"])


def test_nothing_that_the_twin_says_in_public_is_ignored(
    sandbox: Running, receiver: Receiver, either: Wire
) -> None:
    id = sandbox.say("instagram", by="jana", text="Kolik stojí? ☕")
    sandbox.faults("instagram", flat=True)
    deeper = sandbox.say("instagram", by="emma", text="And in blue?", under=id)
    sandbox.faults("instagram")
    sandbox.say("instagram", by="emma", kind="live_comment", text="Hello from Leeds")
    mention = sandbox.say("instagram", by="maja", kind="mention", text="@acme.shop why?")
    caption = sandbox.say("instagram", by="maja", kind="mention_in_caption", text="Thanks @acme.shop")
    sent = INSTAGRAM.send(reply(deeper, "Yes"), either)
    sandbox.settled("instagram")
    messages = [fact for fact in facts(either, receiver) if isinstance(fact, MessageIn)]
    assert len(messages) == len(facts(either, receiver)) == 6
    said = {fact.external_id: fact for fact in messages}
    assert said[deeper].parent == said[deeper].thread == id
    author = said[id].author
    assert author
    assert author.handle == "jana"
    mentions = sorted(one.external_id for one in messages if one.kind is Kind.MENTION)
    assert [one.partition("_")[2] for one in mentions] == [mention, ""]
    assert mentions[1] == f"{caption}_"
    # Below a reply it was put under the comment at the top.
    assert [(one.external_id, one.thread) for one in messages if one.ours] == [(sent.external_id, id)]


def test_nothing_that_the_twin_says_in_private_is_ignored(
    sandbox: Running, receiver: Receiver, either: Wire
) -> None:
    kinds = ("image", "video", "audio", "file", "share", "ig_post", "ig_reel", "like_heart", "ephemeral")
    for kind in kinds:
        sandbox.say("instagram", by="jana", kind="direct", media=[{"kind": kind}])
    sandbox.say("instagram", by="jana", kind="story_reply", text="nice")
    sandbox.say("instagram", by="jana", kind="story_mention")
    id = sandbox.say("instagram", by="jana", kind="direct", text="hello")
    sent = INSTAGRAM.send(reply(igsid(sandbox), "Hi", kind=Kind.DIRECT), either)
    sandbox.edit("instagram", id, "hello there")
    sandbox.react("instagram", sent.external_id, by="jana")
    sandbox.control("instagram/read", {"as": "jana"})
    sandbox.control("instagram/press", {"as": "jana"})
    sandbox.control("instagram/come", {"as": "jana"})
    sandbox.delete("instagram", id)
    sandbox.own_app("instagram", "from the phone", to="jana")
    sandbox.settled("instagram")
    found = facts(either, receiver)
    assert not [fact for fact in found if isinstance(fact, Ignored)]
    messages = [fact for fact in found if isinstance(fact, MessageIn)]
    assert [fact.text for fact in messages if fact.ours] == ["Hi", "from the phone"]
    stories = [fact for fact in messages for media in fact.media if media.kind == "story"]
    assert [fact.note for fact in stories] == ["story_reply", "story_mention"]
    assert not any(media.keep for fact in stories for media in fact.media)
    [receipt] = [fact for fact in found if isinstance(fact, Receipt)]
    assert (receipt.status, receipt.external_ids) == ("read", (sent.external_id,))
    for once in (MessageEdited, MessageDeleted, Reaction):
        assert len([fact for fact in found if isinstance(fact, once)]) == 1


def test_edits_and_deletions_of_comments_are_silent(sandbox: Running, receiver: Receiver, wire: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    sandbox.edit("instagram", id, "how much?")
    sandbox.delete("instagram", id)
    sandbox.settled("instagram")
    assert len(facts(wire, receiver)) == 1
    assert INSTAGRAM.is_gone(id, wire)
    with pytest.raises(Rejected) as gone:
        INSTAGRAM.send(reply(id, "25 euros"), wire)
    assert gone.value.problem is Problem.GONE


def test_an_account_is_inspected(sandbox: Running, either: Wire) -> None:
    account = INSTAGRAM.inspect(either)
    assert (account.name, account.subscribed) == ("Acme Shop", True)
    assert account.plan == either.credentials.login
    assert account.scopes
    assert {scope.name for scope in INSTAGRAM.scopes} <= account.scopes
    assert httpx2.get(account.picture_url, trust_env=False).status_code == 200


def test_the_words_of_mentions_are_fetched_and_answered(sandbox: Running, page_wire: Wire) -> None:
    for kind in ("mention", "mention_in_caption"):
        id = sandbox.say("instagram", by="maja", kind=kind, text=f"{kind} @acme.shop")
        [row] = [one for one in sandbox.state("instagram")["mentions"] if one["id"] == id]
        where = f"{row['post']}_{'' if id == row['post'] else id}"
        post = INSTAGRAM.post(where, page_wire)
        assert post
        assert post.text == f"{kind} @acme.shop"
        assert INSTAGRAM.send(reply(where, "Hi", kind=Kind.MENTION), page_wire).external_id
        assert not INSTAGRAM.is_gone(where, page_wire)
        sandbox.delete("instagram", id)
        assert INSTAGRAM.is_gone(where, page_wire)
    assert sum(one["by_page"] for one in sandbox.state("instagram")["comments"]) == 2


def test_who_signed_in_at_instagram_sees_no_words_of_mentions(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("instagram", by="maja", kind="mention_in_caption", text="@acme.shop")
    assert INSTAGRAM.post(f"{id}_", wire) is None
    assert not INSTAGRAM.is_gone(f"{id}_", wire)


def test_one_private_answer_to_a_comment_leads_to_the_conversation(sandbox: Running, either: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    began = datetime.now(UTC)
    message = reply(id, "25 euros", private_reply=True)
    sent = INSTAGRAM.send(message, either)
    with pytest.raises(Rejected):
        INSTAGRAM.send(message, either)
    assert INSTAGRAM.find_sent(message, either, since=began) == sent
    with pytest.raises(Rejected) as closed:
        INSTAGRAM.send(reply(sent.recipient, "More", kind=Kind.DIRECT), either)
    assert closed.value.problem is Problem.WINDOW_CLOSED
    sandbox.say("instagram", by="jana", kind="direct", text="thanks")
    assert INSTAGRAM.send(reply(sent.recipient, "More", kind=Kind.DIRECT), either).recipient == sent.recipient
    person = INSTAGRAM.profile(sent.recipient, either)
    assert person
    assert (person.name, person.handle) == ("Jana Kovářová", "jana")


def test_a_private_answer_is_taken_for_seven_days(sandbox: Running, wire: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    sandbox.clock(8 * 86400)
    with pytest.raises(Rejected):
        INSTAGRAM.send(reply(id, "25 euros", private_reply=True), wire)


def test_windows_and_bytes_are_kept(sandbox: Running, wire: Wire) -> None:
    sandbox.say("instagram", by="petros", kind="direct", text="Πού είναι;")
    to = igsid(sandbox)
    INSTAGRAM.send(reply(to, "α" * 500, kind=Kind.DIRECT), wire)
    with pytest.raises(Rejected) as long:
        INSTAGRAM.send(reply(to, "α" * 501, kind=Kind.DIRECT), wire)
    assert long.value.problem is Problem.TOO_LONG
    sandbox.clock(2 * 86400)
    with pytest.raises(Rejected) as late:
        INSTAGRAM.send(reply(to, "Hi", kind=Kind.DIRECT), wire)
    assert late.value.problem is Problem.WINDOW_CLOSED
    INSTAGRAM.send(reply(to, "Hi", kind=Kind.DIRECT, extended=True), wire)
    comment = sandbox.say("instagram", by="petros", text="Πού είναι;")
    INSTAGRAM.send(reply(comment, "α" * 2200), wire)
    with pytest.raises(Rejected) as long:
        INSTAGRAM.send(reply(comment, "α" * 2201), wire)
    assert long.value.problem is Problem.TOO_LONG


@pytest.mark.parametrize(
    ("mark", "expected"),
    [("-429", TryAgain), ("-190", ReconnectNeeded), ("-551", Rejected), ("-window", Rejected)],
)
def test_magic_persons_force_errors(mark: str, expected: type, sandbox: Running, wire: Wire) -> None:
    sandbox.say("instagram", by=f"jana{mark}", kind="direct", text="hello")
    with pytest.raises(expected):
        INSTAGRAM.send(reply(igsid(sandbox), "Hi", kind=Kind.DIRECT), wire)


def test_comments_are_hidden_shown_and_deleted(sandbox: Running, either: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    INSTAGRAM.hide(id, hidden=True, wire=either)
    assert sandbox.state("instagram")["hidden"] == [id]
    with pytest.raises(Rejected):
        INSTAGRAM.send(reply(id, "25 euros"), either)
    INSTAGRAM.hide(id, hidden=False, wire=either)
    sent = INSTAGRAM.send(reply(id, "25 euros"), either)
    for one in (sent.external_id, id, id):  # the last time it is gone already
        INSTAGRAM.delete(one, wire=either)
    assert all(one["removed"] for one in sandbox.state("instagram")["comments"])


def test_a_heart_is_put_on_a_message(sandbox: Running, either: Wire) -> None:
    id = sandbox.say("instagram", by="jana", kind="direct", text="hello")
    INSTAGRAM.like(id, liked=True, wire=either)
    assert sandbox.state("instagram")["directs"][0]["reactions"] == {"": "love"}


def test_what_was_accepted_without_an_answer_is_found(sandbox: Running, either: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    deeper = sandbox.say("instagram", by="jana", text="hm?", under=id)
    sandbox.say("instagram", by="jana", kind="direct", text="hello")
    began = datetime.now(UTC)
    for message in (reply(deeper, "25 euros"), reply(igsid(sandbox), "Hi", kind=Kind.DIRECT)):
        sandbox.faults("instagram", answer="reset_after_accept", times=1)
        with pytest.raises(Unconfirmed):
            INSTAGRAM.send(message, either)
        assert INSTAGRAM.find_sent(message, either, since=began)


def test_what_hooks_did_not_tell_is_read_back(sandbox: Running, either: Wire) -> None:
    began = datetime.now(UTC).replace(microsecond=0)
    sandbox.faults("instagram", drop=1.0)
    comments = [sandbox.say("instagram", by=f"p{number}", text=str(number)) for number in range(60)]
    deeper = sandbox.say("instagram", by="jana", text="deeper", under=comments[0])
    direct = sandbox.say("instagram", by="jana", kind="direct", text="hello", media=[{"kind": "image"}])
    until = datetime.now(UTC) + timedelta(seconds=1)
    held = list(INSTAGRAM.held(either, since=began, until=until))
    assert not [fact for fact in held if isinstance(fact, Ignored)]
    found = {fact.external_id: fact for fact in held if isinstance(fact, MessageIn)}
    assert set(found) == {*comments, deeper, direct}
    assert found[deeper].thread == comments[0]
    assert found[direct].media[0].kind == "image"
    assert {(fact.account, fact.channel) for fact in held} == {(either.credentials.account, "instagram")}
    older = INSTAGRAM.held(either, since=began - timedelta(days=5), until=until)
    assert len([fact for fact in older if isinstance(fact, PostPublished)]) == 3


def test_pictures_are_fetched(sandbox: Running, either: Wire) -> None:
    id = sandbox.state("instagram")["posts"][1]["id"]
    post = INSTAGRAM.post(id, either)
    assert post
    assert post.text.startswith("Which of the four")
    assert post.author_name == "acme.shop"
    assert httpx2.get(post.picture_url, trust_env=False).status_code == 200
    assert httpx2.get(post.permalink, trust_env=False).status_code == 200
    assert INSTAGRAM.post("1790000", either) is None


def test_pictures_are_published_and_commented_on(
    sandbox: Running, receiver: Receiver, either: Wire, picture: str
) -> None:
    mug = Upload("mug.jpg", "image/jpeg", JPEG, alt="A blue mug", url=picture)
    sent = INSTAGRAM.publish(NewPost(text="New mugs", token="p1", pictures=[mug]), either)
    assert sent.permalink
    both = INSTAGRAM.publish(NewPost(text="Two", token="p2", pictures=[mug, mug]), either)
    posts = {one["id"]: one for one in sandbox.state("instagram")["posts"]}
    assert posts[sent.external_id]["text"] == "New mugs"
    assert [one["alt"] for one in posts[both.external_id]["media"]] == ["A blue mug", "A blue mug"]
    sandbox.say("instagram", by="jana", text="Lovely", under=sent.external_id)
    receiver.wait(1)
    [fact] = facts(either, receiver)
    assert isinstance(fact, MessageIn)
    assert fact.post
    assert fact.post.external_id == sent.external_id


def test_what_is_no_picture_is_refused(either: Wire, httpserver: HTTPServer) -> None:
    httpserver.expect_request("/mug.png").respond_with_data(b"\x89PNG")
    for path in ("/mug.png", "/none.jpg"):
        upload = Upload("mug", "image/jpeg", b"", url=httpserver.url_for(path))
        with pytest.raises(Rejected) as refused:
            INSTAGRAM.publish(NewPost(text="x", token="p1", pictures=[upload]), either)
        assert refused.value.problem is Problem.MEDIA_REJECTED


# ── tokens ──


def test_a_token_is_renewed_before_it_dies(sandbox: Running, wire: Wire) -> None:
    ends = INSTAGRAM.inspect(wire).expires_at
    assert ends
    sandbox.clock(86400 * 40)
    unknown = HttpWire(wire.credentials.model_copy(update={"expires_at": ""}))
    renewed = INSTAGRAM.renew(unknown)
    assert renewed.expires_at
    fresh: Wire = HttpWire(renewed.credentials)  # type: ignore[arg-type]
    sandbox.clock(86400 * 61)
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.inspect(wire)
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.renew(unknown)
    assert INSTAGRAM.inspect(fresh).name == "Acme Shop"


def test_a_token_younger_than_a_day_is_not_renewed_by_the_network_either(
    sandbox: Running, wire: Wire
) -> None:
    with pytest.raises(TryAgain) as caught:
        INSTAGRAM.renew(HttpWire(wire.credentials.model_copy(update={"expires_at": ""})))
    assert caught.value.after == timedelta(days=1)


def test_a_revoked_token_asks_for_reconnecting(sandbox: Running, either: Wire) -> None:
    id = sandbox.say("instagram", by="jana", text="price?")
    sandbox.control("instagram/revoke", {})
    with pytest.raises(ReconnectNeeded):
        INSTAGRAM.send(reply(id, "Hi"), either)


@pytest.mark.parametrize("login", ["instagram", "facebook"])
def test_signing_in_brings_a_grant_that_works(login: str, sandbox: Running, receiver: Receiver) -> None:
    app = InstagramApp.model_validate(sandbox.control("instagram/app", query={"login": login}))
    url = INSTAGRAM.authorize_url(app, redirect_uri=BACK, state="s1")
    page = sandbox.state("facebook" if login == "facebook" else "instagram")["account"]
    scopes = parse_qs(urlsplit(url).query)["scope"][0].split(",")
    assert scopes[0] in httpx2.get(url, trust_env=False).text
    answer = {"answer": "allow", "who": "emma", "pages": [page], "scopes": scopes}
    back = httpx2.post(url, data=answer, trust_env=False).headers["location"]
    assert back.endswith("#_" if login == "instagram" else "#_=_")
    code = parse_qs(urlsplit(back).query)["code"][0]
    [grant] = INSTAGRAM.grants(app, code=code, redirect_uri=BACK, wire=HttpWire(app))
    assert grant.account.name == "Acme Shop"
    wire: Wire = HttpWire(grant.credentials)  # type: ignore[arg-type]
    receiver.verify_token = app.verify_token.get_secret_value()
    INSTAGRAM.subscribe(wire, hook_url=receiver.url)
    id = sandbox.say("instagram", by="jana", text="hello")
    receiver.wait(1)
    assert facts(wire, receiver)
    assert INSTAGRAM.send(reply(id, "Hi"), wire).external_id
    assert INSTAGRAM.inspect(wire).subscribed
