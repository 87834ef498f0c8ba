"""Events of the X Activity API, which is how X tells us things today."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import UNKNOWN_TIME, Incoming, MessageDeleted, Post, PostPublished, Reaction
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.x.about import About
from heard.channels.x.directs import fact_of_encrypted, facts_of_direct, facts_of_reading
from heard.channels.x.payloads import Event, Includes, id_in
from heard.channels.x.posts import facts_of_post
from heard.channels.x.texts import timed

Reader = Callable[[Event, About], Iterator[Incoming]]


def facts_of_event(raw: Mapping[str, Any]) -> Iterator[Incoming]:
    """Never raises."""
    try:
        event = Event.model_validate(raw)
    except ValidationError as error:
        yield About(raw).ignored(f"The event is not as documented: {what_is_wrong(error)}.")
        return
    about = About(
        raw,
        account=id_in(event.filter, "user_id") or id_in(raw, "for_user_id"),
        includes=_includes(event),
        summoned=event.event_type in _ABOUT_US,
    )
    reader = _READERS.get(event.event_type) or _by_family(event.event_type)
    if reader is None:
        yield about.ignored("The event is of a type that Heard does not know.")
        return
    yield from reader(event, about)


def _includes(event: Event) -> Includes:
    """Those of direct messages lie in the payload."""
    users = event.payload.get("users")
    return Includes({**event.includes, "users": users} if users else event.includes)


def _post(event: Event, about: About) -> Iterator[Incoming]:
    return facts_of_post(event.payload, about)


def _deleted(event: Event, about: About) -> Iterator[Incoming]:
    """X tells only of ours, and not whether it was a post or a reply: whichever we know."""
    external_id = id_in(event.payload, "id")
    if not external_id:
        yield about.ignored("A post was deleted, and X does not say which.")
        return
    by_us = about.is_ours(id_in(event.payload, "author_id"))
    at = event.created_at or UNKNOWN_TIME
    yield MessageDeleted(at=at, raw=about.raw, account=about.account, external_id=external_id, by_us=by_us)
    if by_us:
        post = Post(external_id)
        yield PostPublished(at=at, raw=about.raw, account=about.account, post=post, removed=True)


def _liked(event: Event, about: About) -> Iterator[Incoming]:
    liked = id_in(event.payload, "liked_tweet_id", "liked_post_id")
    if not liked:
        yield about.ignored("A post was liked, and X does not say which.")
        return
    owner = id_in(event.payload, "liked_tweet_author_id", "liked_post_author_id")
    ours = not about.is_ours(owner)
    fans = [] if ours else [id for id in about.includes.users if id not in (owner, about.account)]
    yield Reaction(
        at=timed(event.payload, "timestamp_ms", "created_at") or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        external_id=liked,
        author=about.includes.person(about.account if ours else fans[0]) if ours or fans else None,
        ours=ours,
        emoji="❤",
        name="like",
    )


def _direct(event: Event, about: About) -> Iterator[Incoming]:
    inner = [as_mapping(one) for one in as_list(event.payload.get("direct_message_events"))]
    for raw in inner or [event.payload]:
        yield from facts_of_direct(raw, about)


def _read(event: Event, about: About) -> Iterator[Incoming]:
    inner = [as_mapping(one) for one in as_list(event.payload.get("direct_message_mark_read_events"))]
    for raw in inner or [event.payload]:
        yield from facts_of_reading(raw, about)


def _typing(event: Event, about: About) -> Iterator[Incoming]:
    inner = as_list(event.payload.get("direct_message_indicate_typing_events"))
    raw = as_mapping(inner[0]) if inner else event.payload
    yield about.happening("typing", timed(raw, "created_timestamp"), address=id_in(raw, "sender_id"))


def _revoked(event: Event, about: About) -> Iterator[Incoming]:
    whose = About(about.raw, account=about.account or id_in(event.payload, "user_id"))
    yield whose.happening("access_revoked", timed(event.payload, "date_time"))


def _chat(event: Event, about: About) -> Iterator[Incoming]:
    inside = event.payload or about.raw
    yield fact_of_encrypted(inside, about)


def _between_people(name: str) -> Reader:
    """Two people, and what one did to the other."""

    def read(event: Event, about: About) -> Iterator[Incoming]:
        two = [as_mapping(event.payload.get(side)) for side in ("source", "target")]
        ids = [id_in(as_mapping(one.get("data", one)), "id") for one in two]
        other = next((id for id in ids if id and id != about.account), "")
        yield about.happening(name, event.created_at, address=other, detail={"by_us": about.is_ours(ids[0])})

    return read


_ABOUT_US: Final = frozenset({"post.mention.create", "post.quote.create"})
_READERS: Final[dict[str, Reader]] = {
    "post.create": _post,
    "post.mention.create": _post,
    "post.reply.create": _post,
    "post.quote.create": _post,
    "post.repost.create": _post,
    "post.delete": _deleted,
    "like.create": _liked,
    "dm.received": _direct,
    "dm.sent": _direct,
    "dm.read": _read,
    "dm.indicate_typing": _typing,
    "oauth.revoke": _revoked,
    "follow.follow": _between_people("followed"),
    "follow.unfollow": _between_people("unfollowed"),
    "block.block": _between_people("blocked"),
    "block.unblock": _between_people("unblocked"),
    "mute.mute": _between_people("muted"),
    "mute.unmute": _between_people("unmuted"),
}


def _by_family(event_type: str) -> Reader | None:
    return _chat if event_type.startswith("chat.") else None
