"""Ordinary values for every placeholder: to show what a saved reply will read like before anybody uses it."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from itertools import product
from typing import Any, Final

from heard.language.plural import example_of, plural_class, whole_classes
from heard.placeholders.fill import AgentName, Money, Person, Value
from heard.placeholders.known import PLACEHOLDERS, Kind
from heard.placeholders.parts import Parts, Plural, Select
from heard.placeholders.text import KNOWN, parse
from heard.placeholders.typed import as_number
from heard.replies.shipped import LIBRARY

Values = Mapping[str, Value]

_EVERYWHERE: Final[Values] = {
    "order_number": "2026-04711",
    "order_status": "shipped",
    "fault_kind": "faulty",
    "delivery_days": 2,
    "refund_days": 5,
    "restock_quantity": 20,
    "rating": 5,
    "delivery_date": date(2026, 11, 26),
    "restock_date": date(2026, 12, 3),
    "promise_date": date(2026, 11, 27),
    "voucher_expiry": date(2027, 5, 31),
    "eta": datetime(2026, 11, 23, 15, 0, tzinfo=UTC),
    "incident_start": datetime(2026, 11, 23, 8, 40, tzinfo=UTC),
    "next_update": datetime(2026, 11, 23, 11, 0, tzinfo=UTC),
    "callback_slot": datetime(2026, 11, 24, 10, 0, tzinfo=UTC),
    "refund_amount": Money(Decimal("49.90"), "EUR"),
    "remedy_value": Money(Decimal(20), "EUR"),
    "ticket_number": "HRD-1042-K7",
    "voucher_code": "SORRY-7Q4M",
    "phone": "+44 20 7946 0018",
    "email": "help@acme.example",
    "tracking_link": "https://track.example/RR123456785",
    "status_link": "https://help.acme.example/t/HRD-1042-K7",
    "safe_form_link": "https://help.acme.example/safe/4f8b2c",
    "survey_link": "https://help.acme.example/survey/4f8b2c",
    "reminder_link": "https://acme.example/remind/green-jacket",
    "faq_link": "https://acme.example/help/sizes",
    "contact_page": "https://acme.example/contact",
    "status_page": "https://status.acme.example",
    "guideline_link": "https://acme.example/rules",
    "privacy_link": "https://acme.example/privacy",
    "post_link": "https://acme.example/page",
}


def sample_values(language: str) -> dict[str, Value]:
    """One value for every placeholder. English ones for a language that the library does not have."""
    said = _samples().get(language) or _samples()["en"]
    customers, agents, colleague = said["customer"], said["agents"], said["colleague"]
    texts = {name: value for name, value in said.items() if name in PLACEHOLDERS and name != "colleague"}
    return {
        **_EVERYWHERE,
        **texts,
        "customer.name": Person(*customers[0]),
        "agent.first_name": AgentName(agents["female"], "female"),
        "agent.gender": "female",
        "colleague": AgentName(colleague, "female"),
    }


def other_values(name: str, text: str, language: str) -> list[Value | None]:
    """What else may stand for `name`, where that changes more than the value itself. None is: nobody knows it."""
    placeholder = PLACEHOLDERS[name]
    if placeholder.kind is Kind.PERSON:
        return [Person(*_samples()[language]["customer"][1]), Person("user_83"), None]
    if placeholder.choices:
        return [*placeholder.choices, None]
    if placeholder.kind is Kind.COUNT:
        return list(_counts(text, name, language))
    return [None] if _asks_whether_known(parse(text).parts, name) else []


def combinations(text: str, names: tuple[str, ...], language: str) -> Iterator[dict[str, Value]]:
    """Every way in which the sample values and their alternatives go together."""
    values = sample_values(language)
    choices = [[values[name], *other_values(name, text, language)] for name in names]
    for chosen in product(*choices):
        told = {name: value for name, value in zip(names, chosen, strict=True) if value is not None}
        yield _of_one_agent(told, names, language)


def _of_one_agent(told: dict[str, Value], names: tuple[str, ...], language: str) -> dict[str, Value]:
    """A man has a man's name, and where nobody knows the gender, the name does not tell it either."""
    if "agent.gender" not in names or "agent.first_name" not in names:
        return told
    agents, gender = _samples()[language]["agents"], str(told.get("agent.gender", ""))
    return {**told, "agent.first_name": AgentName(agents[gender or "female"], gender)}


@cache
def _samples() -> dict[str, dict[str, Any]]:
    return tomllib.loads((LIBRARY / "samples.toml").read_text("utf-8"))


def _counts(text: str, name: str, language: str) -> Iterator[int]:
    """A number of each class that the language has, and those that the text treats by themselves."""
    usual = plural_class(as_number(_EVERYWHERE[name]) or 0, language)
    for case in whole_classes(language):
        if case != usual:
            yield example_of(case, language)
    for part in _choosing(parse(text).parts, name):
        if isinstance(part, Plural):
            yield from (int(case[1:]) for case in part.cases if case.startswith("="))


def _asks_whether_known(parts: Parts, name: str) -> bool:
    return any(isinstance(part, Select) and KNOWN in part.cases for part in _choosing(parts, name))


def _choosing(parts: Parts, name: str) -> Iterator[Plural | Select]:
    for part in parts:
        if isinstance(part, Plural | Select):
            if part.name == name:
                yield part
            for case in part.cases.values():
                yield from _choosing(case, name)
