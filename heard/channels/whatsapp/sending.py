"""What goes out: texts, with buttons or without, files, approved templates, reactions."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from heard.channels.contract import (
    Button,
    Buttons,
    Files,
    Outgoing,
    Problem,
    Rejected,
    Sent,
    TryAgain,
    Upload,
    Wire,
)
from heard.channels.fields import as_id, as_list, as_mapping
from heard.channels.meta.graph import Graph
from heard.channels.meta.private import sent
from heard.channels.whatsapp.calls import graph_of
from heard.channels.whatsapp.persons import recipient_of
from heard.channels.whatsapp.templates import filled

_PRODUCT: Final = {"messaging_product": "whatsapp", "recipient_type": "individual"}
_LIKE: Final = "👍"
_MEGABYTE: Final = 1024 * 1024
_PICTURES: Final = frozenset({"image/jpeg", "image/png"})
_SOUNDS: Final = frozenset({"audio/aac", "audio/amr", "audio/mpeg", "audio/mp4", "audio/ogg"})
_CLIPS: Final = frozenset({"video/mp4", "video/3gpp"})
_OPEN_XML: Final = "application/vnd.openxmlformats-officedocument"
_DOCUMENTS: Final = frozenset(
    {
        "text/plain",
        "application/pdf",
        "application/msword",
        "application/vnd.ms-excel",
        "application/vnd.ms-powerpoint",
        f"{_OPEN_XML}.wordprocessingml.document",
        f"{_OPEN_XML}.spreadsheetml.sheet",
        f"{_OPEN_XML}.presentationml.presentation",
    }
)
# Sound has no words beside it, and how many may stand beside a picture nobody has confirmed.
FILES: Final = Files(
    sizes=dict.fromkeys(_PICTURES, 5 * _MEGABYTE)
    | dict.fromkeys([*_SOUNDS, *_CLIPS], 16 * _MEGABYTE)
    | dict.fromkeys(_DOCUMENTS, 100 * _MEGABYTE),
    most=1,
    text_too=False,
)
BUTTONS: Final = Buttons(most=3, label=20, text_limit=1_024)


def send(message: Outgoing, wire: Wire[Any]) -> Sent:
    """The token comes back in every receipt, which settles a message whose answer got lost."""
    graph = graph_of(wire)
    body = {
        **_PRODUCT,
        **recipient_of(message.to),
        **_content(message, graph, wire.credentials.account),
        "biz_opaque_callback_data": message.token,
    }
    if message.quotes:
        body["context"] = {"message_id": message.quotes}
    answer = graph.send(wire.credentials.account, "messages", json=body)
    taken = as_mapping(next(iter(as_list(answer.get("messages"))), None))
    return sent(taken.get("id"), graph)


def react(external_id: str, *, to: str, liked: bool, wire: Wire[Any]) -> None:
    """Raises TryAgain, Rejected or ReconnectNeeded."""
    reaction = {"message_id": external_id, "emoji": _LIKE if liked else ""}
    body = {**_PRODUCT, **recipient_of(to), "type": "reaction", "reaction": reaction}
    graph_of(wire).change("POST", wire.credentials.account, "messages", json=body)


def _content(message: Outgoing, graph: Graph, number: str) -> dict[str, Any]:
    if message.template is not None:
        return {"type": "template", "template": filled(message.template)}
    if message.files:
        return _file(message, graph, number)
    if message.buttons:
        return {"type": "interactive", "interactive": _with_buttons(message.text, message.buttons)}
    return {"type": "text", "text": {"body": message.text, "preview_url": True}}


def _with_buttons(text: str, buttons: Sequence[Button]) -> dict[str, Any]:
    """The number makes ids differ, also where two buttons say the same."""
    replies = [
        {"type": "reply", "reply": {"id": f"{number} {one.says}"[:256], "title": one.label}}
        for number, one in enumerate(buttons, 1)
    ]
    return {"type": "button", "body": {"text": text}, "action": {"buttons": replies}}


def _file(message: Outgoing, graph: Graph, number: str) -> dict[str, Any]:
    if message.text.strip() or len(message.files) > 1:
        raise Rejected("WhatsApp takes words and files as messages of their own.", problem=Problem.INVALID)
    [file] = message.files
    kind = _kind(file.content_type)
    named = {"filename": file.name} if kind == "document" else {}
    return {"type": kind, kind: {"id": _uploaded(graph, number, file), **named}}


def _kind(content_type: str) -> str:
    if content_type in _PICTURES:
        return "image"
    if content_type in _SOUNDS:
        return "audio"
    return "video" if content_type in _CLIPS else "document"


def _uploaded(graph: Graph, number: str, file: Upload) -> str:
    """Nobody gets to see it before a message names it, so it does no harm when one is uploaded twice."""
    form = {"messaging_product": "whatsapp", "type": file.content_type}
    made = as_id(graph.change("POST", number, "media", form=form, files={"file": file}).get("id"))
    if not made:
        raise TryAgain("WhatsApp took the file and gave it no number.")
    return made
