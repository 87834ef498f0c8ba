"""The calls about pictures, comments and mentions on Instagram."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta.graph import people
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, gone, wrong
from heard.sandbox.meta.graph.fields import Field, parse, pick
from heard.sandbox.meta.graph.paging import listing, page_of, within
from heard.sandbox.meta.graph.tokens import INSTAGRAM_HOST, need
from heard.sandbox.meta.instagram import nodes, said
from heard.sandbox.meta.things import Comment, Post, Profile

COMMENT_LIMIT = 2_200
DONE = {"success": True}
BASIC = ("instagram_business_basic", "instagram_basic")
COMMENTS = ("instagram_business_manage_comments", "instagram_manage_comments")


# ── the account ──


def read_account(call: Call, profile: Profile) -> Any:
    need(call, *BASIC)
    shown = dict(people.account(call.network, profile))
    if call.host == INSTAGRAM_HOST:
        # Here `id` belongs to the app, and `user_id` is what everything else calls the account.
        shown |= {"id": f"99{profile.id[4:]}", "user_id": profile.id}
    shown |= {
        "mentioned_media": lambda field: _mentioned(call, profile, field, item="caption"),
        "mentioned_comment": lambda field: _mentioned(call, profile, field, item="comment"),
    }
    return pick(shown, call.fields("id"), kind="IGUser")


def _mentioned(call: Call, profile: Profile, field: Field, *, item: str) -> Any:
    _only_with_facebook_login(call, field.name)
    id = field.arguments.get("media_id" if item == "caption" else "comment_id", "")
    mention = call.network.mentions.get(id)
    if mention is None or mention.removed or (mention.page, mention.item) != (profile.id, item):
        raise gone(id, call.method)
    show = nodes.mentioned_media if item == "caption" else nodes.mentioned_comment
    return pick(show(call.network, mention), field.sub or parse("id"), kind="IGMention")


def _only_with_facebook_login(call: Call, name: str) -> None:
    if call.host == INSTAGRAM_HOST:
        raise wrong(f"Tried accessing nonexisting field ({name}) on node type (IGUser)")


def answer_mention(call: Call, profile: Profile) -> Any:
    _only_with_facebook_login(call, "mentions")
    need(call, *COMMENTS)
    media, comment = call.text("media_id"), call.text("comment_id")
    mention = call.network.mentions.get(comment or media)
    if mention is None or mention.removed or (mention.page, mention.post) != (profile.id, media):
        raise gone(comment or media, call.method)
    text = _words(call)
    return {"id": said.answer_mention(call.network, mention, text=text, app=_app(call)).id}


# ── pictures ──


def read_pictures(call: Call, profile: Profile) -> Any:
    need(call, *BASIC)
    found = [
        post
        for post in call.network.posts.values()
        if post.page == profile.id and not post.removed and post.item != "live" and within(call, post.at)
    ]
    found.sort(key=lambda post: (post.at, post.id), reverse=True)
    some, paging = page_of(call, found, f"{profile.id}/media")
    fields = call.fields(nodes.MEDIA)
    return listing(
        call, [pick(nodes.picture(call.network, one), fields, kind="IGMedia") for one in some], paging
    )


def read_picture(call: Call, post: Post) -> Any:
    need(call, *BASIC)
    return pick(nodes.picture(call.network, post), call.fields(nodes.MEDIA), kind="IGMedia")


# ── comments ──


def read_comments(call: Call, above: Post | Comment) -> Any:
    need(call, *COMMENTS)
    edge = "comments" if isinstance(above, Post) else "replies"
    post = above.id if isinstance(above, Post) else above.post
    found = nodes.standing(call.network, post, above.id)
    if edge == "comments":
        found.reverse()
    some, paging = page_of(call, found, f"{above.id}/{edge}")
    fields = call.fields(nodes.LISTED)
    rows = [pick(nodes.comment(call.network, one), fields, kind="IGComment") for one in some]
    return listing(call, rows, paging)


def write_comment(call: Call, above: Post | Comment) -> Any:
    need(call, *COMMENTS)
    text = _words(call)
    post = call.network.posts[above.post if isinstance(above, Comment) else above.id]
    if isinstance(above, Comment) and (above.hidden or post.item == "live"):
        raise GraphError("(#100) This comment cannot be replied to.", code=100, subcode=2207085)
    return {"id": said.write_comment(call.network, under=above, handle="", text=text, app=_app(call)).id}


def _words(call: Call) -> str:
    text = call.text("message")
    if not text.strip():
        raise wrong("The parameter message is required.")
    if len(text) > COMMENT_LIMIT:
        raise wrong(f"The parameter message is longer than {COMMENT_LIMIT} characters.")
    return text


def _app(call: Call) -> str:
    return call.app.id if call.app else ""


def read_comment(call: Call, comment: Comment) -> Any:
    need(call, *COMMENTS)
    return pick(nodes.comment(call.network, comment), call.fields(nodes.COMMENT), kind="IGComment")


def hide_comment(call: Call, comment: Comment) -> Any:
    need(call, *COMMENTS)
    hidden = call.flag("hide")
    if hidden is None:
        raise wrong("The parameter hide is required.")
    if not comment.handle:
        raise wrong("Comments of the account itself cannot be hidden.")
    said.hide_comment(call.network, comment, hidden=hidden)
    return DONE


def remove_comment(call: Call, comment: Comment) -> Any:
    need(call, *COMMENTS)
    said.remove_comment(call.network, comment)
    return DONE
