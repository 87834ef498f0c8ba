"""X's API as tweepy speaks it, pointed at the twin: if it is content, the twin is true."""

from __future__ import annotations

import io
import time
from collections.abc import Iterator
from typing import Any

import pytest
import tweepy

from heard.sandbox.running import Running, running_sandbox
from heard.sandbox.scenes import png
from heard.sandbox.tests.x_world import as_new


class _Session:
    """tweepy's own session, with the twin's address in the place of X's."""

    def __init__(self, session: Any, url: str) -> None:
        self._session, self._url = session, url

    def __getattr__(self, name: str) -> Any:
        return getattr(self._session, name)

    def request(self, method: str, url: str, **rest: Any) -> Any:
        there = url.replace("https://api.x.com", self._url).replace("https://api.twitter.com", self._url)
        return self._session.request(method, there, **rest)


@pytest.fixture(scope="module")
def running() -> Iterator[Running]:
    with running_sandbox() as one:
        yield one


@pytest.fixture
def sandbox(running: Running) -> Running:
    return as_new(running)


@pytest.fixture
def mine(sandbox: Running) -> dict[str, str]:
    return sandbox.credentials("x")


@pytest.fixture
def client(mine: dict[str, str]) -> tweepy.Client:
    made = tweepy.Client(
        bearer_token=mine["bearer_token"],
        consumer_key=mine["api_key"],
        consumer_secret=mine["api_secret"],
        access_token=mine["user_token"],
        access_token_secret=mine["user_token_secret"],
    )
    made.session = _Session(made.session, mine["base_url"])
    return made


def test_who_we_are_is_told_to_a_signed_call(client: tweepy.Client, mine: dict[str, str]) -> None:
    me = client.get_me(user_auth=True).data
    assert (str(me.id), me.name, me.username) == (mine["account"], "Acme Shop", "AcmeShop")


def test_mentions_are_read_and_answered(
    sandbox: Running, client: tweepy.Client, mine: dict[str, str]
) -> None:
    id = sandbox.say("x", by="jana", text="where is my parcel?")
    listed = client.get_users_mentions(
        mine["account"],
        user_auth=True,
        tweet_fields=["conversation_id", "created_at"],
        expansions=["author_id"],
    )
    [mention] = listed.data
    assert (str(mention.id), mention.text) == (id, "@AcmeShop where is my parcel?")
    assert listed.includes["users"][0].name == "Jana Kovářová"
    sent = client.create_tweet(text="On its way", in_reply_to_tweet_id=mention.id)
    reply = client.get_tweet(
        sent.data["id"], user_auth=True, tweet_fields=["conversation_id", "referenced_tweets"]
    ).data
    assert str(reply.conversation_id) == id
    assert reply.referenced_tweets[0].type == "replied_to"
    assert client.delete_tweet(sent.data["id"]).data["deleted"]
    assert client.get_tweet(sent.data["id"], user_auth=True).errors[0]["title"] == "Not Found Error"


def test_posts_are_reposted_hidden_and_not_liked(sandbox: Running, client: tweepy.Client) -> None:
    id = sandbox.say("x", by="jana", kind="reply", text="hello")
    assert client.retweet(id).data["retweeted"]
    assert client.unretweet(id).data["retweeted"] is False
    assert client.hide_reply(id).data["hidden"]
    assert client.unhide_reply(id).data["hidden"] is False
    with pytest.raises(tweepy.Forbidden):
        client.like(id)
    sandbox.control("x/plan", {"plan": "enterprise"})
    assert client.like(id).data["liked"]


def test_direct_messages_are_sent_and_read(sandbox: Running, client: tweepy.Client) -> None:
    said = sandbox.control("x/say", {"as": "jana", "kind": "direct", "text": "hello"})
    sent = client.create_direct_message(participant_id=said["address"], text="Hi", user_auth=True)
    events = client.get_direct_message_events(
        participant_id=said["address"], dm_event_fields=["sender_id", "created_at"], user_auth=True
    ).data
    assert [event.text for event in events] == ["Hi", "hello"]
    assert str(events[0].id) == sent.data["dm_event_id"]


def test_what_was_said_lately_is_searched(sandbox: Running, client: tweepy.Client) -> None:
    id = sandbox.say("x", by="jana", kind="post", text="Acme Shop lost it")
    found = client.search_recent_tweets('"acme shop" -is:retweet')
    assert [str(one.id) for one in found.data] == [id]
    with pytest.raises(tweepy.BadRequest):
        client.search_recent_tweets("is:reply")


def test_refusals_are_understood(sandbox: Running, client: tweepy.Client) -> None:
    id = sandbox.say("x", by="jana", kind="reply", text="no", unnamed=True)
    with pytest.raises(tweepy.Forbidden, match="mentioned or otherwise engaged"):
        client.create_tweet(text="Sorry", in_reply_to_tweet_id=id)
    sandbox.faults("x", answer=429, times=1)
    with pytest.raises(tweepy.TooManyRequests):
        client.create_tweet(text="Hello")
    sandbox.control("x/revoke", {})
    with pytest.raises(tweepy.Unauthorized):
        client.get_me(user_auth=True)


def test_a_wrongly_signed_call_is_refused(mine: dict[str, str]) -> None:
    wrong = tweepy.Client(
        consumer_key=mine["api_key"],
        consumer_secret="another",
        access_token=mine["user_token"],
        access_token_secret=mine["user_token_secret"],
    )
    wrong.session = _Session(wrong.session, mine["base_url"])
    with pytest.raises(tweepy.Unauthorized):
        wrong.get_me(user_auth=True)


def test_the_stream_brings_what_matches(sandbox: Running, mine: dict[str, str]) -> None:
    heard: list[str] = []

    class Listening(tweepy.StreamingClient):  # type: ignore[misc]  # tweepy has no types
        def on_tweet(self, tweet: tweepy.Tweet) -> None:
            heard.append(str(tweet.id))
            self.disconnect()

    listening = Listening(mine["bearer_token"], max_retries=0)
    listening.session = _Session(listening.session, mine["base_url"])
    made = listening.add_rules(tweepy.StreamRule("parcel", tag="w1:q1"))
    assert made.data[0].tag == "w1:q1"
    sandbox.control("x/stream", {"beat_s": 0.05})
    thread = listening.filter(threaded=True)
    until = time.monotonic() + 5
    while not sandbox.control("x/stream", {})["open"] and time.monotonic() < until:
        time.sleep(0.01)
    id = sandbox.say("x", by="jana", kind="post", text="my parcel is lost")
    thread.join(10)
    assert heard == [id]


def test_pictures_are_uploaded(sandbox: Running, client: tweepy.Client, mine: dict[str, str]) -> None:
    content = png("picture", "mug") or b""
    url = f"{mine['base_url']}/2/media/upload"
    files = {"media": ("mug.png", io.BytesIO(content), "image/png")}
    answer = client.session.request(
        "POST",
        url,
        auth=tweepy.OAuth1UserHandler(
            mine["api_key"], mine["api_secret"], mine["user_token"], mine["user_token_secret"]
        ).apply_auth(),
        files=files,
        data={"media_category": "tweet_image"},
    )
    media = answer.json()["data"]["id"]
    sent = client.create_tweet(text="New", media_ids=[media])
    [shown] = [one for one in sandbox.state("x")["posts"] if one["id"] == sent.data["id"]]
    assert shown["media"]
