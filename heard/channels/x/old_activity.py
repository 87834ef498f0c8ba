"""The Account Activity API: deprecated, still sent to those who had it. Written in version 1.1 of X's words."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, Final

from heard.channels.contract import UNKNOWN_TIME, Incoming, MessageDeleted, Post, PostPublished, Reaction
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.x.about import About
from heard.channels.x.directs import facts_of_direct, facts_of_reading
from heard.channels.x.payloads import Includes, id_in
from heard.channels.x.posts import facts_of_post
from heard.channels.x.texts import timed

Reader = Callable[[Mapping[str, Any], About], Iterator[Incoming]]
_DAYS: Final = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def is_old(document: Mapping[str, Any]) -> bool:
    return "for_user_id" in document or "user_event" in document


def facts_of_call(document: Mapping[str, Any]) -> Iterator[Incoming]:
    """One call carries one kind of events, and may carry several of them."""
    account = id_in(document, "for_user_id")
    if "user_event" in document:
        yield from _revoked(document)
        return
    found = [(name, raw) for name in _READERS for raw in as_list(document.get(name))]
    if not found:
        yield About(document, account=account).ignored("The call has no events that Heard knows.")
    for name, raw in found:
        if not isinstance(raw, dict):
            yield About({"value": raw}, account=account).ignored("The event is not an object.")
            continue
        includes = Includes({"users": document.get("users")})
        yield from _READERS[name](raw, About(raw, account=account, includes=includes))


def _tweet(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    people = [as_mapping(raw.get("user")), *(as_mapping(_inner(raw, name).get("user")) for name in _INNER)]
    posts = [_in_new_words(_inner(raw, name)) for name in _INNER if _inner(raw, name)]
    media = _media(raw)
    includes = Includes({"users": [_person(one) for one in people], "tweets": posts, "media": media})
    yield from facts_of_post(_in_new_words(raw), About(about.raw, about.account, includes))


_INNER: Final = {"retweeted_status": "retweeted", "quoted_status": "quoted"}


def _inner(raw: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    return as_mapping(raw.get(name))


def _in_new_words(raw: Mapping[str, Any]) -> dict[str, Any]:
    """The same post as version 2 would write it."""
    long = as_mapping(raw.get("extended_tweet"))
    text = as_aside(long.get("full_text")) or as_aside(raw.get("full_text")) or as_aside(raw.get("text"))
    entities = as_mapping(long.get("entities")) or as_mapping(raw.get("entities"))
    replied = id_in(raw, "in_reply_to_status_id_str", "in_reply_to_status_id")
    referenced = [{"type": "replied_to", "id": replied}] if replied else []
    for name, kind in _INNER.items():
        if inner := id_in(_inner(raw, name), "id_str", "id"):
            referenced.append({"type": kind, "id": inner})
    return {
        "id": id_in(raw, "id_str", "id"),
        "text": text,
        "author_id": id_in(as_mapping(raw.get("user")), "id_str", "id"),
        "conversation_id": id_in(raw, "conversation_id_str") or replied,
        "created_at": _iso(raw),
        "in_reply_to_user_id": id_in(raw, "in_reply_to_user_id_str", "in_reply_to_user_id"),
        "referenced_tweets": referenced,
        "entities": {**entities, "mentions": _mentions(entities)},
        "attachments": {"media_keys": [one["media_key"] for one in _media(raw)]},
    }


def _mentions(entities: Mapping[str, Any]) -> list[dict[str, str]]:
    listed = map(as_mapping, as_list(entities.get("user_mentions")))
    return [
        {"id": id_in(one, "id_str", "id"), "username": as_aside(one.get("screen_name"))} for one in listed
    ]


def _media(raw: Mapping[str, Any]) -> list[dict[str, Any]]:
    long = as_mapping(raw.get("extended_tweet"))
    told = as_mapping(long.get("extended_entities")) or as_mapping(raw.get("extended_entities"))
    listed = map(as_mapping, as_list(told.get("media")))
    return [
        {**one, "media_key": id_in(one, "id_str", "id"), "url": one.get("media_url_https")} for one in listed
    ]


def _person(user: Mapping[str, Any]) -> dict[str, Any]:
    return {**user, "id": id_in(user, "id_str", "id")}


def _iso(raw: Mapping[str, Any]) -> str:
    """ "Mon Mar 26 16:33:26 +0000 2018", a form of X's own; or milliseconds."""
    parts = as_aside(raw.get("created_at")).split()
    if len(parts) == 6 and parts[0] in _DAYS:
        day, month, date, clock, zone, year = parts
        try:
            return parsedate_to_datetime(f"{day}, {date} {month} {year} {clock} {zone}").isoformat()
        except ValueError:
            return ""
    at = timed(raw, "timestamp_ms", "created_at")
    return at.isoformat() if at else ""


def _liked(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    liked, fan = as_mapping(raw.get("favorited_status")), as_mapping(raw.get("user"))
    external_id, fan_id = id_in(liked, "id_str", "id"), id_in(fan, "id_str", "id")
    if not external_id:
        yield about.ignored("A post was liked, and X does not say which.")
        return
    yield Reaction(
        at=timed(raw, "timestamp_ms", "timestamp") or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        external_id=external_id,
        author=Includes({"users": [_person(fan)]}).person(fan_id) if fan_id else None,
        ours=about.is_ours(fan_id),
        emoji="❤",
        name="like",
    )


def _deleted(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    status = as_mapping(raw.get("status"))
    external_id = id_in(status, "id", "id_str")
    if not external_id:
        yield about.ignored("A post was deleted, and X does not say which.")
        return
    by_us, at = about.is_ours(id_in(status, "user_id")), timed(raw, "timestamp_ms") or UNKNOWN_TIME
    yield MessageDeleted(at=at, raw=about.raw, account=about.account, external_id=external_id, by_us=by_us)
    if by_us:
        yield PostPublished(at=at, raw=about.raw, account=about.account, post=Post(external_id), removed=True)


def _happened(name: str) -> Reader:
    def read(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
        people = [raw.get("source"), raw.get("target"), {"id": raw.get("sender_id")}]
        ids = [id_in(as_mapping(one), "id", "id_str") for one in people]
        other = next((id for id in ids if id and id != about.account), "")
        kind = as_aside(raw.get("type"))
        at = timed(raw, "created_timestamp", "timestamp_ms")
        yield about.happening(name, at, address=other, detail={"kind": kind} if kind else {})

    return read


def _revoked(document: Mapping[str, Any]) -> Iterator[Incoming]:
    revoke = as_mapping(as_mapping(document.get("user_event")).get("revoke"))
    account = id_in(as_mapping(revoke.get("source")), "user_id") or id_in(document, "for_user_id")
    if not revoke:
        yield About(document, account=account).ignored(
            "Something happened to the user that Heard does not know."
        )
        return
    yield About(document, account=account).happening("access_revoked", timed(revoke, "date_time"))


_READERS: Final[dict[str, Reader]] = {
    "tweet_create_events": _tweet,
    "favorite_events": _liked,
    "tweet_delete_events": _deleted,
    "direct_message_events": facts_of_direct,
    "direct_message_mark_read_events": facts_of_reading,
    "direct_message_indicate_typing_events": _happened("typing"),
    "follow_events": _happened("followed"),
    "block_events": _happened("blocked"),
    "mute_events": _happened("muted"),
}
