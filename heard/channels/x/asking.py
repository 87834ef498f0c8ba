"""What we ask X for, page after page: the fields, and the answers as calls for `parse`."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from heard.channels.contract import Hook, TryAgain
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.x.api import Api, Said
from heard.channels.x.deliveries import ACCOUNT, ASKED, MENTIONS

POSTS: Final = "posts"
DIRECTS: Final = "directs"
SEARCH: Final = "search"
PAGE: Final = "100"
_MOST_PAGES: Final = 50
_EPOCH_MS: Final = 1_288_834_974_657  # where X's ids begin to count

_USER: Final = "username,name,profile_image_url"
_MEDIA: Final = "media_key,type,url,preview_image_url,variants,alt_text"
POST_FIELDS: Final = {
    "tweet.fields": "created_at,author_id,conversation_id,in_reply_to_user_id,referenced_tweets,"
    "entities,attachments,edit_history_tweet_ids,note_tweet",
    "expansions": "author_id,referenced_tweets.id,attachments.media_keys",
    "user.fields": _USER,
    "media.fields": _MEDIA,
}
DIRECT_FIELDS: Final = {
    "dm_event.fields": "id,text,event_type,created_at,dm_conversation_id,sender_id,participant_ids,"
    "attachments,entities",
    "expansions": "sender_id,attachments.media_keys",
    "event_types": "MessageCreate",
    "user.fields": _USER,
    "media.fields": _MEDIA,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """One list of X: where it is, what it is called, in which words it is asked for."""

    name: str
    path: tuple[str, ...]
    fields: Mapping[str, str]


def mentions(account: str) -> Asked:
    return Asked(MENTIONS, ("users", account, "mentions"), POST_FIELDS)


def own_posts(account: str) -> Asked:
    return Asked(POSTS, ("users", account, "tweets"), POST_FIELDS)


def directs() -> Asked:
    return Asked(DIRECTS, ("dm_events",), DIRECT_FIELDS)


def directs_with(person: str) -> Asked:
    return Asked(DIRECTS, ("dm_conversations", "with", person, "dm_events"), DIRECT_FIELDS)


def pages(
    api: Api, asked: Asked, params: Mapping[str, str] | None = None, *, page_by: str = "pagination_token"
) -> Iterator[Said]:
    """Pages that have something in them, newest first.

    Between pages it heeds a used-up quota and raises TryAgain: reading must not go on without calls left.
    """
    wanted = {"max_results": PAGE, **asked.fields, **(params or {})}
    for _ in range(_MOST_PAGES):
        said = api.read(*asked.path, params=wanted)
        if items(said):
            yield said
        following = as_aside(as_mapping(said.values.get("meta")).get("next_token"))
        if not following:
            return
        if api.pause:
            raise TryAgain("X's limit of calls is used up.", after=api.pause)
        wanted[page_by] = following


def items(said: Said) -> list[Mapping[str, object]]:
    return [as_mapping(one) for one in as_list(said.values.get("data"))]


def as_call(said: Said, account: str, asked: str) -> Hook:
    """The answer as if X had called. The headers say what the body does not."""
    return Hook("GET", {}, {ACCOUNT: account, ASKED: asked}, said.body)


def id_at(at: datetime) -> str:
    """The smallest id that a thing written at this time could have: X's ids begin with the time."""
    return str(max(int(at.timestamp() * 1000) - _EPOCH_MS, 1) << 22)


def moment(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
