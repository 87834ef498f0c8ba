"""Templates of a business account: written, looked at by Meta, filled in."""

from __future__ import annotations

import re
from typing import Any

from heard.sandbox.talks.things import Account
from heard.sandbox.whatsapp.refusals import Refused

STATUSES = ("APPROVED", "PENDING", "REJECTED", "PAUSED", "DISABLED")
BLANK = re.compile(r"\{\{\s*(\w+)\s*\}\}")


def made(
    name: str, text: str, *, examples: list[str], language: str = "en", status: str = "APPROVED", **more: Any
) -> dict[str, Any]:
    body: dict[str, Any] = {"type": "BODY", "text": text}
    if examples:
        body["example"] = {"body_text": [examples]}
    components = [body, *more.get("components", [])]
    return {
        "name": name,
        "language": language,
        "status": status,
        "category": more.get("category", "UTILITY"),
        "components": components,
    }


def seed() -> list[dict[str, Any]]:
    """What a shop has: one in two languages, one that still waits."""
    thanks = {"type": "BUTTONS", "buttons": [{"type": "QUICK_REPLY", "text": "Thank you"}]}
    return [
        made(
            "parcel_update",
            "Hello {{1}}, your order {{2}} is on its way. It arrives on {{3}}.",
            examples=["Jana", "5521", "Monday"],
            components=[{"type": "FOOTER", "text": "Acme Shop"}, thanks],
        ),
        made(
            "parcel_update",
            "Dobrý den, {{1}}, objednávka {{2}} je na cestě. Doručíme ji {{3}}.",
            examples=["Jano", "5521", "v pondělí"],
            language="cs",
            components=[{"type": "FOOTER", "text": "Acme Shop"}],
        ),
        made(
            "still_there",
            "Hello {{1}}, we have an answer to your question. May we write to you here?",
            examples=["Jana"],
        ),
        made("summer_sale", "Everything for {{1}} is 20 % off.", examples=["cooking"], status="PENDING"),
    ]


def find(account: Account, name: str, language: str) -> dict[str, Any] | None:
    for one in account.kept["templates"]:
        if (one["name"], one["language"]) == (name, language):
            found: dict[str, Any] = one
            return found
    return None


def text_of(account: Account, asked: dict[str, Any]) -> str:
    """How the customer reads it. Raises Refused."""
    name, language = str(asked.get("name", "")), asked.get("language")
    code = str(language.get("code", "")) if isinstance(language, dict) else ""
    template = find(account, name, code)
    if template is None or template["status"] in ("PENDING", "REJECTED"):
        raise Refused(132001, f"template name ({name}) does not exist in {code}", status=404)
    if template["status"] != "APPROVED":
        raise Refused(132015, f"template ({name}) is {template['status'].lower()}")
    given = _parameters(asked)
    parts = [
        _filled(component, given.get(component["type"].lower(), []))
        for component in template["components"]
        if component["type"] in ("HEADER", "BODY", "FOOTER")
    ]
    return "\n\n".join(parts)


def _parameters(asked: dict[str, Any]) -> dict[str, list[str]]:
    components = asked.get("components") or []
    return {
        str(one.get("type", "")).lower(): [str(each.get("text", "")) for each in one.get("parameters", [])]
        for one in components
        if isinstance(one, dict)
    }


def _filled(component: dict[str, Any], values: list[str]) -> str:
    wanted = list(dict.fromkeys(BLANK.findall(component["text"])))
    if len(wanted) != len(values):
        kind = component["type"].lower()
        raise Refused(132000, f"{kind}: number of parameters ({len(values)}) is not {len(wanted)}")
    if any(not value.strip() or "\n" in value or "    " in value for value in values):
        raise Refused(132012, "Parameters have no line breaks and no more than four spaces in a row.")
    filled = dict(zip(wanted, values, strict=True))
    return BLANK.sub(lambda found: filled[found[1]], component["text"])
