"""The placeholders that there are. The list is fixed but for facts: {fact:return_period} is the workspace's own."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from heard.language.counted import Unit


class Kind(StrEnum):
    """What may stand in a placeholder, and so how it is asked for and how it is written."""

    PERSON = "person"
    AGENT = "agent"
    GENDER = "gender"
    TEXT = "text"
    LONG_TEXT = "long_text"
    COUNT = "count"
    DATE = "date"
    MOMENT = "moment"
    MONEY = "money"
    LINK = "link"
    PHONE = "phone"
    EMAIL = "email"
    CHOICE = "choice"


@dataclass(frozen=True, slots=True)
class Placeholder:
    """`personal`: belongs to one customer, so it may never stand in public.

    `choices` are the words that a `select` may ask for. `unit` is what a plain number counts.
    """

    name: str
    kind: Kind
    personal: bool = False
    choices: tuple[str, ...] = ()
    unit: Unit | None = None


FACT: Final = re.compile(r"fact:[a-z][a-z0-9_]{0,39}")
MALE, FEMALE = "male", "female"
FAULTS: Final = ("faulty", "damaged", "wrong", "missing")
ORDER_STATES: Final = ("packed", "shipped", "at_pickup_point", "delivered")

_FOR_EVERYBODY: Final[Mapping[Kind, str]] = {
    Kind.PERSON: "customer.name",
    Kind.AGENT: "agent.first_name colleague",
    Kind.TEXT: "company team product service carrier article_title languages hours time_zone incident_title"
    " affected remedy review_platform praised_point criticised_point guideline_clause",
    Kind.LONG_TEXT: "reason next_step steps workaround missing_details",
    Kind.COUNT: "restock_quantity rating",
    Kind.DATE: "delivery_date restock_date promise_date",
    Kind.MOMENT: "eta incident_start next_update",
    Kind.LINK: "reminder_link faq_link contact_page status_page guideline_link privacy_link post_link",
}
_FOR_ONE_PERSON: Final[Mapping[Kind, str]] = {
    Kind.TEXT: "order_number pickup_point ticket_number voucher_code",
    Kind.DATE: "voucher_expiry",
    Kind.MOMENT: "callback_slot",
    Kind.MONEY: "remedy_value refund_amount",
    Kind.LINK: "tracking_link status_link safe_form_link survey_link",
    Kind.PHONE: "phone",
    Kind.EMAIL: "email",
}


def _all() -> Iterator[Placeholder]:
    yield Placeholder("agent.gender", Kind.GENDER, choices=(MALE, FEMALE))
    yield Placeholder("fault_kind", Kind.CHOICE, choices=FAULTS)
    yield Placeholder("order_status", Kind.CHOICE, choices=ORDER_STATES)
    yield Placeholder("delivery_days", Kind.COUNT, unit="day")
    yield Placeholder("refund_days", Kind.COUNT, unit="day")
    for personal, kinds in ((False, _FOR_EVERYBODY), (True, _FOR_ONE_PERSON)):
        for kind, names in kinds.items():
            for name in names.split():
                yield Placeholder(name, kind, personal)


class _Known(Mapping[str, Placeholder]):
    """The list, and beside it the facts of a workspace, of which only the form of their names is known here."""

    def __init__(self, listed: Mapping[str, Placeholder]) -> None:
        self._listed = listed

    def __getitem__(self, name: str) -> Placeholder:
        found = self._listed.get(name)
        if found is None and FACT.fullmatch(name):
            return Placeholder(name, Kind.TEXT)
        return found or self._listed[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._listed)

    def __len__(self) -> int:
        return len(self._listed)


PLACEHOLDERS: Final[Mapping[str, Placeholder]] = _Known({one.name: one for one in _all()})
