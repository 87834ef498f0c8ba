"""A saved reply in the picker: what it says here, which of its variants that is, and why."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from heard.contacts.models import Formality
from heard.placeholders.known import Kind, Placeholder
from heard.replies.labels import CHOICES, LABELS
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


def picked(
    offer: Offer, wanted: Wanted, *, reader: str, group: str = "", meant: Container[int] = ()
) -> Picked:
    """`reader` is the language of the pages: titles are for the agent. `meant` are found by what they mean."""
    said = why(offer, wanted)
    if offer.reply.pk in meant:
        said = f"{_('Close in meaning.')} {said}"
    return Picked(offer.reply, offer, offer.reply.title(reader), said, group)


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
