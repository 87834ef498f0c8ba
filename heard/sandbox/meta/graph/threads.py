"""What conversations and direct messages show of themselves."""

from __future__ import annotations

from typing import Any

from heard.sandbox.clock import graph_time
from heard.sandbox.meta import media
from heard.sandbox.meta.authors import partner
from heard.sandbox.meta.graph.fields import Field, Node, parse, pick
from heard.sandbox.meta.network import Network
from heard.sandbox.meta.things import Conversation, Direct

NEWEST_READABLE = 20  # messages of a thread

CONVERSATION = "id,link,updated_time"
MESSAGE = "id,created_time"


def conversation(network: Network, thing: Conversation) -> Node:
    said = network.said[thing.page, thing.handle]
    both = [partner(network, thing.page, thing.handle), partner(network, thing.page, "")]
    return {
        "id": thing.id,
        "link": f"/{thing.page}/inbox/{thing.id}/",
        "updated_time": graph_time(thing.updated_at),
        "participants": {"data": both},
        "senders": {"data": both},
        "message_count": len(said),
        "unread_count": sum(1 for one in said if not one.from_page and one.at > thing.seen_to),
        "can_reply": bool(thing.opened_at),
        "snippet": said[-1].text if said else None,
        "messages": lambda field: messages(network, thing, field),
    }


def messages(network: Network, thing: Conversation, field: Field) -> Any:
    """Newest first; of older ones only the id can be read."""
    said = [one for one in reversed(network.said[thing.page, thing.handle]) if not one.removed]
    some = said[: int(field.arguments.get("limit", "25"))]
    fields = field.sub or parse(MESSAGE)
    rows = [
        pick(direct(network, one), fields, kind="Message") if place < NEWEST_READABLE else {"id": one.id}
        for place, one in enumerate(some)
    ]
    return {"data": rows}


def direct(network: Network, thing: Direct) -> Node:
    ends = partner(network, thing.page, thing.handle), partner(network, thing.page, "")
    sender, receiver = reversed(ends) if thing.from_page else ends
    return {
        "id": thing.id,
        "created_time": graph_time(thing.at),
        "from": sender,
        "to": {"data": [receiver]},
        "message": thing.text,
        "attachments": _direct_attachments(network, thing),
        "sticker": None,
        "tags": {"data": [{"name": "inbox"}, {"name": "read"}]},
        "reply_to": {"mid": thing.reply_to} if thing.reply_to else None,
        "shares": None,
    }


def _direct_attachments(network: Network, thing: Direct) -> Any:
    rows = []
    for place, one in enumerate(thing.media):
        link = media.link(network, one.url)
        kind = {"image": "image_data", "video": "video_data"}.get(one.kind, "file_url")
        part: Any = link if kind == "file_url" else {"url": link, "width": 1280, "height": 800}
        rows.append({"id": f"{thing.id}.{place}", "mime_type": f"{one.kind}/*", "name": one.url, kind: part})
    return {"data": rows} if rows else None
