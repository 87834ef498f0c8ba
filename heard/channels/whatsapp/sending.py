"""What goes out: texts, approved templates, reactions."""

from __future__ import annotations

from typing import Any, Final

from heard.channels.contract import Outgoing, Sent, Wire
from heard.channels.fields import as_list, as_mapping
from heard.channels.meta.private import sent
from heard.channels.whatsapp.calls import graph_of
from heard.channels.whatsapp.persons import recipient_of
from heard.channels.whatsapp.templates import filled

_PRODUCT: Final = {"messaging_product": "whatsapp", "recipient_type": "individual"}
_LIKE: Final = "👍"


def send(message: Outgoing, wire: Wire[Any]) -> Sent:
    """The token comes back in every receipt, which settles a message whose answer got lost."""
    graph = graph_of(wire)
    body = {
        **_PRODUCT,
        **recipient_of(message.to),
        **_content(message),
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


def _content(message: Outgoing) -> dict[str, Any]:
    if message.template is not None:
        return {"type": "template", "template": filled(message.template)}
    return {"type": "text", "text": {"body": message.text, "preview_url": True}}
