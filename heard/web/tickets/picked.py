"""A saved reply in the picker: what it says here, which of its variants that is, and why."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.contacts.models import Formality
from heard.placeholders.known import Kind, Placeholder
from heard.replies.models import Audience, Length, SavedReply
from heard.replies.offer import Offer
from heard.replies.pick import Because, Wanted
from heard.replies.typed import CURRENCY, USUAL_CURRENCY
from heard.web.times import language_name

WORDED: Mapping[str, Promise] = {
    Audience.PUBLIC: gettext_lazy("It is worded for a public reply."),
    Audience.PRIVATE: gettext_lazy("It is worded for a private message."),
    Audience.EMAIL: gettext_lazy("It is worded for an e-mail."),
}
NONE_SO: Mapping[str, Promise] = {
    Formality.FORMAL: gettext_lazy("There is no formal one."),
    Formality.INFORMAL: gettext_lazy("There is no informal one."),
}
CURRENCIES = ("EUR", "CZK", "HUF", "USD", "GBP", "PLN", "CHF")


@dataclass(frozen=True, slots=True)
class Picked:
    """One row. `why` says which variant was taken, and what was not to be had."""

    reply: SavedReply
    offer: Offer
    title: str
    why: str
    group: str = ""

    @property
    def block(self) -> str:
        return self.reply.block


@dataclass(frozen=True, slots=True)
class Asked:
    """One blank as a field: the kind of input, and what stands in it."""

    placeholder: Placeholder
    label: str
    value: str
    choices: Sequence[tuple[str, str]] = ()
    currency: str = ""

    @property
    def name(self) -> str:
        return self.placeholder.name

    @property
    def kind(self) -> str:
        return {
            Kind.COUNT: "number",
            Kind.DATE: "date",
            Kind.MOMENT: "datetime-local",
            Kind.LINK: "url",
            Kind.PHONE: "tel",
            Kind.EMAIL: "email",
            Kind.CHOICE: "select",
            Kind.LONG_TEXT: "textarea",
            Kind.MONEY: "money",
        }.get(self.placeholder.kind, "text")


def picked(offer: Offer, wanted: Wanted, *, reader: str, group: str = "") -> Picked:
    """`reader` is the language of the pages: titles are for the agent."""
    return Picked(offer.reply, offer, offer.reply.title(reader), why(offer, wanted), group)


def why(offer: Offer, wanted: Wanted) -> str:
    """ "Czech, formal, short. There is no informal one." """
    variant = offer.variant
    facts = [language_name(variant.language), Formality(variant.formality).label.lower()]
    if variant.length != Length.NORMAL:
        facts.append(Length(variant.length).label.lower())
    said = {
        Because.LANGUAGE_UNKNOWN: _("Nobody knows the customer's language."),
        Because.NO_LANGUAGE: _("There is none in this language: %(language)s.")
        % {"language": language_name(wanted.language)},
        Because.NO_FORMALITY: NONE_SO[wanted.formality],
        Because.OTHER_AUDIENCE: WORDED[variant.audience],
        Because.LENGTH: _("The usual one is too long here."),
        Because.TOO_LONG: _("It is too long for this network."),
        Because.STALE: _("Its source says something else by now."),
    }
    return " ".join([f"{', '.join(facts)}.", *(str(said[reason]) for reason in offer.chosen.because)])


def fields(offer: Offer, typed: Mapping[str, str]) -> list[Asked]:
    usual = USUAL_CURRENCY.get(offer.variant.language, "EUR")
    return [
        Asked(
            placeholder=one,
            label=str(LABELS.get(one.name, one.name)),
            value=typed.get(one.name, ""),
            choices=[(choice, str(CHOICES.get(choice, choice))) for choice in one.choices],
            currency=typed.get(one.name + CURRENCY) or usual,
        )
        for one in offer.asked
    ]


CHOICES: Mapping[str, Promise] = {
    "faulty": gettext_lazy("Faulty"),
    "damaged": gettext_lazy("Damaged"),
    "wrong": gettext_lazy("Wrong item"),
    "missing": gettext_lazy("Something is missing"),
    "packed": gettext_lazy("Packed"),
    "shipped": gettext_lazy("Shipped"),
    "at_pickup_point": gettext_lazy("At the pick-up point"),
    "delivered": gettext_lazy("Delivered"),
}
LABELS: Mapping[str, Promise] = {
    "colleague": gettext_lazy("Colleague"),
    "team": gettext_lazy("Team"),
    "company": gettext_lazy("Company"),
    "product": gettext_lazy("Product"),
    "service": gettext_lazy("Service"),
    "carrier": gettext_lazy("Carrier"),
    "article_title": gettext_lazy("Title of the article"),
    "languages": gettext_lazy("Languages"),
    "hours": gettext_lazy("Opening hours"),
    "time_zone": gettext_lazy("Time zone"),
    "incident_title": gettext_lazy("What has happened"),
    "affected": gettext_lazy("What is affected"),
    "remedy": gettext_lazy("What we offer"),
    "review_platform": gettext_lazy("Where the review stands"),
    "praised_point": gettext_lazy("What they praised"),
    "criticised_point": gettext_lazy("What they criticised"),
    "guideline_clause": gettext_lazy("The rule"),
    "reason": gettext_lazy("Reason"),
    "next_step": gettext_lazy("Next step"),
    "steps": gettext_lazy("Steps"),
    "workaround": gettext_lazy("Workaround"),
    "missing_details": gettext_lazy("What we need to know"),
    "restock_quantity": gettext_lazy("How many come"),
    "rating": gettext_lazy("Stars"),
    "delivery_date": gettext_lazy("Delivery date"),
    "restock_date": gettext_lazy("Back in stock on"),
    "promise_date": gettext_lazy("Promised for"),
    "eta": gettext_lazy("Answer expected by"),
    "incident_start": gettext_lazy("Since when"),
    "next_update": gettext_lazy("Next news at"),
    "reminder_link": gettext_lazy("Link to be reminded"),
    "faq_link": gettext_lazy("Link to the article"),
    "contact_page": gettext_lazy("Contact page"),
    "status_page": gettext_lazy("Status page"),
    "guideline_link": gettext_lazy("Link to the rules"),
    "privacy_link": gettext_lazy("Privacy notice"),
    "post_link": gettext_lazy("Link to the post"),
    "order_number": gettext_lazy("Order number"),
    "order_status": gettext_lazy("Order status"),
    "fault_kind": gettext_lazy("What is wrong"),
    "delivery_days": gettext_lazy("Days until delivery"),
    "refund_days": gettext_lazy("Days until the refund"),
    "pickup_point": gettext_lazy("Pick-up point"),
    "ticket_number": gettext_lazy("Ticket number"),
    "voucher_code": gettext_lazy("Voucher code"),
    "voucher_expiry": gettext_lazy("Voucher valid until"),
    "callback_slot": gettext_lazy("Time of the call"),
    "remedy_value": gettext_lazy("Value"),
    "refund_amount": gettext_lazy("Amount refunded"),
    "tracking_link": gettext_lazy("Tracking link"),
    "status_link": gettext_lazy("Link to the ticket"),
    "safe_form_link": gettext_lazy("Link to the safe form"),
    "survey_link": gettext_lazy("Link to the survey"),
    "phone": gettext_lazy("Telephone number"),
    "email": gettext_lazy("E-mail address"),
    "agent.first_name": gettext_lazy("Your first name"),
}
