"""One private message through Meta's Send API."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from heard.channels.contract import Button, Buttons, Problem, Rejected, Sent, Unconfirmed, Upload
from heard.channels.fields import as_aside
from heard.channels.meta.graph import Graph

QUICK_REPLIES: Final = Buttons(most=13, label=20)


def send_private(
    graph: Graph,
    node: str,
    *,
    recipient: dict[str, str],
    text: str,
    kind: dict[str, Any],
    token: str = "",
    files: Sequence[Upload] = (),
    buttons: Sequence[Button] = (),
    pictures: frozenset[str] = frozenset(),
) -> Sent:
    """`kind` is what Meta wants to know about a message in a running conversation; empty otherwise.

    The token comes back in the echo, which settles a message whose answer got lost. Instagram has no
    place for one. One message is either words, with buttons or without, or one file. What is not among the
    `pictures` goes as sound, video or plain file.
    """
    message = _attached(files, text, pictures) if files else _said(text, buttons)
    if token:
        message["metadata"] = token
    answer = graph.send(node, "messages", json={"recipient": recipient, **kind, "message": message})
    return sent(answer.get("message_id"), graph, recipient=as_aside(answer.get("recipient_id")))


def _said(text: str, buttons: Sequence[Button]) -> dict[str, Any]:
    if not buttons:
        return {"text": text}
    replies = [{"content_type": "text", "title": one.label, "payload": one.says[:1000]} for one in buttons]
    return {"text": text, "quick_replies": replies}


def _attached(files: Sequence[Upload], text: str, pictures: frozenset[str]) -> dict[str, Any]:
    if text.strip() or len(files) > 1:
        raise Rejected("Meta takes words and files as messages of their own.", problem=Problem.INVALID)
    [file] = files
    if not file.url:
        raise Rejected("Meta fetches files itself and needs an address.", problem=Problem.MEDIA_REJECTED)
    family = file.content_type.partition("/")[0]
    if family not in ("audio", "video"):
        family = "image" if file.content_type in pictures else "file"
    return {"attachment": {"type": family, "payload": {"url": file.url}}}


def sent(external_id: Any, graph: Graph, *, recipient: str = "") -> Sent:
    """Raises Unconfirmed where the answer is fine and names no message."""
    if isinstance(external_id, int) and not isinstance(external_id, bool):
        external_id = str(external_id)
    if not isinstance(external_id, str) or not external_id:
        raise Unconfirmed("Meta answered without the message's id, so nobody knows whether it took it.")
    return Sent(external_id, recipient=recipient, pause=graph.pause)
