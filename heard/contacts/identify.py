"""Who is this? Find or make the contact behind each address, many at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from django.db.models import Q, QuerySet

from heard.channels.contract import Person
from heard.contacts.models import Contact, Identity
from heard.inboxes.models import Inbox
from heard.language.known import language_in
from heard.many import among, insert_many, made
from heard.workspaces.models import OfWorkspace
from heard.workspaces.prepared import Some, prepared

# An author whom the network hides gets an address of their own: two strangers are not one person.
ANONYMOUS = "anonymous:"


def identify(inbox: Inbox, people: Mapping[str, Person], *, now: datetime) -> dict[str, Identity]:
    """The identity of every address in `people`, with its contact. Runs inside the caller's transaction.

    Whoever is known by another address of theirs is found by it, and called by `Person.address` from now on.
    """
    known = _known(inbox, people)
    strangers = [person for address, person in people.items() if address not in known]
    known |= _known_otherwise(inbox, strangers)
    missing = [person for person in strangers if person.address not in known]
    if missing:
        contacts = _make(inbox, missing, now=now)
        # Somebody else may have made some of them at the same moment: the database says whose counts.
        known |= _known(inbox, {person.address: person for person in missing})
        _remove_lost(contacts, known.values())
    _rename(known, people)
    _learn_aliases(known, people)
    return known


def address_known(inbox: Inbox, address: str) -> str:
    """What we call the person who has this address; the address itself for strangers."""
    if not address or Identity.objects.filter(inbox=inbox, address=address).exists():
        return address
    others = _with_alias(inbox, [address]).values_list("address", flat=True)
    return others.first() or address


def _known(inbox: Inbox, people: Mapping[str, Person]) -> dict[str, Identity]:
    return {row.address: row for row in _called(inbox=inbox.pk, addresses=Some(people))}


@prepared
def _called(*, inbox: int, addresses: Some) -> QuerySet[Identity]:
    return Identity.objects.filter(among("address", addresses), inbox=inbox).select_related("contact")


def _known_otherwise(inbox: Inbox, strangers: Sequence[Person]) -> dict[str, Identity]:
    """Strangers who are none. Two people may have had one number, so an alias in common proves nothing."""
    if not strangers:
        return {}
    found = {
        alias: row
        for row in _with_alias(inbox, [person.address for person in strangers]).select_related("contact")
        for alias in row.aliases
    }
    called = {alias: person for person in strangers for alias in person.aliases}
    for row in Identity.objects.filter(inbox=inbox, address__in=list(called)).select_related("contact"):
        person = called[row.address]
        if person.address not in found:
            row.aliases, row.address = [*row.aliases, row.address], person.address
            row.save(update_fields=["aliases", "address"])
            found[person.address] = row
    return {person.address: found[person.address] for person in strangers if person.address in found}


def _with_alias(inbox: Inbox, addresses: Sequence[str]) -> OfWorkspace[Identity]:
    """Who took it last comes last."""
    named = Q(aliases__overlap=list(addresses))
    return Identity.objects.filter(named, inbox=inbox).exclude(aliases=[]).order_by("id")


def _learn_aliases(known: Mapping[str, Identity], people: Mapping[str, Person]) -> None:
    for address, identity in known.items():
        told = (address, *people[address].aliases)
        new = [alias for alias in told if alias not in (identity.address, *identity.aliases)]
        if new:
            identity.aliases = [*identity.aliases, *new]
            identity.save(update_fields=["aliases"])


def _make(inbox: Inbox, people: list[Person], *, now: datetime) -> list[Contact]:
    contacts = [_contact(inbox, person, now=now) for person in people]
    insert_many(contacts)
    Identity.objects.bulk_create(
        [
            made(
                Identity,
                workspace_id=inbox.workspace_id,
                contact=contact,
                inbox=inbox,
                address=person.address,
                aliases=list(person.aliases),
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
    return contacts


def _remove_lost(contacts: Iterable[Contact], known: Iterable[Identity]) -> None:
    """A contact whose identity lost the race has nobody behind it."""
    used = {identity.contact_id for identity in known}
    lost = [contact.pk for contact in contacts if contact.pk not in used]
    if lost:
        Contact.objects.filter(pk__in=lost, identities=None).delete()


def _contact(inbox: Inbox, person: Person, *, now: datetime) -> Contact:
    language = language_in(person.language)
    return made(
        Contact,
        workspace_id=inbox.workspace_id,
        name=_clean(person.name or person.handle),
        language=language,
        language_from=Contact.Source.NETWORK if language else "",
        created_at=now,
    )


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
