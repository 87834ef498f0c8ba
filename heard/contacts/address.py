"""How somebody is addressed. A person says it of a contact; for all others the workspace has its usual way."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Final

from django.db import transaction

from heard.contacts.events import ContactAddressed, UsualFormalityChanged
from heard.contacts.models import Contact, Formality, UsualFormality
from heard.events.publishing import publish
from heard.workspaces.models import Agent, Workspace

# To be too polite with a stranger offends nobody.
WHERE_NOBODY_SAID: Final = Formality.FORMAL


def formality_for(contact: Contact, language: str) -> Formality:
    """How to address this contact in this language: their own way, else the workspace's, else formal."""
    if contact.formality:
        return Formality(contact.formality)
    return usual_formality(contact.workspace_id, language)


def usual_formality(workspace_id: int, language: str) -> Formality:
    rows = UsualFormality.objects.filter(workspace_id=workspace_id, language=language)
    usual = rows.values_list("formality", flat=True).first()
    return Formality(usual) if usual else WHERE_NOBODY_SAID


@transaction.atomic
def address(contact: Contact, *, formality: Formality | None, by: Agent, now: datetime) -> None:
    """None: as is usual in the workspace. Said twice, it is said once."""
    row = Contact.objects.select_for_update(no_key=True).get(pk=contact.pk)
    said = formality.value if formality else ""
    if row.formality == said:
        return
    contact.formality = row.formality = said
    row.save(update_fields=["formality"])
    publish(
        ContactAddressed(
            workspace_id=row.workspace_id, at=now, by_id=by.pk, contact_id=row.pk, formality=said
        )
    )


@transaction.atomic
def change_usual_formality(
    workspace: Workspace, usual: Mapping[str, Formality], *, by: Agent, now: datetime
) -> None:
    """Only the languages that are named change."""
    known = UsualFormality.objects.select_for_update().filter(workspace=workspace, language__in=usual)
    before = {row.language: row.formality for row in known}
    changed = {
        language: formality.value
        for language, formality in usual.items()
        if before.get(language, WHERE_NOBODY_SAID) != formality
    }
    for language, formality in changed.items():
        UsualFormality.objects.update_or_create(
            workspace=workspace, language=language, defaults={"formality": formality}
        )
    if changed:
        publish(UsualFormalityChanged(workspace_id=workspace.pk, at=now, by_id=by.pk, changed=changed))
