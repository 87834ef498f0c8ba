"""Our own posts on the page: words, one picture, or several."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from heard.channels.contract import NewPost, Problem, Rejected, Sent, Upload
from heard.channels.fields import as_id, as_list, as_mapping, as_url
from heard.channels.meta.graph import Graph
from heard.channels.meta.posted import with_permalink
from heard.channels.meta.private import sent
from heard.channels.meta.same import SameMessage


def publish(graph: Graph, page: str, post: NewPost) -> Sent:
    """Raises like `send`."""
    return with_permalink(graph, sent(_published(graph, page, post), graph), field="permalink_url")


def find_published(graph: Graph, page: str, post: NewPost, *, since: datetime) -> list[Sent]:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    same = SameMessage(page, post.text, since)
    params = {"fields": "id,from,message,created_time,permalink_url", "limit": "25"}
    listed = as_list(graph.read(page, "feed", params=params).get("data"))
    found = [as_mapping(one) for one in listed if same.fits(as_mapping(one))]
    return [Sent(as_id(one.get("id")), permalink=as_url(one.get("permalink_url"))) for one in found]


def _published(graph: Graph, page: str, post: NewPost) -> Any:
    if len(post.pictures) == 1:
        form = _about(post.pictures[0]) | {"message": post.text}
        return graph.send(page, "photos", form=form, files={"source": post.pictures[0]}).get("post_id")
    # Nobody sees these before they hang on a post, so it does no harm when one is uploaded twice.
    attached = [{"media_fbid": uploaded(graph, page, picture)} for picture in post.pictures]
    body = {"message": post.text} | ({"attached_media": attached} if attached else {})
    return graph.send(page, "feed", json=body).get("id")


def uploaded(graph: Graph, page: str, picture: Upload) -> str:
    """A picture that hangs on nothing yet, by its number."""
    form = _about(picture) | {"published": "false"}
    made = as_id(graph.change("POST", page, "photos", form=form, files={"source": picture}).get("id"))
    if not made:
        raise Rejected("Facebook took a picture and gave it no number.", problem=Problem.MEDIA_REJECTED)
    return made


def _about(picture: Upload) -> dict[str, str]:
    return {"alt_text_custom": picture.alt} if picture.alt else {}
