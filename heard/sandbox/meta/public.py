"""What is said and done in public, by customers and by the page alike, and who is told of it.

`handle` "" is the page. Each function changes the network and tells the apps in one go.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from heard.channels.facebook import simulator as wording
from heard.sandbox.clock import graph_time
from heard.sandbox.meta import hooks, media
from heard.sandbox.meta.authors import author
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Comment, Media, Mention, Page, Post, Reactable, Review

# ── comments ──


def write_comment(
    network: Network,
    *,
    under: Post | Comment,
    handle: str,
    text: str,
    media: Sequence[Media] = (),
    app: str = "",
) -> Comment:
    post = under.id if isinstance(under, Post) else under.post
    comment = Comment(
        id=f"{post.rpartition('_')[2]}_{network.number()}",
        page=under.page,
        post=post,
        parent=under.id,
        handle=handle,
        text=text,
        at=network.clock.now(),
        media=list(media),
        app=app,
    )
    network.add(comment)
    tell_comment(network, comment, "add")
    return comment


def write_elsewhere(network: Network, thing: Mention | Review, *, text: str, app: str) -> Comment:
    """The page answers where it was mentioned or reviewed."""
    post = thing.post if isinstance(thing, Mention) else thing.id
    id = f"{post.rpartition('_')[2]}_{network.number()}"
    comment = Comment(id, thing.page, post, thing.id, "", text, network.clock.now(), app=app)
    network.add(comment)
    tell_comment(network, comment, "add")
    return comment


def edit_comment(network: Network, comment: Comment, *, text: str) -> None:
    comment.text, comment.edited_at = text, network.clock.now()
    network.keep(comment)
    tell_comment(network, comment, "edited")


def hide_comment(network: Network, comment: Comment, *, hidden: bool) -> None:
    if comment.hidden == hidden:
        return
    comment.hidden = hidden
    network.keep(comment)
    tell_comment(network, comment, "hide" if hidden else "unhide")


def remove_comment(network: Network, comment: Comment) -> None:
    """Its replies go with it. Facebook tells of the comment alone."""
    comment.removed = True
    network.keep(comment)
    for reply in replies(network, comment):
        reply.removed = True
        network.keep(reply)
    tell_comment(network, comment, "remove")


def replies(network: Network, comment: Comment) -> list[Comment]:
    """All below a comment, however deep."""
    below = {comment.id}
    found = []
    for one in network.under_post[comment.post]:
        if one.parent in below:
            below.add(one.id)
            found.append(one)
    return found


def root(network: Network, comment: Comment) -> Comment:
    while comment.parent in network.comments:
        comment = network.comments[comment.parent]
    return comment


def tell_comment(network: Network, comment: Comment, verb: str) -> None:
    rest: dict[str, Any] = {"comment_id": comment.id, "post_id": comment.post, "parent_id": comment.parent}
    if verb != "remove":
        rest |= {"message": comment.text, "created_time": int(comment.at)}
    if verb in {"add", "edited"}:
        rest |= {"media": media.in_feed(network, comment.media), "post": _post_brief(network, comment.post)}
    who = author(network, comment.page, comment.handle)
    value = wording.comment(verb, who, **rest)
    if field := _field(network, comment):
        hooks.change(network, comment.page, field, value, lane=root(network, comment).id)


def _field(network: Network, comment: Comment) -> str:
    """What is said where the page was mentioned is not on its own page, so nobody is told: ""."""
    if comment.post in network.posts:
        return "feed"
    return "ratings" if comment.post in network.reviews else ""


def _post_brief(network: Network, post_id: str) -> dict[str, Any] | None:
    post = network.posts.get(post_id)
    if post is None:
        return None
    return {
        "status_type": "added_photos" if post.item == "photo" else "mobile_status_update",
        "is_published": post.published,
        "updated_time": graph_time(updated_at(network, post)),
        "permalink_url": permalink(network, post.id),
        "promotion_status": "inactive" if post.published else "active",
        "id": post.id,
    }


def updated_at(network: Network, post: Post) -> float:
    """A post counts as changed when somebody comments on it."""
    newest = network.under_post[post.id][-1:]
    return max(post.at, post.edited_at, *(comment.at for comment in newest))


def permalink(network: Network, id: str) -> str:
    post = network.comments[id].post if id in network.comments else id
    return network.address.below(f"facebook?post={post}#{id}")


# ── posts ──


def write_post(
    network: Network,
    page: Page,
    *,
    handle: str,
    text: str,
    media: Sequence[Media] = (),
    link: str = "",
    published: bool = True,
) -> Post:
    item = "photo" if media else "status"
    if handle:
        item = "post"
    elif link:
        item = "share"
    post = Post(
        id=f"{page.id}_{network.number()}",
        page=page.id,
        handle=handle,
        text=text,
        at=network.clock.now(),
        item=item,
        media=list(media),
        link=link,
        published=published,
    )
    network.add(post)
    tell_post(network, post, "add")
    return post


def edit_post(network: Network, post: Post, *, text: str) -> None:
    post.text, post.edited_at = text, network.clock.now()
    network.keep(post)
    # Not a slip: the network says "edit" for visitors' posts and "edited" for the page's own.
    tell_post(network, post, "edit" if post.handle else "edited")


def hide_post(network: Network, post: Post, *, hidden: bool) -> None:
    if post.hidden == hidden:
        return
    post.hidden = hidden
    network.keep(post)
    tell_post(network, post, "hide" if hidden else "unhide")


def remove_post(network: Network, post: Post) -> None:
    post.removed = True
    network.keep(post)
    for comment in network.under_post[post.id]:
        comment.removed = True
        network.keep(comment)
    tell_post(network, post, "remove")


def tell_post(network: Network, post: Post, verb: str) -> None:
    who = author(network, post.page, post.handle)
    shared: dict[str, Any] = {"post_id": post.id, "message": post.text, "created_time": int(post.at)}
    if post.item == "post":
        value = wording.visitor_post(verb, who, page_id=post.page, hidden=post.hidden, **shared)
        value |= media.in_feed(network, post.media) if verb == "add" else {}
    else:
        pictures = [media.link(network, one.url) for one in post.media]
        value = wording.own_post(post.item, verb, who, published=post.published, pictures=pictures, **shared)
        if post.link:
            value["link"] = post.link
    hooks.change(network, post.page, "feed", value, lane=post.id)


# ── reactions ──


def react(network: Network, thing: Reactable, *, handle: str, name: str) -> None:
    """`name` "" takes the reaction back."""
    before = thing.reactions.get(handle, "")
    if before == name:
        return
    if name:
        thing.reactions[handle] = name
    else:
        del thing.reactions[handle]
    network.keep(thing)
    verb = "remove" if not name else "edit" if before else "add"
    _tell_reaction(network, thing, verb, handle=handle, name=name or before)


def _tell_reaction(network: Network, thing: Reactable, verb: str, *, handle: str, name: str) -> None:
    post, parent = (thing.id, thing.id) if isinstance(thing, Post) else (thing.post, thing.parent)
    value = wording.reaction(
        verb,
        author(network, thing.page, handle),
        name=name,
        post_id=post,
        parent_id=parent,
        comment_id=thing.id if isinstance(thing, Comment) else None,
        created_time=int(network.clock.now()),
    )
    lane = post if isinstance(thing, Post) else root(network, thing).id
    hooks.change(network, thing.page, "feed", value, lane=lane)
