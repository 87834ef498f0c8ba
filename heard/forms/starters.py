"""What a new list of issues begins with, by trade, in words that customers use. English source texts."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.utils import translation

from heard.channels.words import N_
from heard.forms.kinds import WantedKind, add_kinds
from heard.forms.make import LANGUAGES
from heard.forms.models import IssueKind
from heard.tickets.models import Priority
from heard.workspaces.models import Agent, Workspace

HIGH, URGENT = Priority.HIGH, Priority.URGENT


@dataclass(frozen=True, slots=True)
class Starter:
    key: str
    label: str
    priority: Priority = Priority.NORMAL
    needs_order: bool = False
    asks_text: bool = False
    parts: Sequence[Starter] = ()


OTHER: Final = Starter("other", N_("Something else"), asks_text=True)
PRAISE: Final = Starter("praise", N_("Praise or an idea"))

INDUSTRIES: Final[Mapping[str, str]] = {
    "shop": N_("Shop"),
    "saas": N_("Software and online service"),
    "telecom": N_("Telephone and internet"),
    "travel": N_("Travel"),
    "utilities": N_("Power, gas, water and heat"),
}

STARTERS: Final[Mapping[str, Sequence[Starter]]] = {
    "shop": (
        Starter("not-delivered", N_("My order has not arrived"), needs_order=True),
        Starter("damaged", N_("It arrived damaged"), needs_order=True),
        Starter("faulty", N_("It does not work"), HIGH, needs_order=True),
        Starter("wrong-item", N_("I got something else than I ordered"), needs_order=True),
        Starter("missing-part", N_("A part is missing"), needs_order=True),
        Starter("return", N_("I want to return something"), needs_order=True),
        Starter("payment", N_("Payment or refund"), needs_order=True),
        Starter("safety", N_("It hurt somebody, or it could"), URGENT),
        PRAISE,
        OTHER,
    ),
    "saas": (
        Starter("cannot-sign-in", N_("I cannot sign in"), HIGH),
        Starter("down", N_("It does not open, or stops all the time"), URGENT),
        Starter("error", N_("I see an error")),
        Starter("lost", N_("Something of mine is gone"), HIGH),
        Starter("invoice", N_("Invoice or subscription")),
        Starter("how-to", N_("I do not know how to do something")),
        Starter("privacy", N_("My data and privacy"), HIGH),
        PRAISE,
        OTHER,
    ),
    "telecom": (
        Starter(
            "no-connection",
            N_("I have no connection"),
            HIGH,
            parts=(
                Starter("no-internet", N_("No internet"), HIGH),
                Starter("no-mobile", N_("No mobile signal"), HIGH),
                Starter("no-television", N_("No television")),
            ),
        ),
        Starter("slow", N_("The internet is slow")),
        Starter("bill", N_("My bill is not right")),
        Starter("contract", N_("Change or end my contract")),
        Starter("sim", N_("SIM card, number or phone")),
        Starter("technician", N_("The technician did not come")),
        PRAISE,
        OTHER,
    ),
    "travel": (
        Starter("change", N_("Change my booking"), needs_order=True),
        Starter("cancel", N_("Cancel my booking"), needs_order=True),
        Starter("delay", N_("Delayed or cancelled trip"), HIGH, needs_order=True),
        Starter("luggage", N_("Lost or damaged luggage"), HIGH, needs_order=True),
        Starter("stranded", N_("I am on my way and need help now"), URGENT, needs_order=True),
        Starter("refund", N_("Refund or compensation"), needs_order=True),
        Starter("room", N_("Room or service was not as promised"), needs_order=True),
        PRAISE,
        OTHER,
    ),
    "utilities": (
        Starter("outage", N_("No power, gas, water or heat"), URGENT),
        Starter("danger", N_("Smell of gas, bare cables, burst pipe"), URGENT),
        Starter("meter", N_("Meter or reading")),
        Starter("bill", N_("My bill is not right")),
        Starter("moving", N_("I am moving in or out")),
        Starter("contract", N_("Change or end my contract")),
        Starter("works", N_("Works in my street")),
        PRAISE,
        OTHER,
    ),
}


def add_starters(workspace: Workspace, *, industry: str, by: Agent, now: datetime) -> dict[str, Starter]:
    """Those that the workspace does not have yet. Gives the trade's list by the keys of its kinds."""
    there = set(IssueKind.objects.filter(workspace=workspace).values_list("key", flat=True))
    new = [starter for starter in STARTERS[industry] if starter.key not in there]
    made = add_kinds(workspace, [_wanted(starter) for starter in new], by=by, now=now)
    parts = [
        _wanted(part, above)
        for starter, above in zip(new, made, strict=True)
        for part in starter.parts
        if part.key not in there
    ]
    add_kinds(workspace, parts, by=by, now=now)
    return {one.key: one for starter in STARTERS[industry] for one in (starter, *starter.parts)}


def _wanted(starter: Starter, parent: IssueKind | None = None) -> WantedKind:
    return WantedKind(
        labels=in_every_language(starter.label),
        key=starter.key,
        parent=parent,
        asks_text=starter.asks_text,
        priority=starter.priority,
    )


def in_every_language(text: str) -> dict[str, str]:
    """As far as it is translated: what is not stays out, and the reader falls back."""
    found = {"en": text}
    for language in LANGUAGES:
        with translation.override(language):
            said = translation.gettext(text)
        if said != text:
            found[language] = said
    return found
