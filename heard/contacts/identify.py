"""Who is this? Find or make the contact behind each address, many at once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from heard.channels.contract import Person
from heard.contacts.models import Contact, Identity
from heard.inboxes.models import Inbox

# An author whom the network hides gets an address of their own: two strangers are not one person.
ANONYMOUS = "anonymous:"


def identify(inbox: Inbox, people: Mapping[str, Person], *, now: datetime) -> dict[str, Identity]:
    """The identity of every address in `people`, with its contact. Runs inside the caller's transaction."""
    known = _known(inbox, people)
    missing = [person for address, person in people.items() if address not in known]
    if missing:
        _make(inbox, missing, now=now)
        # Somebody else may have made some of them at the same moment: the database says whose counts.
        known |= _known(inbox, {person.address: person for person in missing})
    _rename(known, people)
    return known


def _known(inbox: Inbox, people: Mapping[str, Person]) -> dict[str, Identity]:
    rows = Identity.objects.filter(inbox=inbox, address__in=list(people)).select_related("contact")
    return {row.address: row for row in rows}


def _make(inbox: Inbox, people: list[Person], *, now: datetime) -> None:
    contacts = Contact.objects.bulk_create(
        Contact(workspace_id=inbox.workspace_id, name=_clean(person.name or person.handle), created_at=now)
        for person in people
    )
    Identity.objects.bulk_create(
        [
            Identity(
                workspace_id=inbox.workspace_id,
                contact=contact,
                inbox=inbox,
                address=person.address,
                name=_clean(person.name),
                handle=_clean(person.handle),
                picture_url=person.picture_url[:2000],
                profile=_profile_of(person),
                created_at=now,
            )
            for person, contact in zip(people, contacts, strict=True)
        ],
        ignore_conflicts=True,
    )
    # A contact whose identity lost the race has nobody behind it.
    Contact.objects.filter(pk__in=[contact.pk for contact in contacts], identities=None).delete()


def _profile_of(person: Person) -> Identity.Profile:
    hidden = person.address.startswith(ANONYMOUS)
    return Identity.Profile.REFUSED if hidden else Identity.Profile.WANTED


def _rename(known: Mapping[str, Identity], people: Mapping[str, Person]) -> None:
    """People change their names at the network; ours follows unless an agent gave another one."""
    for address, identity in known.items():
        name = _clean(people[address].name)
        if not name or name == identity.name:
            continue
        contact = identity.contact
        if contact.name in ("", identity.name, identity.handle):
            Contact.objects.filter(pk=contact.pk).update(name=name)
            contact.name = name
        Identity.objects.filter(pk=identity.pk).update(name=name)
        identity.name = name


def _clean(name: str) -> str:
    return " ".join(name.split())[:200]
