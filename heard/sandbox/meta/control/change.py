"""Customers change their minds: edit, delete, react, read, block; and the page answers past Heard."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta import opinions, private, public
from heard.sandbox.meta.control.say import page_of
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Direct, Mention, Post, Review
from heard.sandbox.wish import BadWish, Wish

REACTIONS = ("like", "love", "wow", "haha", "sad", "angry", "care")
Said = Comment | Post | Direct | Mention | Review


def said(network: Network, slug: str, wish: Wish) -> Said:
    """What the field `id` names. Raises BadWish."""
    id = wish.text("id")
    found: Said | None
    if slug == "messenger":
        found = network.directs.get(id)
    else:
        found = (
            network.comments.get(id)
            or network.posts.get(id)
            or network.reviews.get(id)
            or network.mentions.get(id)
        )
    if found is None:
        raise BadWish(f"{slug} knows nothing with the id {id!r}.", status=404)
    if found.removed:
        raise BadWish(f"{id} was deleted.", status=410)
    return found


def _own(wish: Wish, thing: Said) -> None:
    by_page = thing.from_page if isinstance(thing, Direct) else not thing.handle
    author = "" if by_page else thing.handle
    if "as" in wish and wish.text("as") != author:
        raise BadWish(f"{wish.text('as')} did not write {thing.id}.", status=403)


def edit(network: Network, slug: str, wish: Wish) -> Any:
    thing, text = said(network, slug, wish), wish.text("text")
    _own(wish, thing)
    match thing:
        case Comment():
            public.edit_comment(network, thing, text=text)
        case Post():
            public.edit_post(network, thing, text=text)
        case Review():
            stars = int(wish.number("stars")) if "stars" in wish else None
            recommends = wish.flag("recommends", True) if "recommends" in wish else None
            opinions.edit_review(network, thing, text=text, stars=stars, recommends=recommends)
        case Mention():
            opinions.edit_mention(network, thing, text=text)
        case Direct():
            if thing.from_page:
                raise BadWish("Messenger does not let a page edit its messages.", status=403)
            private.edit(network, thing, text=text)
    return {"id": thing.id}


def delete(network: Network, slug: str, wish: Wish) -> Any:
    thing = said(network, slug, wish)
    _own(wish, thing)
    match thing:
        case Comment():
            public.remove_comment(network, thing)
        case Post():
            public.remove_post(network, thing)
        case Review():
            opinions.remove_review(network, thing)
        case Mention():
            opinions.remove_mention(network, thing)
        case Direct():
            private.remove(network, thing)
    return {"id": thing.id}


def react(network: Network, slug: str, wish: Wish) -> Any:
    thing, handle = said(network, slug, wish), wish.text("as")
    name = "" if wish.flag("remove", False) else wish.text("reaction", "like")
    if name and name not in REACTIONS:
        raise BadWish(f"A reaction is one of: {', '.join(REACTIONS)}.")
    network.person(handle)
    match thing:
        case Comment() | Post():
            if not name and handle not in thing.reactions:
                raise BadWish(f"{handle} has not reacted to {thing.id}.", status=409)
            public.react(network, thing, handle=handle, name=name)
        case Direct():
            if handle != thing.handle:
                raise BadWish(f"{handle} is not part of this conversation.", status=403)
            if name or handle in thing.reactions:
                private.react(network, thing, by_page=False, name=name)
        case _:
            raise BadWish("Nobody can react to that here.", status=409)
    return {"id": thing.id}


def hide(network: Network, slug: str, wish: Wish) -> Any:
    """Hidden by the network's own filter or by another tool of the company."""
    thing, hidden = said(network, slug, wish), wish.flag("hidden", True)
    match thing:
        case Comment():
            public.hide_comment(network, thing, hidden=hidden)
        case Post():
            public.hide_post(network, thing, hidden=hidden)
        case _:
            raise BadWish("Only posts and comments can be hidden.", status=409)
    return {"id": thing.id}


def read(network: Network, slug: str, wish: Wish) -> Any:
    page, handle = page_of(network, wish), wish.text("as")
    private.read(network, page.id, handle=handle)
    return {"read_to": network.conversation(page.id, handle).read_to}


def press(network: Network, slug: str, wish: Wish) -> Any:
    page, handle = page_of(network, wish), wish.text("as")
    payload = wish.text("payload", "GET_STARTED")
    private.press(network, page.id, handle=handle, title=wish.text("title", "Get started"), payload=payload)
    return {"psid": network.psid(page.id, handle)}


def block(network: Network, slug: str, wish: Wish) -> Any:
    """The customer blocks the page, or lets it write again."""
    conversation = network.conversation(page_of(network, wish).id, wish.text("as"))
    conversation.blocked = wish.flag("blocked", True)
    network.keep(conversation)
    return {"blocked": conversation.blocked}


def own_app(network: Network, slug: str, wish: Wish) -> Any:
    """The company answers in the network's own app: Heard only hears the echo."""
    page, text = page_of(network, wish), wish.text("text")
    if slug == "facebook":
        under = network.comments.get(wish.text("under")) or network.posts.get(wish.text("under"))
        if under is None or under.removed:
            raise BadWish(f"There is no comment or post {wish.text('under')!r}.", status=404)
        return {"id": public.write_comment(network, under=under, handle="", text=text).id}
    handle = wish.text("to")
    conversation = network.conversation(page.id, handle)
    direct = private.answer(network, page.id, handle=handle, text=text, app=private.INBOX_APP)
    if wish.flag("take_thread", False):
        detail = {
            "previous_owner_app_id": conversation.owner or page.apps["messenger"],
            "new_owner_app_id": private.INBOX_APP,
            "metadata": "",
        }
        conversation.owner = private.INBOX_APP
        network.keep(conversation)
        private.tell_handover(network, conversation, "take_thread_control", detail)
    return {"id": direct.id}
