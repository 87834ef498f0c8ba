"""What customers do on Instagram, as tests and the pages' forms ask for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from heard.sandbox.meta import private
from heard.sandbox.meta.control.change import REACTIONS
from heard.sandbox.meta.control.say import media_of
from heard.sandbox.meta.instagram import said
from heard.sandbox.meta.instagram.accounts import first_profile
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct, Media, Mention, Post, Profile
from heard.sandbox.wish import BadWish, Wish

SLUG = "instagram"
SAY_FIELDS = "as kind text under media quick reply_to name page"
MEDIA_KINDS = (
    *("image", "video", "audio", "file", "share", "ig_post", "reel", "ig_reel", "story", "ig_story", "media"),
    *("like_heart", "ephemeral", "unsupported_type"),
)
STORY = "picture/lamp.png"  # what the account's own story shows
Said = Comment | Post | Mention | Direct


def profile_of(network: Network, wish: Wish) -> Profile:
    if "page" not in wish:
        return first_profile(network)
    profile = network.profiles.get(wish.text("page"))
    if profile is None:
        raise BadWish(f"There is no account {wish.text('page')!r}.", status=404)
    return profile


def found(network: Network, wish: Wish, name: str = "id") -> Said:
    """Raises BadWish."""
    id = wish.text(name)
    thing: Said | None = (
        network.comments.get(id)
        or network.posts.get(id)
        or network.mentions.get(id)
        or network.directs.get(id)
    )
    if thing is None or thing.page not in network.profiles:
        raise BadWish(f"Instagram knows nothing with the id {id!r}.", status=404)
    if thing.removed:
        raise BadWish(f"{id} was deleted.", status=410)
    return thing


# ── writing ──


def say(network: Network, wish: Wish) -> Any:
    kind = wish.text("kind", "comment")
    if kind not in SAY:
        raise BadWish(f"Instagram has no {kind!r}. It has: {', '.join(SAY)}.")
    profile, handle = profile_of(network, wish), wish.text("as")
    if not handle.strip():
        raise BadWish("The field 'as' names a person.")
    network.person(handle, name=wish.text("name", ""))
    if handle in profile.blocked:
        raise BadWish(f"{handle} is blocked by the account.", status=403)
    if not wish.text("text", "") and not media_of(wish, MEDIA_KINDS) and kind != "story_mention":
        raise BadWish("The field 'text' is missing.")
    return {"id": SAY[kind](network, profile, handle, wish).id}


def _comment(network: Network, profile: Profile, handle: str, wish: Wish) -> Comment:
    under: Said | None = found(network, wish, "under") if "under" in wish else _newest(network, profile)
    if not isinstance(under, Post | Comment) or under.page != profile.id:
        raise BadWish("There is no such picture or comment of this account.", status=404)
    return said.write_comment(network, under=under, handle=handle, text=wish.text("text"))


def _newest(network: Network, profile: Profile) -> Post | None:
    pictures = [one for one in network.posts.values() if (one.page, one.item) == (profile.id, "photo")]
    return max((one for one in pictures if not one.removed), key=lambda one: one.at, default=None)


def _live_comment(network: Network, profile: Profile, handle: str, wish: Wish) -> Comment:
    on_air = (one for one in network.posts.values() if (one.page, one.item) == (profile.id, "live"))
    video = next(on_air, None)
    if video is None:
        video = Post(network.picture_number(), profile.id, "", "Live", network.clock.now(), "live")
        network.add(video)
    return said.write_comment(network, under=video, handle=handle, text=wish.text("text"))


def _mention(network: Network, profile: Profile, handle: str, wish: Wish, item: str = "comment") -> Mention:
    return said.write_mention(network, profile, handle=handle, text=wish.text("text"), item=item)


def _mention_in_caption(network: Network, profile: Profile, handle: str, wish: Wish) -> Mention:
    return _mention(network, profile, handle, wish, "caption")


def _direct(network: Network, profile: Profile, handle: str, wish: Wish) -> Direct:
    reply_to = wish.text("reply_to", "")
    if reply_to and reply_to not in network.directs:
        raise BadWish(f"There is no message {reply_to!r}.", status=404)
    return private.write(
        network,
        profile.id,
        handle=handle,
        text=wish.text("text", ""),
        media=media_of(wish, MEDIA_KINDS),
        reply_to=reply_to,
        quick=wish.text("quick", ""),
    )


def _story_reply(network: Network, profile: Profile, handle: str, wish: Wish) -> Direct:
    return private.write(network, profile.id, handle=handle, text=wish.text("text"), story=STORY)


def _story_mention(network: Network, profile: Profile, handle: str, wish: Wish) -> Direct:
    media = [Media("story_mention", "picture/mug.png")]
    return private.write(network, profile.id, handle=handle, text="", media=media)


SAY: dict[str, Callable[[Network, Profile, str, Wish], Said]] = {
    "comment": _comment,
    "live_comment": _live_comment,
    "mention": _mention,
    "mention_in_caption": _mention_in_caption,
    "direct": _direct,
    "story_reply": _story_reply,
    "story_mention": _story_mention,
}


# ── changing one's mind ──


def edit(network: Network, wish: Wish) -> Any:
    """Of an edited comment nobody is told; of an edited message the account is."""
    thing, text = found(network, wish), wish.text("text")
    _own(wish, thing)
    match thing:
        case Comment():
            said.edit_comment(network, thing, text=text)
        case Mention():
            thing.text = text
            network.keep(thing)
        case Direct() if not thing.from_page:
            private.edit(network, thing, text=text)
        case _:
            raise BadWish("That cannot be edited.", status=403)
    return {"id": thing.id}


def delete(network: Network, wish: Wish) -> Any:
    """Of a deleted comment nobody is told; a message that is unsent is told of."""
    thing = found(network, wish)
    _own(wish, thing)
    match thing:
        case Comment():
            said.remove_comment(network, thing)
        case Post():
            said.remove_post(network, thing)
        case Mention():
            thing.removed = True
            network.keep(thing)
        case Direct():
            private.remove(network, thing)
    return {"id": thing.id}


def _own(wish: Wish, thing: Said) -> None:
    author = "" if isinstance(thing, Direct) and thing.from_page else thing.handle
    if "as" in wish and wish.text("as") != author:
        raise BadWish(f"{wish.text('as')} did not write {thing.id}.", status=403)


def react(network: Network, wish: Wish) -> Any:
    thing, handle = found(network, wish), wish.text("as")
    name = "" if wish.flag("remove", False) else wish.text("reaction", "love")
    if name and name not in REACTIONS:
        raise BadWish(f"A reaction is one of: {', '.join(REACTIONS)}.")
    network.person(handle)
    if isinstance(thing, Mention):
        raise BadWish("Nobody can react to that here.", status=409)
    if isinstance(thing, Direct):
        if handle != thing.handle:
            raise BadWish(f"{handle} is not part of this conversation.", status=403)
        if name or handle in thing.reactions:
            private.react(network, thing, by_page=False, name=name)
    else:
        said.like(network, thing, handle=handle, liked=bool(name))
    return {"id": thing.id}


def hide(network: Network, wish: Wish) -> Any:
    """By another tool of the company. Nobody is told."""
    thing = found(network, wish)
    if not isinstance(thing, Comment):
        raise BadWish("Only comments can be hidden.", status=409)
    said.hide_comment(network, thing, hidden=wish.flag("hidden", True))
    return {"id": thing.id}


# ── messages ──


def read(network: Network, wish: Wish) -> Any:
    profile, handle = profile_of(network, wish), wish.text("as")
    private.read(network, profile.id, handle=handle)
    return {"read_to": network.conversation(profile.id, handle).read_to}


def press(network: Network, wish: Wish) -> Any:
    profile, handle = profile_of(network, wish), wish.text("as")
    payload, title = wish.text("payload", "HOURS"), wish.text("title", "Opening hours")
    private.press(network, profile.id, handle=handle, title=title, payload=payload)
    return {"psid": network.psid(profile.id, handle)}


def come(network: Network, wish: Wish) -> Any:
    """Somebody follows a link into the conversation."""
    profile, handle = profile_of(network, wish), wish.text("as")
    private.come(network, profile.id, handle=handle, ref=wish.text("ref", "spring"))
    return {"psid": network.psid(profile.id, handle)}


def block(network: Network, wish: Wish) -> Any:
    conversation = network.conversation(profile_of(network, wish).id, wish.text("as"))
    conversation.blocked = wish.flag("blocked", True)
    network.keep(conversation)
    return {"blocked": conversation.blocked}


def own_app(network: Network, wish: Wish) -> Any:
    """The company answers in Instagram's own app: Heard only hears of it."""
    profile, text = profile_of(network, wish), wish.text("text")
    if "under" in wish:
        under = found(network, wish, "under")
        if not isinstance(under, Post | Comment):
            raise BadWish("One answers below pictures and comments.", status=409)
        return {"id": said.write_comment(network, under=under, handle="", text=text).id}
    handle = wish.text("to")
    return {"id": private.answer(network, profile.id, handle=handle, text=text, app=private.INSTAGRAM_APP).id}


VERBS: dict[str, tuple[Callable[[Network, Wish], Any], str]] = {
    "say": (say, SAY_FIELDS),
    "edit": (edit, "id as text"),
    "delete": (delete, "id as"),
    "react": (react, "id as reaction remove"),
    "hide": (hide, "id hidden"),
    "read": (read, "as page"),
    "press": (press, "as title payload page"),
    "come": (come, "as ref page"),
    "block": (block, "as blocked page"),
    "own_app": (own_app, "to under text page"),
}
