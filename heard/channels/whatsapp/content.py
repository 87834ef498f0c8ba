"""What a message says, type by type. A type that nobody has seen yet is shown as unsupported, never lost."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from heard.channels.contract import Media
from heard.channels.fields import as_aside, as_flag, as_id, as_list, as_mapping, as_text, as_url
from heard.channels.reading import read_json


@dataclass(frozen=True, slots=True)
class Said:
    text: str = ""
    media: tuple[Media, ...] = ()
    note: str = ""


def said_in(message: Mapping[str, Any]) -> Said:
    """Raises ValueError where a part that says something is not as documented."""
    kind = as_aside(message.get("type"))
    read = READERS.get(kind)
    part = message.get(kind)
    if read is None or not isinstance(part, dict):
        return _unsupported(message, kind)
    return read(part, kind)


def _text(part: Mapping[str, Any], _kind: str) -> Said:
    return Said(as_text(part.get("body")))


_FILES: Final = {
    "image": "image",
    "video": "video",
    "audio": "audio",
    "document": "file",
    "sticker": "sticker",
}


def _file(part: Mapping[str, Any], kind: str) -> Said:
    """Files have an id and no lasting address; see `LocatesMedia`."""
    detail: dict[str, Any] = {"id": as_id(part.get("id"))}
    detail |= {name: part[name] for name in ("sha256",) if isinstance(part.get(name), str)}
    detail |= {name: True for name in ("voice", "animated") if as_flag(part.get(name))}
    content_type = as_aside(part.get("mime_type")).split(";")[0].strip()
    media = Media(_FILES[kind], name=as_aside(part.get("filename")), content_type=content_type, detail=detail)
    return Said(as_text(part.get("caption")), (media,))


def _location(part: Mapping[str, Any], _kind: str) -> Said:
    detail = {name: part[name] for name in ("latitude", "longitude", "address") if part.get(name) is not None}
    name = as_aside(part.get("name"))
    text = "\n".join(filter(None, (name, as_aside(part.get("address")))))
    return Said(text, (Media("location", as_url(part.get("url")), name=name, detail=detail),))


def _button(part: Mapping[str, Any], _kind: str) -> Said:
    return Said(as_text(part.get("text")), note=_noted("button", as_aside(part.get("payload"))))


def _interactive(part: Mapping[str, Any], _kind: str) -> Said:
    """A pressed button, a chosen row or a filled-in form; what it was about stands in `context`."""
    kind = as_aside(part.get("type"))
    answer = as_mapping(part.get(kind))
    if kind == "nfm_reply":
        form = _form(as_aside(answer.get("response_json")))
        return Said("\n".join(filter(None, (as_aside(answer.get("body")), *form))), note="form")
    text = "\n".join(filter(None, (as_aside(answer.get("title")), as_aside(answer.get("description")))))
    if not text:
        return Said(media=(Media("unsupported", name=kind, detail=dict(part)),), note=kind[:100])
    return Said(text, note=_noted(kind, as_aside(answer.get("id"))))


def _form(response: str) -> Iterator[str]:
    try:
        fields = as_mapping(read_json(response.encode()))
    except Exception:
        return
    for name, value in fields.items():
        if name != "flow_token":
            shown = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
            yield f"{name}: {shown}"


def _order(part: Mapping[str, Any], _kind: str) -> Said:
    items = (_item(as_mapping(item)) for item in as_list(part.get("product_items")))
    return Said("\n".join(filter(None, (as_aside(part.get("text")), *items))), note="order")


def _item(item: Mapping[str, Any]) -> str:
    price = " ".join(str(item[key]) for key in ("item_price", "currency") if item.get(key) is not None)
    count, product = item.get("quantity", 1), item.get("product_retailer_id", "?")
    return f"{count} × {product}" + (f" ({price})" if price else "")


def _card(contact: Mapping[str, Any]) -> Iterator[str]:
    name = as_mapping(contact.get("name"))
    yield as_aside(name.get("formatted_name")) or as_aside(name.get("first_name"))
    for kind, field in (("phones", "phone"), ("emails", "email")):
        yield from (as_aside(as_mapping(one).get(field)) for one in as_list(contact.get(kind)))


def _unsupported(message: Mapping[str, Any], kind: str) -> Said:
    if kind == "contacts":
        cards = (", ".join(filter(None, _card(as_mapping(one)))) for one in as_list(message.get("contacts")))
        return Said("\n".join(filter(None, cards)), note="contacts")
    problem = as_mapping(next(iter(as_list(message.get("errors"))), None))
    name = as_aside(problem.get("title")) or kind
    detail = {"type": kind, "part": message.get(kind), "errors": list(as_list(message.get("errors")))}
    return Said(media=(Media("unsupported", name=name[:255], detail=detail),))


def _noted(kind: str, payload: str) -> str:
    return f"{kind} {payload}".strip()[:300]


READERS: Final[Mapping[str, Callable[[Mapping[str, Any], str], Said]]] = {
    "text": _text,
    **dict.fromkeys(_FILES, _file),
    "location": _location,
    "button": _button,
    "interactive": _interactive,
    "order": _order,
}
