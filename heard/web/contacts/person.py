"""One person as the screen shows them: their addresses, what was said, and who else they may be."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.db.models import Exists, Func, OuterRef, Q, QuerySet, TextField, Value
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from heard.contacts.merge import merges_of
from heard.contacts.models import Claim, Contact, ContactMerge, Identity
from heard.contacts.suggest import Kind, Suggestion
from heard.tickets.history import History, history
from heard.tickets.models import Ticket
from heard.tickets.suggest_people import suggestions
from heard.web.faces import Face, face
from heard.workspaces.models import Agent

SHORTEST_SEARCH = 2
FOUND = 8
TICKETS = 20
# An address that somebody claims and nobody ever wrote from is nobody to merge with.
NAMED = Q(proof=Identity.Proof.CLAIMED, last_wrote_at=None)
PROOFS: Mapping[str, str] = {
    Identity.Proof.NETWORK: "",
    Identity.Proof.CLAIMED: "circle-question-mark",
    Identity.Proof.VERIFIED: "badge-check",
}
# What speaks for two contacts being one person. {words} is the address, the number or the name.
EVIDENCE: Mapping[str, Promise] = {
    Kind.PROVED: _("They confirmed that {words} is theirs"),
    Kind.SAME_ADDRESS: _("Both write from {words}"),
    Kind.SAME_PHONE: _("Both have the number {words}"),
    Kind.SAME_LINK: _("They used the link that the other alone had got with {words}"),
    Kind.QUOTED: _("They quoted {words}, which is a ticket of the other"),
    Kind.STATED: _("They said that they wrote as {words}"),
    Kind.CLAIMED: _("They named {words}; it is not confirmed"),
    Kind.SAME_NAME: _("Both are called {words}, as others may be"),
}
STRENGTHS: Mapping[int, Promise] = {3: _("Proved"), 2: _("Likely"), 1: _("Weak")}


@dataclass(frozen=True)
class Shown:
    contact: Contact
    face: Face
    identities: Sequence[Identity]
    claims: Sequence[Claim]
    tickets: Sequence[Ticket]
    history: History
    suggestions: Sequence[Suggestion]
    merges: Sequence[ContactMerge]
    now: datetime
    found: Sequence[Contact] = ()
    words: str = ""

    proof_icons = PROOFS
    strengths = STRENGTHS

    @property
    def local_time(self) -> datetime | None:
        try:
            zone = self.contact.time_zone
            return self.now.astimezone(ZoneInfo(zone)) if zone else None
        except (ZoneInfoNotFoundError, ValueError):
            return None

    @staticmethod
    def reason(evidence: Any) -> str:
        """In words, also for what was kept with a merge."""
        kept = evidence if isinstance(evidence, dict) else evidence.as_kept()
        text = EVIDENCE.get(str(kept.get("kind", "")))
        return str(text).format(words=kept.get("words", "")) if text else str(kept.get("words", ""))

    @staticmethod
    def since(evidence: Any) -> datetime | None:
        """When that became known, where it matters."""
        kept = evidence if isinstance(evidence, dict) else evidence.as_kept()
        return datetime.fromisoformat(kept["at"]) if kept.get("at") else None


def person(contact: Contact, agent: Agent, *, now: datetime, words: str = "", cursor: str = "") -> Shown:
    """Raises BadCursor."""
    identities = list(contact.identities.select_related("inbox").order_by("pk"))
    picture = next((row.picture for row in identities if row.picture), "")
    tickets = Ticket.objects.visible_to(agent).filter(contact=contact).select_related("inbox")
    return Shown(
        contact=contact,
        face=face(contact.name, picture),
        identities=identities,
        claims=list(_claims(contact)),
        tickets=list(tickets.order_by("-last_message_at", "-pk")[:TICKETS]),
        history=history(contact, agent, cursor=cursor),
        suggestions=suggestions(contact),
        merges=merges_of(contact),
        now=now,
        found=named_like(contact, agent, words),
        words=words,
    )


def named_like(contact: Contact, agent: Agent, words: str) -> list[Contact]:
    """By name or address. Accents and case do not matter, nor does a slip of the pen."""
    words = " ".join(words.replace("\x00", "").split())[:100]
    if len(words) < SHORTEST_SEARCH:
        return []
    others = Contact.objects.visible_to(agent).filter(merged_into=None).exclude(pk=contact.pk)
    others = others.filter(Exists(Identity.objects.filter(~NAMED, contact=OuterRef("pk"))))
    living = others.annotate(plain=_plain("name")).prefetch_related("identities__inbox")
    by_address = Identity.objects.visible_to(agent).filter(
        Q(address__istartswith=words) | Q(handle__istartswith=words)
    )
    found: list[Contact] = list(
        living.filter(plain__contains=_plain(Value(words))).order_by("name", "pk")[:FOUND]
    )
    asked = by_address.values_list("contact", flat=True)[:FOUND]
    found += [one for one in living.filter(pk__in=list(asked)).order_by("pk") if one not in found]
    if len(found) < FOUND:
        near = living.filter(plain__trigram_word_similar=_plain(Value(words)))
        found += [one for one in near.order_by("name", "pk")[:FOUND] if one not in found]
    return found[:FOUND]


def _plain(named: str | Value) -> Func:
    """As the index of names has it: without accents and in one case."""
    return Func(named, function="contacts_plain", output_field=TextField())


def _claims(contact: Contact) -> QuerySet[Claim]:
    """Addresses that they named and that are nobody's yet."""
    open_ = Claim.objects.filter(claimant__contact=contact, proved_at=None)
    return (
        open_.exclude(identity__contact=contact)
        .select_related("identity__inbox", "identity__contact")
        .order_by("pk")
    )
