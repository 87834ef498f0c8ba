"""Texts that Meta approved: read from the business account, and filled in to be sent.

WhatsApp counts blanks anew in each part of a template, or names them. Here they are numbered through, in the
order in which the customer reads them; `Blank.place` remembers where each one belongs.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from heard.channels.contract import Blank, FilledTemplate, Template, Wire
from heard.channels.fields import as_aside, as_list, as_mapping
from heard.channels.whatsapp.calls import graph_of

APPROVED: Final = "APPROVED"
_ASKED: Final = {
    "fields": "name,language,status,category,parameter_format,components",
    "status": APPROVED,
    "limit": "100",
}
_BLANK: Final = re.compile(r"\{\{\s*(\w{1,60})\s*\}\}")
_WITHOUT_BLANKS: Final = frozenset({"QUICK_REPLY", "PHONE_NUMBER", "VOICE_CALL", "REQUEST_CONTACT_INFO"})
# One-time codes are nothing that an agent sends.
_NOT_FOR_AGENTS: Final = frozenset({"AUTHENTICATION"})


def templates(wire: Wire[Any]) -> list[Template]:
    """Those that consist of words alone: pictures, catalogues and forms are nothing to type into blanks."""
    told = graph_of(wire).pages(wire.credentials.business_account, "message_templates", params=_ASKED)
    found = (_template(one) for one in told if one.get("status") == APPROVED)
    return [template for template in found if template is not None]


def _template(told: Mapping[str, Any]) -> Template | None:
    name, language = as_aside(told.get("name")), as_aside(told.get("language"))
    category = as_aside(told.get("category")).upper()
    if not name or not language or category in _NOT_FOR_AGENTS:
        return None
    reading = _Reading()
    for component in map(as_mapping, as_list(told.get("components"))):
        if not reading.take(component):
            return None
    if not reading.parts:
        return None
    return Template(name, language, "\n\n".join(reading.parts), category.lower(), tuple(reading.blanks))


class _Reading:
    """The parts of one template, with the blanks numbered through."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.blanks: list[Blank] = []

    def take(self, component: Mapping[str, Any]) -> bool:
        """False for a component that needs more than words."""
        match as_aside(component.get("type")).upper():
            case "HEADER":
                if as_aside(component.get("format")).upper() not in ("", "TEXT"):
                    return False
                self._words(component, "header")
            case "BODY":
                self._words(component, "body")
            case "FOOTER":
                self.parts.append(as_aside(component.get("text")))
            case "BUTTONS":
                buttons = enumerate(map(as_mapping, as_list(component.get("buttons"))))
                return all(self._button(index, button) for index, button in buttons)
            case _:
                return False
        return True

    def _words(self, component: Mapping[str, Any], place: str) -> None:
        examples = _examples(component, place)

        def numbered(found: re.Match[str]) -> str:
            name = "" if found[1].isdecimal() else found[1]
            self.blanks.append(Blank(name, examples.get(found[1], ""), place))
            return f"{{{{{len(self.blanks)}}}}}"

        self.parts.append(_BLANK.sub(numbered, as_aside(component.get("text"))))

    def _button(self, index: int, button: Mapping[str, Any]) -> bool:
        kind = as_aside(button.get("type")).upper()
        if kind == "URL" and _BLANK.search(as_aside(button.get("url"))):
            self._pressed(button, f"button {index} url", as_aside(button.get("url")))
        elif kind == "COPY_CODE":
            self._pressed(button, f"button {index} copy_code", "{{1}}")
        elif kind != "URL" and kind not in _WITHOUT_BLANKS:
            return False
        else:
            self.parts.append(f"→ {as_aside(button.get('text'))}")
        return True

    def _pressed(self, button: Mapping[str, Any], place: str, leads_to: str) -> None:
        example = as_aside(next(iter(as_list(button.get("example"))), ""))
        self.blanks.append(Blank("", example, place))
        shown = _BLANK.sub(f"{{{{{len(self.blanks)}}}}}", leads_to)
        self.parts.append(f"→ {as_aside(button.get('text'))}: {shown}")


def _examples(component: Mapping[str, Any], place: str) -> dict[str, str]:
    """What the template's author wrote as an example for each blank."""
    given = as_mapping(component.get("example"))
    named = [as_mapping(one) for one in as_list(given.get(f"{place}_text_named_params"))]
    if named:
        return {as_aside(one.get("param_name")): as_aside(one.get("example")) for one in named}
    counted = as_list(given.get(f"{place}_text"))
    if counted and isinstance(counted[0], list):
        counted = tuple(counted[0])
    return {str(number): as_aside(example) for number, example in enumerate(counted, 1)}


def filled(chosen: FilledTemplate) -> dict[str, Any]:
    """The `template` of a call."""
    template = chosen.template
    return {
        "name": template.name,
        "language": {"code": template.language},
        "components": list(_components(chosen)),
    }


def _components(chosen: FilledTemplate) -> Iterator[dict[str, Any]]:
    placed: dict[str, list[dict[str, str]]] = {}
    for blank, value in zip(chosen.template.blanks, chosen.blanks, strict=False):
        placed.setdefault(blank.place or "body", []).append(_parameter(blank, value))
    for place, parameters in placed.items():
        kind, *button = place.split()
        where = {"index": button[0], "sub_type": button[1]} if len(button) == 2 else {}
        yield {"type": kind, **where, "parameters": parameters}


def _parameter(blank: Blank, value: str) -> dict[str, str]:
    if blank.place.endswith("copy_code"):
        return {"type": "coupon_code", "coupon_code": value}
    named = {"parameter_name": blank.name} if blank.name else {}
    return {"type": "text", **named, "text": value}
