"""The calls by which the page publishes posts and photos."""

from __future__ import annotations

from typing import Any

from heard.sandbox.meta import public
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError, wrong
from heard.sandbox.meta.graph.public_calls import check_text, kept_picture
from heard.sandbox.meta.graph.tokens import need
from heard.sandbox.meta.things import Media, Page

POST_LIMIT = 63_206
TWICE_S = 3600  # the same post within an hour is a slip of the finger


def publish(call: Call, page: Page) -> Any:
    need(call, "pages_manage_posts")
    text, link = call.text("message"), call.text("link")
    attached = call.thing("attached_media") or []
    media = [kept_picture(call, str(one["media_fbid"])) for one in attached]
    if not link:
        check_text(text, media, POST_LIMIT)
    _refuse_twice(call, page, text)
    published = call.flag("published") is not False
    post = public.write_post(
        call.network, page, handle="", text=text, media=media, link=link, published=published
    )
    return {"id": post.id}


def _refuse_twice(call: Call, page: Page, text: str) -> None:
    since = call.network.clock.now() - TWICE_S
    for post in call.network.posts.values():
        if text and (post.page, post.handle, post.text) == (page.id, "", text) and post.at > since:
            raise GraphError("(#506) Duplicate status message", code=506, subcode=1455006)


def publish_photo(call: Call, page: Page) -> Any:
    need(call, "pages_manage_posts")
    url = call.text("url")
    if not url and "source" not in call.files:
        raise wrong("One of url or source must be given.")
    alt = call.text("alt_text_custom")
    media = [Media("image", url or call.network.upload(call.files["source"]), alt)]
    published = call.flag("published") is not False
    text = call.text("message") or call.text("caption")
    post = public.write_post(call.network, page, handle="", text=text, media=media, published=published)
    answer = {"id": post.id.rpartition("_")[2]}
    return answer | ({"post_id": post.id} if published else {})
