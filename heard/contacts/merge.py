"""Two contacts are one person. Exact, and exactly undone.

The contacts of a person form a tree: each that is gone leads to one that is kept. What points to contacts
(identities, tickets) points to the root, and remembers its home: the contact it would have without any
merge. So a merge hangs one tree below another, an undoing cuts it off, and what came in between goes with
the identity that it came on, in whatever order trees were joined and cut.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce

from heard.contacts.events import ContactsMerged, ContactsUnmerged
from heard.contacts.models import Contact, ContactMerge, Identity
from heard.events.publishing import publish
from heard.workspaces.models import Agent

# Joining and cutting walk through whole trees: one at a time in a workspace. The number is ours alone.
ONE_AT_A_TIME = 770_052


class SamePerson(Exception):
    """They are one contact already."""


class OfAnotherWorkspace(Exception):
    """Contacts of two workspaces are never one."""


class NotMerged(Exception):
    """That merge was undone meanwhile."""


@transaction.atomic
def merge(
    kept: Contact,
    gone: Contact,
    *,
    by: Agent | None,
    now: datetime,
    evidence: Sequence[dict[str, Any]] = (),
) -> ContactMerge:
    """Everything of `gone` is `kept`'s from now on. Whoever is gone already stands for whom they went into.

    `evidence`: what spoke for it, as `suggest` gives it. Raises SamePerson or OfAnotherWorkspace.
    """
    if kept.workspace_id != gone.workspace_id:
        raise OfAnotherWorkspace
    _one_at_a_time(kept.workspace_id)
    kept, gone = _locked(root(kept), root(gone))
    if kept == gone:
        raise SamePerson
    members = below(gone)
    Contact.objects.filter(pk=gone.pk).update(merged_into=kept)
    theirs = Identity.objects.filter(contact=gone)
    moved = {"identities": sorted(theirs.values_list("pk", flat=True))}
    theirs.update(home=Coalesce(F("home"), F("contact")), contact=kept)
    row = ContactMerge.objects.create(
        workspace_id=kept.workspace_id,
        kept=kept,
        gone=gone,
        by=by,
        at=now,
        evidence=list(evidence),
        moved=moved,
    )
    publish(
        ContactsMerged(
            workspace_id=kept.workspace_id,
            at=now,
            by_id=by.pk if by else None,
            merge_id=row.pk,
            kept_id=kept.pk,
            gone_id=gone.pk,
            members=members,
        )
    )
    return row


@transaction.atomic
def unmerge(merged: ContactMerge, *, by: Agent | None, now: datetime) -> None:
    """As if it had never been, with what came since. Raises NotMerged."""
    _one_at_a_time(merged.workspace_id)
    row = ContactMerge.objects.select_for_update(no_key=True, of=("self",)).get(pk=merged.pk)
    if row.undone_at is not None:
        raise NotMerged
    kept, gone = _locked(root(row.kept), row.gone)
    members = below(gone)
    Contact.objects.filter(pk=gone.pk).update(merged_into=None)
    Identity.objects.filter(home__in=members).update(contact=gone)
    Identity.objects.filter(home=gone).update(home=None)
    row.undone_at, row.undone_by = now, by
    row.save(update_fields=["undone_at", "undone_by"])
    publish(
        ContactsUnmerged(
            workspace_id=row.workspace_id,
            at=now,
            by_id=by.pk if by else None,
            merge_id=row.pk,
            kept_id=kept.pk,
            gone_id=gone.pk,
            members=members,
        )
    )


def root(contact: Contact) -> Contact:
    """The contact that this one is part of; itself for one that was never merged."""
    contact = Contact.objects.get(pk=contact.pk)
    while contact.merged_into_id is not None:
        contact = Contact.objects.get(pk=contact.merged_into_id)
    return contact


def below(contact: Contact) -> list[int]:
    """The ids of a contact and of all that went into it, directly or by way of others."""
    found, new = {contact.pk}, {contact.pk}
    while new:
        new = set(Contact.objects.filter(merged_into__in=new).values_list("pk", flat=True)) - found
        found |= new
    return sorted(found)


def merges_of(contact: Contact) -> list[ContactMerge]:
    """Those that stand and made this contact what it is, the newest first."""
    standing = ContactMerge.objects.filter(undone_at=None, gone__in=below(contact)).exclude(gone=contact)
    return list(standing.select_related("kept", "gone", "by").order_by("-at", "-id"))


def _one_at_a_time(workspace_id: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s, %s)", [ONE_AT_A_TIME, workspace_id])


def _locked(one: Contact, other: Contact) -> tuple[Contact, Contact]:
    """By id, and not only "no key": whoever is about to write a row that refers to them waits for us."""
    wanted = Contact.objects.select_for_update().filter(pk__in=(one.pk, other.pk)).order_by("id")
    found = {row.pk: row for row in wanted}
    return found[one.pk], found[other.pk]
