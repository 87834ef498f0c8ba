"""Which language a contact speaks, says a person. What is recognised or told by a network never overwrites it."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from heard.contacts.events import ContactSpeaks
from heard.contacts.hear import CHANGED_BY_HEARING, heard
from heard.contacts.models import Contact
from heard.events.publishing import publish
from heard.language.known import is_language
from heard.workspaces.models import Agent


class NoSuchLanguage(Exception):
    """It is no language that has a two-letter code."""


@transaction.atomic
def speak(contact: Contact, *, language: str, by: Agent, now: datetime) -> None:
    """Empty: we do not know after all. Raises NoSuchLanguage.

    Said of the language that we had already, it is confirmed, and a proposal that stood is dropped.
    """
    if language and not is_language(language):
        raise NoSuchLanguage(language)
    row = Contact.objects.get(pk=contact.pk)
    before, known = row.language, heard(row)
    row.language = language
    row.language_from = Contact.Source.SAID if language else ""
    row.heard_language, row.heard_times = "", 0
    if heard(row) != known:
        # Before the contact is locked: whoever follows locks tickets, and so does the intake, in this order.
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
        row.save(update_fields=CHANGED_BY_HEARING)
    for name in CHANGED_BY_HEARING:
        setattr(contact, name, getattr(row, name))
