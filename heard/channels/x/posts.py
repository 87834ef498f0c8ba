"""A post of X, read into what it is for us: a mention, a reply, a quote, a repost, or our own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, Final

from pydantic import ValidationError

from heard.channels.contract import (
    UNKNOWN_TIME,
    Incoming,
    Kind,
    MessageEdited,
    MessageIn,
    Post,
    PostPublished,
    Reaction,
)
from heard.channels.fields import as_list, as_mapping, what_is_wrong
from heard.channels.words import N_
from heard.channels.x.about import About
from heard.channels.x.payloads import Tweet, id_in
from heard.channels.x.texts import media_of, text_of

NOT_SUMMONED: Final = N_("On this plan X lets us answer only those who mention or quote us.")


def facts_of_post(raw: Mapping[str, Any], about: About) -> Iterator[Incoming]:
    """Never raises: what is not as documented is one `Ignored`."""
    try:
        tweet = Tweet.model_validate(raw)
    except ValidationError as error:
        yield about.ignored(f"The post is not as documented: {what_is_wrong(error)}.")
        return
    if not tweet.id:
        yield about.ignored("The post has no id.")
    elif repeated := tweet.refers_to("retweeted"):
        yield _repost(tweet, repeated, about)
    elif about.is_ours(tweet.author_id) and _is_for_everybody(tweet, about):
        yield PostPublished(
            at=tweet.created_at or UNKNOWN_TIME,
            raw=about.raw,
            account=about.account,
            post=post_of(tweet, about),
        )
    else:
        yield _message(tweet, about)
        if tweet.is_edited:
            yield _edit(tweet, about)


def _is_for_everybody(tweet: Tweet, about: About) -> bool:
    """Neither a reply nor a reply to somebody else: our own threads are one post after another."""
    return not tweet.refers_to("replied_to") or about.is_ours(_answered(tweet, about))


def _repost(tweet: Tweet, repeated: str, about: About) -> Reaction:
    return Reaction(
        at=tweet.created_at or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        external_id=repeated,
        author=about.includes.person(tweet.author_id) if tweet.author_id else None,
        ours=about.is_ours(tweet.author_id),
        emoji="🔁",
        name="repost",
    )


def _edit(tweet: Tweet, about: About) -> MessageEdited:
    """The message comes first: we may never have seen it without the edit, which may be what named us."""
    return MessageEdited(
        at=tweet.created_at or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        external_id=tweet.first_id,
        text=text_of(tweet),
        media=media_of(tweet.attachments, about.includes),
    )


def _message(tweet: Tweet, about: About) -> MessageIn:
    ours = about.is_ours(tweet.author_id)
    return MessageIn(
        at=tweet.created_at or UNKNOWN_TIME,
        raw=about.raw,
        account=about.account,
        kind=Kind.COMMENT if ours or about.is_ours(_answered(tweet, about)) else Kind.MENTION,
        external_id=tweet.first_id,
        thread=_thread(tweet, about),
        text=text_of(tweet),
        author=about.includes.person(tweet.author_id) if tweet.author_id else None,
        ours=ours,
        parent=tweet.refers_to("replied_to"),
        post=_post_above(tweet, about),
        media=media_of(tweet.attachments, about.includes),
        permalink=_permalink(tweet.first_id, about.includes.person(tweet.author_id).handle),
        to=_answered(tweet, about) if ours else "",
        note=about.note,
        unanswerable="" if ours or _is_summoned(tweet, about) else NOT_SUMMONED,
    )


def _thread(tweet: Tweet, about: About) -> str:
    """What one person says in one conversation. Under a post of ours hundreds may talk, each a matter apart."""
    root = tweet.conversation_id or tweet.refers_to("replied_to") or tweet.first_id
    customer = _answered(tweet, about) if about.is_ours(tweet.author_id) else tweet.author_id
    return f"{root}:{customer}" if customer else root


def _answered(tweet: Tweet, about: About) -> str:
    """The author of the post that this one replies to."""
    replied = tweet.refers_to("replied_to")
    return tweet.in_reply_to_user_id or (about.includes.post(replied).author_id if replied else "")


def _is_summoned(tweet: Tweet, about: About) -> bool:
    """X lets us answer whoever mentions us in that very post, or quotes a post of ours in it."""
    if about.summoned or not about.account:
        return True
    long = as_mapping(tweet.note.get("entities"))
    mentions = [*as_list(tweet.entities.get("mentions")), *as_list(long.get("mentions"))]
    if any(id_in(as_mapping(one), "id", "id_str") == about.account for one in mentions):
        return True
    quoted = tweet.refers_to("quoted")
    return bool(quoted) and about.is_ours(about.includes.post(quoted).author_id)


def _post_above(tweet: Tweet, about: About) -> Post | None:
    """What it is about: the post it quotes, or the one that the conversation began with."""
    above = tweet.refers_to("quoted") or tweet.conversation_id or tweet.refers_to("replied_to")
    if not above or above in (tweet.id, tweet.first_id):
        return None
    known = about.includes.post(above)
    return post_of(known, about) if known.id else Post(above, permalink=_permalink(above))


def post_of(tweet: Tweet, about: About) -> Post:
    author = about.includes.person(tweet.author_id)
    pictures = [one.url for one in media_of(tweet.attachments, about.includes) if one.kind == "image"]
    return Post(
        tweet.first_id,
        text=text_of(tweet),
        permalink=_permalink(tweet.first_id, author.handle),
        picture_url=next(iter(pictures), ""),
        author_name=author.name,
        at=tweet.created_at,
    )


def _permalink(id: str, handle: str = "") -> str:
    return f"https://x.com/{handle if handle.isidentifier() else 'i'}/status/{id}"
