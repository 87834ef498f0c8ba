"""How WhatsApp words what happens: the twin's side of what `deliveries` reads."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from heard.channels.meta.simulator import refusal

PRODUCT: Final = {"messaging_product": "whatsapp"}
TITLES: Final = {
    131026: "Message undeliverable",
    131047: "Re-engagement message",
    131056: "(Business Account, Consumer Account) pair rate limit hit",
    130429: "Rate limit hit",
    132000: "Number of parameters does not match the expected number of params",
    132001: "Template name does not exist in the translation",
    132015: "Template is paused",
    131009: "Parameter value is not valid",
    131008: "Required parameter is missing",
    131021: "Recipient cannot be sender",
}


def envelope(changes: Sequence[tuple[str, Mapping[str, Any]]]) -> dict[str, Any]:
    """`changes` come as business account and change; those of one account share an entry."""
    entries: dict[str, list[Mapping[str, Any]]] = {}
    for account, change in changes:
        entries.setdefault(account, []).append(change)
    listed = [{"id": account, "changes": found} for account, found in entries.items()]
    return {"object": "whatsapp_business_account", "entry": listed}


def change(field: str, number: str, number_id: str, **value: Any) -> dict[str, Any]:
    metadata = {"display_phone_number": number, "phone_number_id": number_id}
    return {"field": field, "value": {**PRODUCT, "metadata": metadata, **value}}


def contact(name: str, username: str, phone: str, user_id: str) -> dict[str, Any]:
    """A person who hides the number has no `wa_id`."""
    profile = {"name": name} | ({"username": username} if username else {})
    return {"profile": profile, **({"wa_id": phone} if phone else {}), "user_id": user_id}


def message(
    id: str, kind: str, part: Any, *, at: float, phone: str, user_id: str, context: str = ""
) -> dict[str, Any]:
    """What a customer sends. Times are whole seconds, as text."""
    said: dict[str, Any] = {"from": phone} if phone else {}
    said |= {"from_user_id": user_id, "id": id, "timestamp": str(int(at)), "type": kind, kind: part}
    if context:
        said["context"] = {"id": context}
    return said


def echo(id: str, text: str, *, at: float, number: str, phone: str, user_id: str) -> dict[str, Any]:
    """What the company wrote in the WhatsApp Business app."""
    to = {"to": phone} if phone else {}
    when = str(int(at))
    return {
        "from": number,
        **to,
        "to_user_id": user_id,
        "id": id,
        "timestamp": when,
        "type": "text",
        "text": {"body": text},
    }


def status(
    id: str,
    name: str,
    *,
    at: float,
    phone: str,
    user_id: str,
    token: str,
    problem: int = 0,
    details: str = "",
) -> dict[str, Any]:
    told: dict[str, Any] = {"id": id, "status": name, "timestamp": str(int(at))}
    told |= {"recipient_id": phone} if phone else {}
    told["recipient_user_id"] = user_id
    if token:
        told["biz_opaque_callback_data"] = token
    if problem:
        told["errors"] = [error(problem, details)]
    return told


def error(code: int, details: str) -> dict[str, Any]:
    title = TITLES.get(code, "Something went wrong")
    return {"code": code, "title": title, "message": title, "error_data": {"details": details}}


def refused(code: int, details: str, *, trace: str) -> dict[str, Any]:
    """The body of a call that was refused."""
    body = refusal(f"(#{code}) {TITLES.get(code, 'Something went wrong')}", code=code, trace=trace)
    body["error"]["error_data"] = {**PRODUCT, "details": details}
    return body
