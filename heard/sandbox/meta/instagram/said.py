"""What is said and done in public on Instagram, and who is told of it.

`handle` "" is the account itself. Of edits, deletions and hiding nobody is told.
"""

from __future__ import annotations

from collections.abc import Sequence

from heard.channels.instagram import simulator as wording
from heard.sandbox.meta import hooks
from heard.sandbox.meta.authors import author
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.public import replies, root
from heard.sandbox.meta.things import Comment, Media, Mention, Post, Profile


def write_comment(
    network: Network, *, under: Post | Comment, handle: str, text: str, app: str = ""
) -> Comment:
    """Below a reply it is put under the comment at the top: there are two levels and no more."""
    above = root(network, under) if isinstance(under, Comment) else under
    post = above.post if isinstance(above, Comment) else above.id
    comment = Comment(
        id=network.picture_number(),
        page=above.page,
        post=post,
        parent=above.id,
        handle=handle,
        text=text,
        at=network.clock.now(),
        app=app,
    )
    network.add(comment)
    _tell(network, comment)
    return comment


def _tell(network: Network, comment: Comment) -> None:
    post = network.posts[comment.post]
    value = wording.comment(
        id=comment.id,
        text=comment.text,
        parent="" if comment.parent == comment.post else comment.parent,
        author=author(network, comment.page, comment.handle),
        media=comment.post,
    )
    field = "live_comments" if post.item == "live" else "comments"
    hooks.picture_change(network, comment.page, field, value, lane=root(network, comment).id)


def edit_comment(network: Network, comment: Comment, *, text: str) -> None:
    comment.text, comment.edited_at = text, network.clock.now()
    network.keep(comment)


def remove_comment(network: Network, comment: Comment) -> None:
    for one in (comment, *replies(network, comment)):
        one.removed = True
        network.keep(one)


def hide_comment(network: Network, comment: Comment, *, hidden: bool) -> None:
    comment.hidden = hidden
    network.keep(comment)


def remove_post(network: Network, post: Post) -> None:
    post.removed = True
    network.keep(post)
    for comment in network.under_post[post.id]:
        comment.removed = True
        network.keep(comment)


def like(network: Network, thing: Post | Comment, *, handle: str, liked: bool) -> None:
    """Nobody is told; one sees it on the page."""
    thing.reactions.pop(handle, None)
    thing.reactions |= {handle: "like"} if liked else {}
    network.keep(thing)


def write_mention(
    network: Network, profile: Profile, *, handle: str, text: str, item: str = "comment"
) -> Mention:
    """In the caption of a picture of one's own, or in a comment under somebody's picture."""
    network.person(handle)
    media = network.picture_number()
    id = media if item == "caption" else network.picture_number()
    mention = Mention(id, profile.id, handle, item, media, text, network.clock.now())
    network.add(mention)
    value = wording.mention(media=media, comment="" if item == "caption" else id)
    hooks.picture_change(network, profile.id, "mentions", value, lane=id)
    return mention


def answer_mention(network: Network, mention: Mention, *, text: str, app: str) -> Comment:
    """Under somebody else's picture, so nobody is told."""
    comment = Comment(
        id=network.picture_number(),
        page=mention.page,
        post=mention.post,
        parent=mention.id,
        handle="",
        text=text,
        at=network.clock.now(),
        app=app,
    )
    network.add(comment)
    return comment


def publish(network: Network, profile: Profile, *, text: str, media: Sequence[Media]) -> Post:
    post = Post(network.picture_number(), profile.id, "", text, network.clock.now(), "photo", list(media))
    network.add(post)
    return post
