"""What X writes. The newest API renames some fields, so both spellings are read."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import AliasChoices, Field, ValidationError

from heard.channels.contract import Person
from heard.channels.fields import (
    Aside,
    Id,
    Items,
    Part,
    Payload,
    Text,
    Time,
    as_id,
    as_list,
    as_mapping,
    as_url,
)


class Tweet(Payload):
    """A post of the API's version 2."""

    id: Id = ""
    text: Text = ""
    author_id: Id = ""
    conversation_id: Id = ""
    created_at: Time = None
    in_reply_to_user_id: Id = ""
    referenced: Items = Field((), validation_alias=AliasChoices("referenced_tweets", "referenced_posts"))
    history: Items = Field(
        (), validation_alias=AliasChoices("edit_history_tweet_ids", "edit_history_post_ids")
    )
    attachments: Part = Field(default_factory=dict)
    entities: Part = Field(default_factory=dict)
    note: Part = Field(default_factory=dict, validation_alias=AliasChoices("note_tweet", "note_post"))

    def refers_to(self, kind: str) -> str:
        """The id of the post that this one replies to, quotes or repeats; "" where it does not."""
        for one in map(as_mapping, self.referenced):
            if one.get("type") == kind:
                return id_in(one, "id")
        return ""

    @property
    def first_id(self) -> str:
        """Each edit is a post of its own; the first one is the thing that everybody answers."""
        ids = list(ids_in(self.history))
        return ids[0] if ids else self.id

    @property
    def is_edited(self) -> bool:
        return len(list(ids_in(self.history))) > 1


class Event(Payload):
    """One event of the X Activity API."""

    event_type: Text = ""
    event_uuid: Aside = ""
    filter: Part = Field(default_factory=dict)
    payload: Part = Field(default_factory=dict)
    includes: Part = Field(default_factory=dict)
    created_at: Time = None


class MessageCreated(Payload):
    text: Text = ""
    entities: Part = Field(default_factory=dict)
    attachment: Part = Field(default_factory=dict)


class MessageCreate(Payload):
    target: Part = Field(default_factory=dict)
    sender_id: Id = ""
    message_data: MessageCreated = Field(default_factory=MessageCreated)


class Direct(Payload):
    """A direct message, as hooks write it (`message_create`) and as version 2 does (all the rest)."""

    id: Id = ""
    type: Aside = ""
    event_type: Aside = ""
    created_timestamp: Time = None
    created_at: Time = None
    message_create: MessageCreate | None = None
    text: Text = ""
    sender_id: Id = ""
    recipient_id: Id = ""
    dm_conversation_id: Aside = ""
    participant_ids: Items = ()
    entities: Part = Field(default_factory=dict)
    attachments: Part = Field(default_factory=dict)


class Includes:
    """Who and what an answer speaks of, by id."""

    def __init__(self, raw: Mapping[str, Any]) -> None:
        self.users = dict(_by_id(_unwrapped(raw.get("users")), "id"))
        self.posts = dict(_by_id(as_list(raw.get("tweets")) or as_list(raw.get("posts")), "id"))
        self.media = dict(_by_id(as_list(raw.get("media")), "media_key"))

    def person(self, id: str) -> Person:
        return person_of(id, self.users.get(id, {}))

    def post(self, id: str) -> Tweet:
        """An empty one where X did not send it along."""
        try:
            return Tweet.model_validate(self.posts.get(id, {}))
        except ValidationError:
            return Tweet()


def person_of(id: str, user: Mapping[str, Any]) -> Person:
    """A user of version 2, or of the older hooks."""
    handle = user.get("username") or user.get("screen_name")
    picture = user.get("profile_image_url") or user.get("profile_image_url_https")
    name = user.get("name")
    return Person(
        id,
        name=name if isinstance(name, str) else "",
        handle=handle if isinstance(handle, str) else "",
        picture_url=as_url(picture).replace("_normal.", "_200x200."),
    )


def id_in(raw: Mapping[str, Any], *names: str) -> str:
    """The first of these that is an id."""
    for name in names:
        try:
            if found := as_id(raw.get(name)):
                return found
        except ValueError:
            continue
    return ""


def ids_in(items: Any) -> Iterator[str]:
    for item in items if isinstance(items, tuple) else as_list(items):
        try:
            if found := as_id(item):
                yield found
        except ValueError:
            continue


def _unwrapped(users: Any) -> list[Any]:
    """A list of users, a mapping by id, and each of them sometimes inside another `data`."""
    listed = list(users.values()) if isinstance(users, dict) else as_list(users)
    return [as_mapping(user).get("data", user) for user in listed]


def _by_id(items: Any, name: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for item in map(as_mapping, items):
        if found := id_in(item, name, "id_str"):
            yield found, item
