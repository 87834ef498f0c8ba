"""What the window says, in the visitor's language. The catalogues of Heard hold it, and admins may replace some."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop

# Those that an admin may write anew for each language.
OWN = {"title": _("Heading"), "welcome": _("Welcome"), "away": _("When nobody is there")}
LONGEST_OWN = 500
NAMELESS = gettext_noop("Visitor {number}")

TEXTS = {
    "title": gettext_noop("Chat with us"),
    "welcome": gettext_noop("Ask us anything. We answer here."),
    "away": gettext_noop("Nobody is here at the moment. Leave a message, and we get back to you."),
    "open": gettext_noop("Open the chat"),
    "close": gettext_noop("Close the chat"),
    "unread": gettext_noop("New messages"),
    "messages": gettext_noop("Messages"),
    "earlier": gettext_noop("Show earlier messages"),
    "loaded": gettext_noop("Earlier messages: {count}"),
    "write": gettext_noop("Write a message"),
    "send": gettext_noop("Send"),
    "attach": gettext_noop("Add a file"),
    "emoji": gettext_noop("Add an emoji"),
    "remove": gettext_noop("Remove {name}"),
    "typing": gettext_noop("{name} is writing"),
    "you": gettext_noop("You"),
    "sending": gettext_noop("Sending"),
    "sent": gettext_noop("Sent"),
    "seen": gettext_noop("Seen"),
    "waiting": gettext_noop("Not connected. Your message is kept and goes out by itself."),
    "failed": gettext_noop("This could not be sent."),
    "again": gettext_noop("Try again"),
    "slow": gettext_noop("That was a lot at once. It goes out in a moment."),
    "large": gettext_noop("{name} is too large. A file may have {size} MB."),
    "until": gettext_noop("Somebody is here until {time}."),
    "back": gettext_noop("We are back {time}."),
    "name": gettext_noop("Your name"),
    "email": gettext_noop("Your e-mail address"),
    "leave": gettext_noop("Leave the message"),
    "left": gettext_noop("Thank you. We have your message and will answer."),
    "file": gettext_noop("File"),
}


def texts_for(language: str, own: Mapping[str, Mapping[str, str]]) -> tuple[str, dict[str, str]]:
    """The language that it came to be, and all texts in it."""
    chosen = language_of(language)
    replaced = {name: words for name, words in own.get(chosen, {}).items() if name in OWN and words}
    return chosen, _ours(chosen) | replaced


def language_of(wanted: str) -> str:
    """One of ours. `de-AT` is nobody's here, so it is the installation's own."""
    first = wanted.lower().replace("_", "-").split("-")[0]
    known = {code for code, _name in settings.LANGUAGES}
    return first if first in known else settings.LANGUAGE_CODE


def nameless(address: str, language: str) -> str:
    """What agents call a visitor who gave no name: the same for the same browser, and short enough to say."""
    number = 1000 + int.from_bytes(hashlib.sha256(address.encode()).digest()[:4]) % 9000
    with translation.override(language):
        return translation.gettext(NAMELESS).format(number=number)


def direction_of(language: str) -> str:
    """Which way its lines run. On which side the window lies, the site's own page decides."""
    return "rtl" if translation.get_language_info(language)["bidi"] else "ltr"


@cache
def _ours(language: str) -> dict[str, str]:
    with translation.override(language):
        return {name: translation.gettext(words) for name, words in TEXTS.items()}
