"""Our own pictures: a container for each, then the word that makes it public."""

from __future__ import annotations

import time
from datetime import datetime
from typing import Any, Final

from heard.channels.contract import NewPost, Problem, Rejected, Sent, TryAgain, Upload, Wire
from heard.channels.fields import as_id, as_list, as_mapping
from heard.channels.instagram.graphs import account_graph
from heard.channels.instagram.posted import MEDIA, as_post
from heard.channels.meta.graph import Graph
from heard.channels.meta.posted import with_permalink
from heard.channels.meta.private import sent

_LOOKS: Final = 10
_BETWEEN_LOOKS_S: Final = 1.0
_DEAD: Final = frozenset({"ERROR", "EXPIRED"})


def publish(post: NewPost, wire: Wire[Any]) -> Sent:
    """Raises like `send`. Until the last call nothing can be seen by anybody."""
    if not post.pictures:
        raise Rejected("Instagram publishes nothing without a picture.", problem=Problem.INVALID)
    graph, account = account_graph(wire), wire.credentials.account
    container = _all_in_one(graph, account, post)
    _until_ready(graph, container)
    answer = graph.send(account, "media_publish", json={"creation_id": container})
    return with_permalink(graph, sent(answer.get("id"), graph), field="permalink")


def find_published(post: NewPost, wire: Wire[Any], *, since: datetime) -> list[Sent]:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    graph, account = account_graph(wire), wire.credentials.account
    said = graph.read(account, "media", params={"fields": MEDIA, "limit": "25"})
    known = [as_post(as_mapping(one), as_id(as_mapping(one).get("id"))) for one in as_list(said.get("data"))]
    same = [one for one in known if one.text.split() == post.text.split()]
    earliest = since.replace(microsecond=0)  # Meta's times are whole seconds
    return [Sent(one.external_id, permalink=one.permalink) for one in same if one.at and one.at >= earliest]


def _all_in_one(graph: Graph, account: str, post: NewPost) -> str:
    if len(post.pictures) == 1:
        return _container(graph, account, {**_picture(post.pictures[0]), "caption": post.text})
    parts = [
        _container(graph, account, {**_picture(picture), "is_carousel_item": "true"})
        for picture in post.pictures
    ]
    asked = {"media_type": "CAROUSEL", "children": ",".join(parts), "caption": post.text}
    return _container(graph, account, asked)


def _picture(picture: Upload) -> dict[str, str]:
    if not picture.url:
        reason = "Instagram fetches pictures itself and needs an address for each."
        raise Rejected(reason, problem=Problem.MEDIA_REJECTED)
    return {"image_url": picture.url} | ({"alt_text": picture.alt} if picture.alt else {})


def _container(graph: Graph, account: str, asked: dict[str, str]) -> str:
    made = as_id(graph.change("POST", account, "media", json=asked).get("id"))
    if not made:
        raise TryAgain("Instagram took the picture and gave it no number.")
    return made


def _until_ready(graph: Graph, container: str) -> None:
    for look in range(_LOOKS):
        said = graph.read(container, params={"fields": "status_code,status"})
        match said.get("status_code"):
            case "FINISHED" | "PUBLISHED" | None:
                return
            case status if status in _DEAD:
                reason = f"Instagram could not use a picture: {said.get('status') or status}"
                raise Rejected(reason[:500], problem=Problem.MEDIA_REJECTED)
        if look + 1 < _LOOKS:
            time.sleep(_BETWEEN_LOOKS_S)
    raise TryAgain("Instagram is still working on the pictures.")
