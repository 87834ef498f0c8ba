"""A file that a message names by its address is fetched before anything else is done with the call."""

from __future__ import annotations

from heard.sandbox.fetching import NotThere, fetched, is_here
from heard.sandbox.meta.graph.call import Call
from heard.sandbox.meta.graph.errors import GraphError

LARGEST = 25 * 1024 * 1024
LARGEST_PICTURE = 8 * 1024 * 1024


async def fetch(call: Call) -> None:
    """Raises GraphError."""
    kind, url = _named(call)
    if not is_here(url):
        return
    try:
        content = await fetched(url)
    except NotThere:
        raise GraphError("(#100) Failed to fetch the file from the url", code=100, subcode=2018008) from None
    if len(content) > (LARGEST_PICTURE if kind == "image" else LARGEST):
        raise GraphError("(#100) Attachment size exceeds allowable limit", code=100, subcode=2018278)
    call.fetched[url] = call.network.upload(content)


def _named(call: Call) -> tuple[str, str]:
    if call.method != "POST" or call.parts[1:] not in (["messages"], ["message_attachments"], ["comments"]):
        return "", ""
    message = call.thing("message") if "message" in call.values else None
    attachment = message.get("attachment") if isinstance(message, dict) else None
    if isinstance(attachment, dict):
        payload = attachment.get("payload")
        return str(attachment.get("type", "")), str(payload.get("url", "")) if isinstance(
            payload, dict
        ) else ""
    return "image", call.text("attachment_url")
