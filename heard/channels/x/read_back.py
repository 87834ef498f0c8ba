"""Reading back: what X holds between two times, and whether a message got through after all."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any, Final

from heard.channels.contract import (
    Ignored,
    Incoming,
    Kind,
    MessageIn,
    NewPost,
    Outgoing,
    Person,
    Post,
    PostPublished,
    Problem,
    Rejected,
    Sent,
    Wire,
)
from heard.channels.fields import as_mapping
from heard.channels.x import asking
from heard.channels.x.about import About
from heard.channels.x.api import Api
from heard.channels.x.asking import Asked
from heard.channels.x.deliveries import parse
from heard.channels.x.payloads import Includes, Tweet, id_in, person_of
from heard.channels.x.posts import post_of
from heard.channels.x.texts import timed

_LEADING_MENTIONS: Final = re.compile(r"(?:@\w+\s+)+")
# X's times of posts are whole seconds, and its clock is its own.
_LEEWAY: Final = timedelta(seconds=5)
_NOT_TO_BE_SEEN: Final = frozenset({Problem.GONE, Problem.PERMISSION, Problem.RECIPIENT_BLOCKED})


def held(wire: Wire[Any], *, since: datetime, until: datetime) -> Iterator[Incoming]:
    """Mentions, our own posts and direct messages. Raises TryAgain or ReconnectNeeded.

    X lists at most 800 mentions, and direct messages of the last 30 days. What it refuses to list is one
    `Ignored` with X's reason, and the rest goes on. Likes and reposts are not listed.
    """
    api = Api(wire)
    account = api.account
    within = {"start_time": asking.moment(since), "end_time": asking.moment(until + timedelta(seconds=1))}
    for asked in (asking.mentions(account), asking.own_posts(account), asking.directs()):
        params = {} if asked.name == asking.DIRECTS else within
        try:
            yield from (fact for fact in _facts(api, asked, params, since) if since <= fact.at <= until)
        except Rejected as rejected:
            reason = f"X refused to list what it holds: {rejected.reason}"
            yield Ignored(at=until, account=account, reason=reason)


def _facts(api: Api, asked: Asked, params: dict[str, str], since: datetime) -> Iterator[Incoming]:
    for said in asking.pages(api, asked, params):
        yield from parse(asking.as_call(said, api.account, asked.name))
        oldest = min(filter(None, (timed(one, "created_at") for one in asking.items(said))), default=None)
        if oldest is not None and oldest < since:
            return  # lists are newest first


def is_gone(wire: Wire[Any], external_id: str) -> bool:
    """Of a post. X has other words for what is there and not for us. Raises TryAgain or ReconnectNeeded."""
    try:
        Api(wire).read("tweets", external_id)
    except Rejected as rejected:
        return rejected.problem is Problem.GONE
    return False


def find_sent(wire: Wire[Any], message: Outgoing, *, since: datetime) -> Sent | None:
    """None: not found, which proves nothing yet. Raises TryAgain or ReconnectNeeded."""
    api = Api(wire)
    earliest = since - _LEEWAY
    try:
        for fact in _facts(api, _where(api, message), {}, earliest):
            if isinstance(fact, MessageIn) and fact.at >= earliest and _is_the_same(fact, message):
                return Sent(
                    fact.external_id, recipient="" if fact.public else fact.to, permalink=fact.permalink
                )
    except Rejected:
        return None
    return None


def find_published(wire: Wire[Any], post: NewPost, *, since: datetime) -> list[Sent]:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    api, earliest = Api(wire), since - _LEEWAY
    said = (fact for fact in _facts(api, asking.own_posts(api.account), {}, earliest) if fact.at >= earliest)
    posts = [fact.post for fact in said if isinstance(fact, PostPublished)]
    return [
        Sent(one.external_id, permalink=one.permalink)
        for one in posts
        if _words(one.text) == _words(post.text)
    ]


def _where(api: Api, message: Outgoing) -> Asked:
    """A message that answers a post in private may lie with anybody, so all conversations are looked through."""
    if message.private_reply:
        return asking.directs()
    return asking.directs_with(message.to) if message.kind is Kind.DIRECT else asking.own_posts(api.account)


def _is_the_same(fact: MessageIn, message: Outgoing) -> bool:
    if not fact.ours or _words(fact.text) != _words(message.text):
        return False
    if not _words(message.text) and bool(fact.media) != bool(message.files):
        return False
    return not fact.public or fact.parent == message.to


def _words(text: str) -> list[str]:
    """X puts the names of those who are answered in front, and trims."""
    return _LEADING_MENTIONS.sub("", text.strip() + " ", count=1).split()


def post(wire: Wire[Any], external_id: str) -> Post | None:
    """None when it is gone or not ours to see. Raises TryAgain or ReconnectNeeded."""
    api = Api(wire)
    try:
        said = api.read("tweets", external_id, params=asking.POST_FIELDS)
        tweet = Tweet.model_validate(as_mapping(said.values.get("data")))
    except Rejected as rejected:
        if rejected.problem in _NOT_TO_BE_SEEN:
            return None
        raise
    except ValueError:
        return None
    about = About({}, api.account, Includes(as_mapping(said.values.get("includes"))))
    return post_of(tweet, about) if tweet.id else None


def profile(wire: Wire[Any], address: str) -> Person | None:
    """None when X will not tell. Raises TryAgain or ReconnectNeeded."""
    try:
        said = Api(wire).read("users", address, params={"user.fields": "username,name,profile_image_url"})
    except Rejected as rejected:
        if rejected.problem in _NOT_TO_BE_SEEN:
            return None
        raise
    user = as_mapping(said.values.get("data"))
    return person_of(address, user) if id_in(user, "id") else None
