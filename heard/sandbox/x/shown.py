"""Posts, people and files as X's API shows them: only the fields that were asked for."""

from __future__ import annotations

import hashlib
import html
import re
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, Any

from heard.channels.web_addresses import web_addresses
from heard.channels.x.simulator import moment
from heard.sandbox.talks.things import Direct, Media
from heard.sandbox.x.things import Post

if TYPE_CHECKING:
    from heard.sandbox.x.twin import XTwin

MENTION = re.compile(r"@(\w{1,15})")
ALWAYS = {"id", "text", "edit_history_tweet_ids"}
KINDS = {"image": "photo", "video": "video"}
EVERYTHING = {
    "tweet": {
        "created_at",
        "author_id",
        "conversation_id",
        "in_reply_to_user_id",
        "referenced_tweets",
        "entities",
        "attachments",
        "lang",
    },
    "expansions": {"author_id", "referenced_tweets.id", "attachments.media_keys"},
    "user": {"username", "name", "profile_image_url"},
}


class Shown:
    """`fields` and `expansions` are what the caller asked for."""

    def __init__(self, twin: XTwin, asked: dict[str, Any] | None = None) -> None:
        self.twin = twin
        if asked is None:
            self.fields, self.expansions = EVERYTHING["tweet"], EVERYTHING["expansions"]
            self.user_fields = EVERYTHING["user"]
        else:
            self.fields = _names(asked.get("tweet.fields"))
            self.expansions = _names(asked.get("expansions"))
            self.user_fields = _names(asked.get("user.fields")) | {"username", "name"}

    def post(self, post: Post) -> dict[str, Any]:
        text, entities = self._text(post.text, post.media, post.id)
        whole: dict[str, Any] = {
            "id": post.newest_id,
            "text": text,
            "edit_history_tweet_ids": post.versions or [post.id],
            "created_at": moment(post.at),
            "author_id": post.author,
            "conversation_id": post.conversation,
            "lang": "und",
            "entities": entities,
        }
        if post.parent_author:
            whole["in_reply_to_user_id"] = post.parent_author
        referenced = [("replied_to", post.parent), ("quoted", post.quoted)]
        if any(id for _, id in referenced):
            whole["referenced_tweets"] = [{"type": kind, "id": id} for kind, id in referenced if id]
        if post.media:
            whole["attachments"] = {"media_keys": [media_key(one) for one in post.media]}
        return {name: value for name, value in whole.items() if name in ALWAYS | self.fields and value}

    def repost(self, post: Post, by: str, id: str) -> dict[str, Any]:
        """A repost is a post of its own, with the start of the other one."""
        said = f"RT @{self.twin.username(post.author)}: {post.text}"[:140]
        return {
            "id": id,
            "text": html.escape(said, quote=False),
            "edit_history_tweet_ids": [id],
            "created_at": moment(self.twin.now()),
            "author_id": by,
            "conversation_id": id,
            "referenced_tweets": [{"type": "retweeted", "id": post.newest_id}],
        }

    def includes(self, posts: Sequence[Post], people: Iterable[str] = ()) -> dict[str, Any]:
        found: dict[str, Any] = {}
        referred = [self.twin.held.post(id) for post in posts for id in (post.parent, post.quoted) if id]
        others = [post for post in referred if post] if "referenced_tweets.id" in self.expansions else []
        if {"author_id", "sender_id"} & self.expansions:
            ids = dict.fromkeys([*(post.author for post in [*posts, *others]), *people])
            found["users"] = [self.user(id) for id in ids]
        if others:
            found["tweets"] = [self.post(post) for post in {post.id: post for post in others}.values()]
        media = [one for post in posts for one in post.media]
        if media and "attachments.media_keys" in self.expansions:
            found["media"] = [self.media(one) for one in media]
        return found

    def user(self, id: str) -> dict[str, Any]:
        name, username, picture = self.twin.known_as(id)
        whole = {"id": id, "name": name, "username": username, "profile_image_url": picture}
        return {key: value for key, value in whole.items() if key == "id" or key in self.user_fields}

    def media(self, one: Media) -> dict[str, Any]:
        kind, url = KINDS.get(one.kind, "photo"), self.twin.link(one.url)
        shown: dict[str, Any] = {"media_key": media_key(one), "type": kind}
        if kind == "photo":
            shown["url"] = url
        else:
            shown["preview_image_url"] = self.twin.link("picture/parcel.png")
            shown["variants"] = [{"bit_rate": 632_000, "content_type": "video/mp4", "url": url}]
        return shown | ({"alt_text": one.name} if one.kept.get("alt") else {})

    def direct(self, direct: Direct) -> dict[str, Any]:
        ours, theirs = direct.account, self.twin.talks.address(direct.account, direct.handle)
        text, _ = self._text(direct.text, direct.media, direct.id)
        shown: dict[str, Any] = {
            "id": direct.id,
            "event_type": "MessageCreate",
            "text": text,
            "created_at": moment(direct.at),
            "sender_id": ours if direct.from_page else theirs,
            "dm_conversation_id": conversation_id(ours, theirs),
        }
        if direct.media:
            shown["attachments"] = {"media_keys": [media_key(one) for one in direct.media]}
        return shown

    def _text(self, text: str, media: Sequence[Media], id: str) -> tuple[str, dict[str, Any]]:
        """X makes every address a short one, and hangs one on for what is attached."""
        urls, shortened, position = [], "", 0
        for address in web_addresses(text):
            long = text[address.start : address.end]
            short = "https://t.co/" + hashlib.sha256(long.encode()).hexdigest()[:10]
            shortened += text[position : address.start] + short
            expanded = long if "://" in long else f"http://{long}"
            urls.append(
                {"url": short, "expanded_url": expanded, "display_url": long.partition("://")[2] or long}
            )
            position = address.end
        shortened += text[position:]
        if media:
            short = f"https://t.co/m{id[-9:]}"
            shortened = f"{shortened} {short}".strip()
            urls.append(
                {
                    "url": short,
                    "expanded_url": f"https://x.com/i/status/{id}/photo/1",
                    "display_url": "pic.x.com/m",
                }
            )
        escaped = html.escape(shortened, quote=False)
        return escaped, _entities(urls, list(self.mentions(escaped)))

    def mentions(self, text: str) -> Iterable[dict[str, Any]]:
        for found in MENTION.finditer(text):
            if id := self.twin.id_of(found[1]):
                yield {"start": found.start(), "end": found.end(), "username": found[1], "id": id}


def _entities(urls: list[dict[str, str]], mentions: list[dict[str, Any]]) -> dict[str, Any]:
    return ({"urls": urls} if urls else {}) | ({"mentions": mentions} if mentions else {})


def conversation_id(one: str, other: str) -> str:
    smaller, larger = sorted((one, other), key=int)
    return f"{smaller}-{larger}"


def media_key(one: Media) -> str:
    return "3_" + str(int(hashlib.sha256(one.url.encode()).hexdigest()[:12], 16))


def _names(asked: Any) -> set[str]:
    return {name.strip() for name in str(asked or "").split(",") if name.strip()}
