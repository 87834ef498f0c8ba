"""What people write tells which language they speak. The first one heard is theirs, another one is counted.

What their profile says counts as long as nothing was heard: many have their telephone in English.
"""

from __future__ import annotations

import json
from typing import Final

from django.db import connection

from heard.contacts.models import HEARD_OFTEN_ENOUGH, Contact

CHANGED_BY_HEARING: Final = ("language", "language_from", "heard_language", "heard_times")
# What a person said while we were taking in is not overwritten with what we had read before.
SAVE: Final = """
    UPDATE contacts_contact AS old
    SET language = new.language, language_from = new.language_from,
        heard_language = new.heard_language, heard_times = new.heard_times
    FROM json_to_recordset(%s::json) AS new (
        id bigint, language text, language_from text, heard_language text, heard_times smallint, known text[]
    )
    WHERE old.id = new.id AND ARRAY[old.language, old.language_from]::text[] = new.known
"""


class Hearing:
    """The contacts of one batch, and what it tells of their languages."""

    def __init__(self) -> None:
        self._changed: dict[int, Contact] = {}
        self._known: dict[int, list[str]] = {}

    def hear(self, contact: Contact, language: str) -> None:
        contact = self.as_heard(contact)
        known = [contact.language, contact.language_from]
        if hear(contact, language):
            self._known.setdefault(contact.pk, known)
            self._changed[contact.pk] = contact

    def as_heard(self, contact: Contact) -> Contact:
        """Two identities of one person carry an object each."""
        return self._changed.get(contact.pk, contact)

    def save(self) -> None:
        """One statement, whatever their number; none where nothing was learned."""
        if not self._changed:
            return
        told = [
            {"id": pk, "known": self._known[pk], **dict(zip(CHANGED_BY_HEARING, heard(row), strict=True))}
            for pk, row in sorted(self._changed.items())
        ]
        with connection.cursor() as cursor:
            cursor.execute(SAVE, [json.dumps(told)])


def hear(contact: Contact, language: str) -> bool:
    """They certainly wrote in it. Changes the object, not the row; true if there is something to save."""
    before = heard(contact)
    if not contact.language or contact.language_from == Contact.Source.NETWORK:
        contact.language, contact.language_from = language, Contact.Source.DETECTED
    elif contact.language == language:
        contact.heard_language, contact.heard_times = "", 0
    elif contact.heard_language == language:
        contact.heard_times = min(contact.heard_times + 1, HEARD_OFTEN_ENOUGH)
    else:
        contact.heard_language, contact.heard_times = language, 1
    return heard(contact) != before


def heard(contact: Contact) -> tuple[str | int, ...]:
    return tuple(getattr(contact, name) for name in CHANGED_BY_HEARING)
