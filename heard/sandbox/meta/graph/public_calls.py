"""The calls about what is public: reading, commenting, liking, hiding, deleting, publishing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from heard.sandbox.meta import public
from heard.sandbox.meta.graph import nodes
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, gone, wrong
from heard.sandbox.meta.graph.fields import Node, pick
from heard.sandbox.meta.graph.paging import listing, page_of, within
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Comment, Media, Mention, Post, Review

COMMENT_LIMIT = 8_000

DONE = {"success": True}


def own(call: Call, id: str) -> Post | Comment | Mention | Review:
    """Something public that this page's token may see. Raises GraphError."""
    network = call.network
    thing = (
        network.posts.get(id)
        or network.comments.get(id)
        or network.mentions.get(id)
        or network.reviews.get(id)
    )
    if thing is None or thing.removed or thing.page != call.page.id:
        raise gone(id, call.method)
    return thing


def _commentable(call: Call, id: str) -> Post | Comment:
    thing = own(call, id)
    if isinstance(thing, (Mention, Review)):
        raise gone(id, call.method)
    return thing


# ── comments ──


def read_comments(call: Call, id: str) -> Any:
    need(call, "pages_read_user_content")
    above = own(call, id)
    post = above.id if isinstance(above, (Post, Review)) else above.post
    stream = call.text("filter", "toplevel") == "stream"
    below = {above.id}
    found = []
    for one in call.network.under_post[post]:
        if one.parent in below:
            if stream:
                below.add(one.id)
            if not one.removed and within(call, one.at):
                found.append(one)
    if call.text("order") == "reverse_chronological":
        found.reverse()
    some, paging = page_of(call, found, f"{id}/comments")
    fields = call.fields(nodes.COMMENT)
    answer = listing(
        call, [pick(nodes.comment(call.network, one), fields, kind="Comment") for one in some], paging
    )
    if call.flag("summary") or call.text("summary") == "total_count":
        answer["summary"] = {"order": "chronological", "total_count": len(found), "can_comment": True}
    return answer


def write_comment(call: Call, id: str) -> Any:
    need(call, "pages_manage_engagement")
    thing = own(call, id)
    text, media = call.text("message"), _attached(call)
    check_text(text, media, COMMENT_LIMIT)
    app = call.app.id if call.app else ""
    if isinstance(thing, (Mention, Review)):
        comment = public.write_elsewhere(call.network, thing, text=text, app=app)
    else:
        comment = public.write_comment(call.network, under=thing, handle="", text=text, media=media, app=app)
    return {"id": comment.id}


def _attached(call: Call) -> list[Media]:
    if url := call.text("attachment_url") or call.text("attachment_share_url"):
        return [Media("image", call.fetched.get(url, url))]
    if id := call.text("attachment_id"):
        return [kept_picture(call, id)]
    return []


def kept_picture(call: Call, id: str) -> Media:
    post = call.network.posts.get(f"{call.page.id}_{id}")
    if post is None or not post.media:
        raise wrong("Invalid attachment_id")
    return post.media[0]


def check_text(text: str, media: list[Media], limit: int) -> None:
    if not text.strip() and not media:
        raise wrong("One of message or an attachment must be given.")
    if len(text) > limit:
        raise wrong(f"The parameter message is longer than {limit} characters.")


# ── one object ──


def read_node(call: Call, thing: Any) -> Any:
    network = call.network
    shown: dict[type[Any], tuple[Callable[..., Node], str, str]] = {
        Comment: (nodes.comment, nodes.COMMENT, "Comment"),
        Post: (nodes.post, nodes.POST, "Post"),
        Mention: (nodes.mention, nodes.POST, "Post"),
        Review: (nodes.rating, nodes.RATING, "Recommendation"),
    }
    show, default, kind = shown[type(thing)]
    if kind != "Recommendation":
        need(call, "pages_read_engagement")
    return pick(show(network, thing), call.fields(default), kind=kind)


def change_node(call: Call, id: str) -> Any:
    thing = _commentable(call, id)
    if isinstance(thing, Comment):
        return _change_comment(call, thing)
    return _change_post(call, thing)


def _change_comment(call: Call, comment: Comment) -> Any:
    need(call, "pages_manage_engagement")
    hidden = call.flag("is_hidden")
    if hidden is not None:
        public.hide_comment(call.network, comment, hidden=hidden)
    if "message" in call.values:
        if comment.handle:
            raise GraphError("(#200) Only the author of a comment can edit it.", code=200, status=403)
        check_text(call.text("message"), [], COMMENT_LIMIT)
        public.edit_comment(call.network, comment, text=call.text("message"))
    elif hidden is None:
        raise wrong("Nothing to change was given.")
    return DONE


def _change_post(call: Call, post: Post) -> Any:
    need(call, "pages_manage_posts")
    if (hidden := call.flag("is_hidden")) is not None:
        public.hide_post(call.network, post, hidden=hidden)
    if (pinned := call.flag("is_pinned")) is not None:
        post.pinned = pinned
        call.network.keep(post)
    if "message" in call.values:
        if post.handle:
            raise GraphError("(#200) Only the author of a post can edit it.", code=200, status=403)
        public.edit_post(call.network, post, text=call.text("message"))
    return DONE


def remove_node(call: Call, id: str) -> Any:
    need(call, "pages_manage_engagement")
    thing = _commentable(call, id)
    if isinstance(thing, Comment):
        public.remove_comment(call.network, thing)
    else:
        public.remove_post(call.network, thing)
    return DONE


def like(call: Call, id: str) -> Any:
    return _react(call, id, "like")


def unlike(call: Call, id: str) -> Any:
    return _react(call, id, "")


def _react(call: Call, id: str, name: str) -> Any:
    """Harmless when repeated. Only what happens on the page itself is told to the apps."""
    need(call, "pages_manage_engagement")
    thing = own(call, id)
    if isinstance(thing, (Mention, Review)):
        thing.reactions.pop("", None)
        thing.reactions |= {"": name} if name else {}
        call.network.keep(thing)
    elif name or "" in thing.reactions:
        public.react(call.network, thing, handle="", name=name)
    return DONE


def read_likes(call: Call, id: str) -> Any:
    thing = _commentable(call, id)
    node = nodes.post(call.network, thing) if isinstance(thing, Post) else nodes.comment(call.network, thing)
    return node["likes"](None)
