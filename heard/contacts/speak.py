"""Which language a contact speaks: what they write tells, the network tells, and a person knows better."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction

from heard.contacts.events import ContactSpeaks
from heard.contacts.models import HEARD_OFTEN_ENOUGH, Contact
from heard.events.publishing import publish
from heard.language.known import is_language
from heard.workspaces.models import Agent

CHANGED_BY_HEARING: Final = ("language", "language_from", "heard_language", "heard_times")


class NoSuchLanguage(Exception):
    """It is no language that has a two-letter code."""


def hear(contact: Contact, language: str) -> bool:
    """They certainly wrote in it. The first language heard is theirs, another one is only counted.

    Changes the object and not the row: the intake saves many at once. True if there is something to save.
    """
    before = _heard(contact)
    if not contact.language:
        contact.language, contact.language_from = language, Contact.Source.DETECTED
    elif contact.language == language:
        contact.heard_language, contact.heard_times = "", 0
    elif contact.heard_language == language:
        contact.heard_times = min(contact.heard_times + 1, HEARD_OFTEN_ENOUGH)
    else:
        contact.heard_language, contact.heard_times = language, 1
    return _heard(contact) != before


def told_by_network(contact: Contact, language: str) -> bool:
    """It stands in their profile. Less than a person's word, and less than what they really write in."""
    if contact.language or not is_language(language):
        return False
    contact.language, contact.language_from = language, Contact.Source.NETWORK
    return True


@transaction.atomic
def speak(contact: Contact, *, language: str, by: Agent, now: datetime) -> None:
    """A person says it, and only a person takes it back. Empty: we do not know after all.

    Said of the language that we had already, it is confirmed, and a proposal that stood is dropped.
    Raises NoSuchLanguage.
    """
    if language and not is_language(language):
        raise NoSuchLanguage(language)
    row = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    before, known = row.language, _heard(row)
    row.language = language
    row.language_from = Contact.Source.SAID if language else ""
    row.heard_language, row.heard_times = "", 0
    if _heard(row) != known:
        row.save(update_fields=CHANGED_BY_HEARING)
        publish(
            ContactSpeaks(
                workspace_id=row.workspace_id,
                at=now,
                by_id=by.pk,
                contact_id=row.pk,
                language=language,
                before=before,
            )
        )
    for name in CHANGED_BY_HEARING:
        setattr(contact, name, getattr(row, name))


def _heard(contact: Contact) -> tuple[object, ...]:
    return tuple(getattr(contact, name) for name in CHANGED_BY_HEARING)
