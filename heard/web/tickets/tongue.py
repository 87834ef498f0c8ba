"""In which languages a ticket is written and read: what was translated, and what was written before it was."""

from __future__ import annotations

import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from heard.contacts.models import Contact, Formality
from heard.language.known import LANGUAGES, direction
from heard.tickets.models import Message, Ticket
from heard.translating.models import Original, Reader, Translation, Translator
from heard.translating.troubles import WORDS
from heard.web.times import language_name
from heard.workspaces.models import Agent
from heard.workspaces.prepared import Question, prepared


@dataclass(frozen=True, slots=True)
class Beside:
    """What stands under a message: the same in another language."""

    text: str
    language: str
    head: str
    is_original: bool = False

    @property
    def direction(self) -> str:
        return direction(self.language)


@dataclass(frozen=True, slots=True)
class Choice:
    code: str
    name: str


@dataclass(frozen=True)
class Tongue:
    ticket: Ticket
    agent: Agent
    translator: Translator | None
    reader: Reader | None
    translations: Mapping[int, Translation] = field(default_factory=dict)
    originals: Mapping[int, Original] = field(default_factory=dict)
    waiting: Mapping[str, Original] = field(default_factory=dict)  # by way of answering: what a draft was

    formalities = Formality.choices

    @property
    def contact(self) -> Contact:
        return self.ticket.contact

    @property
    def own(self) -> str:
        """In which the agent reads."""
        return self.agent.user.language

    @property
    def is_foreign(self) -> bool:
        return bool(self.ticket.language) and self.ticket.language != self.own

    @property
    def translated_by(self) -> str:
        return provider_name(self.translator.provider) if self.translator else ""

    @property
    def problem(self) -> str:
        """Why nothing was translated, in words."""
        problem = self.reader.problem if self.reader else ""
        return str(WORDS[problem]) if problem in WORDS else ""

    @property
    def source(self) -> str:
        """Where we know the contact's language from."""
        return str(Contact.Source(self.contact.language_from).label) if self.contact.language_from else ""

    @property
    def choices(self) -> Sequence[Choice]:
        """The workspace's languages first."""
        return [Choice(code, language_name(code)) for code in languages_of(self.agent)]

    @property
    def others(self) -> Sequence[Choice]:
        return others_by_name(languages_of(self.agent), get_language() or "en")

    def written_in(self, chosen: str) -> str:
        """The language of a reply: the one that was chosen, else the customer's, else ours."""
        return chosen or self.ticket.language or self.agent.workspace.language

    def replies(self, chosen: str) -> Sequence[Choice]:
        """In what an answer may be written: our languages, the customer's and the agent's own."""
        codes = dict.fromkeys((*languages_of(self.agent), self.own, self.ticket.language, chosen))
        return [Choice(code, language_name(code)) for code in codes if code]

    @staticmethod
    def direction(language: str) -> str:
        return direction(language)

    def foreign(self, message: Message) -> str:
        """The language of a message where it is another one than the ticket's."""
        certain = message.language_certain or not message.is_in
        return message.language if certain and message.language != self.ticket.language else ""

    def beside(self, message: Message) -> Sequence[Beside]:
        found = []
        if original := self.originals.get(message.pk):
            head = _("{name} wrote it in {language}").format(
                name=original.agent.name, language=language_name(original.language)
            )
            found.append(Beside(original.text, original.language, head, is_original=True))
        if translation := self.translations.get(message.pk):
            source = translation.source or message.language
            named = _("From {language} by {service}") if source else _("Translated by {service}")
            head = named.format(language=language_name(source), service=provider_name(translation.provider))
            found.append(Beside(translation.text, translation.language, head))
        return found

    def version_of(self, message: Message) -> int:
        shown = (self.beside(message), self.foreign(message), message.language or self.ticket.language)
        return zlib.crc32(repr(shown).encode())

    @property
    def version(self) -> int:
        """Of all that is said about languages, apart from the messages."""
        contact = self.contact
        shown = (
            *(contact.language, contact.language_from, contact.proposed_language, contact.formality),
            *(self.ticket.language, self.problem, self.reader and self.reader.language, self.translated_by),
        )
        return zlib.crc32(repr(shown).encode())


def tongue_of(ticket: Ticket, *, agent: Agent) -> Tongue:
    reader = next(iter(_reader(agent=agent, ticket=ticket.pk)), None)
    originals = _originals(agent=agent, ticket=ticket.pk)
    return Tongue(
        ticket=ticket,
        agent=agent,
        translator=next(iter(_translator(agent=agent)), None),
        reader=reader,
        translations=_translations(ticket, reader) if reader else {},
        originals={one.message_id: one for one in originals if one.message_id},
        waiting={one.mode: one for one in originals if not one.message_id and one.agent_id == agent.pk},
    )


def questions(ticket: Ticket, agent: Agent) -> list[Question | None]:
    """What is asked of every ticket."""
    of_ticket = (one.of(agent=agent, ticket=ticket.pk) for one in (_reader, _originals))
    return [*of_ticket, _translator.of(agent=agent)]


@prepared
def _reader(*, agent: Agent, ticket: int) -> QuerySet[Reader]:
    return Reader.objects.visible_to(agent).filter(ticket=ticket, agent=agent)


@prepared
def _originals(*, agent: Agent, ticket: int) -> QuerySet[Original]:
    return Original.objects.visible_to(agent).filter(ticket=ticket).select_related("agent").order_by("pk")


@prepared
def _translator(*, agent: Agent) -> QuerySet[Translator]:
    return Translator.objects.visible_to(agent)


def languages_of(agent: Agent) -> Sequence[str]:
    """Those that people here answer in."""
    return tuple(dict.fromkeys((agent.workspace.language, *(code for code, _name in settings.LANGUAGES))))


@lru_cache(maxsize=64)
def others_by_name(known: Sequence[str], _language: str) -> Sequence[Choice]:
    """All others, in the order of their names in the reader's language."""
    named = [Choice(code, language_name(code)) for code in LANGUAGES - set(known)]
    return sorted(named, key=lambda choice: choice.name.casefold())


def provider_name(provider: str) -> str:
    return {"deepl": "DeepL", "libretranslate": "LibreTranslate"}.get(provider, provider)


def _translations(ticket: Ticket, reader: Reader) -> dict[int, Translation]:
    rows = Translation.objects.filter(message__ticket=ticket, language=reader.language).order_by("at", "pk")
    return {row.message_id: row for row in rows}
