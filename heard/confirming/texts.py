"""What a confirmation says: the workspace's own words, else ours, in a language that the customer reads."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from babel import Locale
from babel.dates import format_date, format_time
from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from heard.confirming.expected import Expected
from heard.confirming.models import ConfirmingText
from heard.tickets.models import Ticket
from heard.workspaces.hours import Hours
from heard.workspaces.models import Workspace

HOUR = 60


@dataclass(frozen=True)
class Texts:
    """In one language. `within` while somebody is there."""

    language: str
    within: str
    outside: str


def languages_of(ticket: Ticket) -> list[str]:
    """The likeliest first."""
    known = (ticket.language, ticket.inbox.language, ticket.workspace.language, settings.LANGUAGE_CODE)
    return list(dict.fromkeys(language for language in known if language))


def texts_for(workspace: Workspace, languages: Sequence[str]) -> Texts:
    """In the first language that anybody has written one in."""
    own = {row.language: row for row in ConfirmingText.objects.filter(workspace=workspace)}
    ours = dict(settings.LANGUAGES)
    language = next((one for one in languages if one in own or one in ours), "en")
    written, shipped = own.get(language), shipped_texts(language if language in ours else "en")
    if written is None:
        return shipped
    return Texts(language, written.within or shipped.within, written.outside or shipped.outside)


def shipped_texts(language: str) -> Texts:
    with translation.override(language):
        return Texts(
            language,
            _(
                "Hello {{name}},\n\n"
                "We have your message. Its number is {{number}}.\n"
                "{{expected}}\n\n"
                "Here you see how it stands, and can add something: {{link}}"
            ),
            _(
                "Hello {{name}},\n\n"
                "We have your message. Its number is {{number}}.\n"
                "At this hour nobody is there to answer it.\n"
                "{{expected}}\n\n"
                "Here you see how it stands, and can add something: {{link}}"
            ),
        )


def subject(number: str, *, language: str) -> str:
    with translation.override(language):
        return _("We have your message: {number}").format(number=number)


def expected_words(expected: Expected | None, *, hours: Hours, now: datetime, language: str) -> str:
    """A whole sentence, because each language bends the words within one. Empty: we do not know."""
    if expected is None:
        return ""
    with translation.override(language):
        if expected.is_soon(now):
            return _within(expected)
        moment = moment_words(expected.at, hours=hours, language=language)
        if expected.measured:
            return _("We usually answer by {moment}.").format(moment=moment)
        return _("We want to answer by {moment}.").format(moment=moment)


def moment_words(at: datetime, *, hours: Hours, language: str) -> str:
    """In figures, by the clock of the company: "23 Nov 2026, 10:00"."""
    here, locale = at.astimezone(hours.zone), _locale(language)
    return f"{format_date(here, 'medium', locale=locale)}, {format_time(here, 'short', locale=locale)}"


def _within(expected: Expected) -> str:
    minutes = round(expected.there.total_seconds() / 60)
    if minutes < HOUR:
        if expected.measured:
            words = ngettext(
                "We usually answer within {count} minute.",
                "We usually answer within {count} minutes.",
                minutes,
            )
        else:
            words = ngettext(
                "We want to answer within {count} minute.",
                "We want to answer within {count} minutes.",
                minutes,
            )
        return words.format(count=minutes)
    count = -(-minutes // HOUR)
    if expected.measured:
        words = ngettext(
            "We usually answer within {count} hour.", "We usually answer within {count} hours.", count
        )
    else:
        words = ngettext(
            "We want to answer within {count} hour.", "We want to answer within {count} hours.", count
        )
    return words.format(count=count)


def _locale(language: str) -> Locale:
    # English without a country writes dates the American way; most of our readers do not.
    return Locale.parse("en_GB" if language == "en" else language.replace("-", "_"))
