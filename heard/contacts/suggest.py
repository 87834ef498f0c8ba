"""Who else may this be? Each suggestion says what speaks for it. Nothing is merged by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum, StrEnum
from typing import Any

from django.db import transaction
from django.db.models import Q

from heard.contacts.events import SuggestionDismissed
from heard.contacts.merge import OfAnotherWorkspace, SamePerson, below, root
from heard.contacts.models import Claim, Contact, Identity, NotTheSame, UsedLink
from heard.events.publishing import publish
from heard.workspaces.models import Agent

MOST = 5
MOST_LINKS = 50
SHORTEST_NAME = 5
# Numbers that short are no telephone numbers in any country.
SHORTEST_NUMBER = 8


class Strength(IntEnum):
    WEAK = 1  # many people share it
    GOOD = 2  # somebody said so, or it is hard to share by chance
    STRONG = 3  # proved


class Kind(StrEnum):
    PROVED = "proved"  # the address was claimed and then confirmed
    SAME_ADDRESS = "same_address"
    SAME_PHONE = "same_phone"
    SAME_LINK = "same_link"  # one used a link that the other alone had got
    QUOTED = "quoted"  # the number of a ticket of the other, with its check part
    STATED = "stated"  # "I wrote to you on Facebook as …"
    CLAIMED = "claimed"  # the address was named, and nobody proved it
    SAME_NAME = "same_name"


@dataclass(frozen=True, slots=True)
class Evidence:
    """`words` is what it is about: the address, the number, the name. `at`: since when we know, where it matters."""

    kind: Kind
    strength: Strength
    words: str
    at: datetime | None = None

    def as_kept(self) -> dict[str, Any]:
        kept = {"kind": self.kind, "strength": self.strength, "words": self.words}
        return kept | ({"at": self.at.isoformat()} if self.at else {})


@dataclass(frozen=True, slots=True)
class Suggestion:
    contact: Contact
    evidence: Sequence[Evidence]

    @property
    def strength(self) -> Strength:
        return max(one.strength for one in self.evidence)

    @property
    def is_strong(self) -> bool:
        return self.strength == Strength.STRONG


# Whose it may be, and why.
Pointer = tuple[int, Evidence]


def suggest(contact: Contact, *, further: Iterable[Pointer] = (), named: bool = False) -> list[Suggestion]:
    """The best proved first. `further` is what other parts of Heard know: the words of messages.

    An address that was only named is shown where it was named; with `named` it is suggested, too.
    """
    found: dict[int, dict[Evidence, None]] = defaultdict(dict)
    sources = (*_claims(contact), *_addresses(contact), *_links(contact), *further, *_names(contact))
    for other, evidence in sources:
        found[other][evidence] = None
    members = set(below(contact))
    refused = _refused(members)
    living: dict[Contact, dict[Evidence, None]] = defaultdict(dict)
    for row in Contact.objects.filter(workspace=contact.workspace_id, pk__in=found).order_by("pk"):
        alive = root(row) if row.merged_into_id else row
        if not named and _only_named(alive):
            continue
        if alive.pk not in members and not refused & set(below(alive)):
            living[alive] |= found[row.pk]
    made = [Suggestion(one, sorted(seen, key=_weight)) for one, seen in living.items()]
    return sorted(made, key=lambda one: (-one.strength, -len(one.evidence), one.contact.pk))[:MOST]


@transaction.atomic
def dismiss_suggestion(contact: Contact, other: Contact, *, by: Agent, now: datetime) -> None:
    """They are two people, says somebody who looked. Raises SamePerson or OfAnotherWorkspace."""
    if contact.workspace_id != other.workspace_id:
        raise OfAnotherWorkspace
    # A colleague may have merged them while this one looked.
    if contact == other:
        raise SamePerson
    one, two = sorted((contact, other), key=lambda row: row.pk)
    _row, made = NotTheSame.objects.get_or_create(
        one=one, other=two, defaults={"workspace_id": one.workspace_id, "by": by, "at": now}
    )
    if made:
        publish(
            SuggestionDismissed(
                workspace_id=one.workspace_id, at=now, by_id=by.pk, one_id=one.pk, other_id=two.pk
            )
        )


def _only_named(contact: Contact) -> bool:
    """Made for an address that somebody claims, and nobody ever wrote from it."""
    return not contact.identities.exclude(proof=Identity.Proof.CLAIMED, last_wrote_at=None).exists()


def _weight(evidence: Evidence) -> tuple[int, str]:
    return -evidence.strength, evidence.kind


def _refused(members: set[int]) -> set[int]:
    pairs = NotTheSame.objects.filter(Q(one__in=members) | Q(other__in=members)).values_list("one", "other")
    return {pk for pair in pairs for pk in pair} - members


def _claims(contact: Contact) -> Iterable[Pointer]:
    mine = Q(claimant__contact=contact) | Q(identity__contact=contact)
    for row in Claim.objects.filter(mine).select_related("claimant", "identity"):
        other = row.identity if row.claimant.contact_id == contact.pk else row.claimant
        words = row.identity.address
        if row.proved_at:
            yield other.contact_id, Evidence(Kind.PROVED, Strength.STRONG, words, row.proved_at)
        else:
            yield other.contact_id, Evidence(Kind.CLAIMED, Strength.WEAK, words, row.at)


def _links(contact: Contact) -> Iterable[Pointer]:
    """A link may be passed on, so it is no proof."""
    mine = Q(given_to__contact=contact) | Q(used_by__contact=contact)
    used = UsedLink.objects.filter(mine).select_related("given_to", "used_by")
    for row in used.order_by("-at", "-id")[:MOST_LINKS]:
        other = row.used_by if row.given_to.contact_id == contact.pk else row.given_to
        yield other.contact_id, Evidence(Kind.SAME_LINK, Strength.GOOD, row.words, row.at)


def _addresses(contact: Contact) -> Iterable[Pointer]:
    """The same mailbox or telephone, on whatever channel. A claimed one is a matter of its claim."""
    mine = [row for row in contact.identities.all() if row.proof != Identity.Proof.CLAIMED]
    written = {form: row for row in mine for form in _forms(row)}
    others = Identity.objects.filter(workspace=contact.workspace_id, address__in=written).exclude(
        Q(contact=contact) | Q(proof=Identity.Proof.CLAIMED)
    )
    for other in others:
        row = written[other.address]
        if "@" in other.address:
            both = {row.proof, other.proof} == {Identity.Proof.VERIFIED}
            strength = Strength.STRONG if both else Strength.GOOD
            yield other.contact_id, Evidence(Kind.SAME_ADDRESS, strength, other.address)
        else:
            yield other.contact_id, Evidence(Kind.SAME_PHONE, Strength.GOOD, f"+{other.address.lstrip('+')}")


def _forms(row: Identity) -> list[str]:
    """How an address may be written on another channel. Networks' own numbers for people are none."""
    digits = row.address.removeprefix("+")
    if "@" in row.address.strip("@"):
        return [row.address]
    if not (digits.isascii() and digits.isdecimal() and len(digits) >= SHORTEST_NUMBER):
        return []
    # Without a plus it may be a network's own number of a person: only one with a plus is the same then.
    return [row.address, digits] if row.address.startswith("+") else [f"+{digits}"]


def _names(contact: Contact) -> Iterable[Pointer]:
    """Two words at least: half the world is called Jana."""
    name = contact.name.strip()
    if len(name) < SHORTEST_NAME or " " not in name:
        return
    alike = Contact.objects.filter(workspace=contact.workspace_id, name__iexact=name, merged_into=None)
    for pk in alike.exclude(pk=contact.pk).order_by("-pk").values_list("pk", flat=True)[:MOST]:
        yield pk, Evidence(Kind.SAME_NAME, Strength.WEAK, name)
