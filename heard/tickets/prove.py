"""A claimed address is proved: by a code that we sent there, or by a proved mail from it."""

from __future__ import annotations

import hashlib
import hmac
import re
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.db import transaction

from heard.contacts.claim import PROOFS
from heard.contacts.merge import SamePerson, merge
from heard.contacts.models import Claim, Contact, ContactMerge, Identity
from heard.contacts.suggest import Evidence, Kind, Strength
from heard.events.publishing import publish
from heard.many import among
from heard.tickets.about import about
from heard.tickets.events import AddressProved, MessageReceived
from heard.tickets.models import Kind as MessageKind
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent

CODE = re.compile(r"(?<!\d)(\d{6})(?!\d)")
LASTS = timedelta(days=3)
MOST_TRIES = 5


@transaction.atomic
def make_code(claim: Claim, *, now: datetime) -> str:
    """Six digits for the mail. Whoever tells us them where they first wrote reads that mailbox. Stored as a hash."""
    code = f"{secrets.randbelow(10**6):06d}"
    claim.code_hash, claim.code_until, claim.code_tries = _hashed(claim, code), now + LASTS, 0
    claim.save(update_fields=["code_hash", "code_until", "code_tries"])
    return code


def note_proofs(events: Sequence[MessageReceived]) -> None:
    """Codes that customers tell us, and mails whose sender is proved."""
    ids = [event.message_id for event in events if _may_prove(event.message)]
    if not ids:
        return
    proving = Message.objects.filter(among("pk", ids)).select_related("author", "ticket")
    for message in proving.defer("search").order_by("id"):
        if message.verified:
            _wrote_from(message, now=message.received_at)
        else:
            _told_code(message, now=message.received_at)


def _may_prove(message: Message) -> bool:
    if message.author_id is None:
        return False
    return message.verified is True or (not message.public and CODE.search(message.text) is not None)


@transaction.atomic
def prove(claim: Claim, *, how: Claim.How, ticket: Ticket, by: Agent | None, now: datetime) -> None:
    """The address is the claimant's. Where nobody else ever wrote from it, it joins their contact."""
    if how not in PROOFS:
        raise ValueError(how)
    row = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)
    if row.proved_at is not None:
        return
    row.how, row.proved_at, row.code_hash = how, now, ""
    row.save(update_fields=["how", "proved_at", "code_hash"])
    Identity.objects.filter(pk=row.identity_id).update(proof=Identity.Proof.VERIFIED)
    publish(AddressProved(**about(ticket, now=now, by=by), address=row.identity.address, how=how.value))
    _join(row, by=by, now=now)


def _join(claim: Claim, *, by: Agent | None, now: datetime) -> None:
    """Only what was made for the claim. Somebody who has a history of their own is suggested to a person."""
    kept, gone = claim.claimant.contact, claim.identity.contact
    if not _is_vessel(gone):
        return
    evidence = Evidence(Kind.PROVED, Strength.STRONG, claim.identity.address)
    try:
        merge(kept, gone, by=by, now=now, evidence=[evidence.as_kept()])
    except SamePerson:
        return


def _is_vessel(contact: Contact) -> bool:
    return (
        contact.identities.count() == 1
        and not Ticket.objects.filter(contact=contact).exists()
        and not ContactMerge.objects.filter(kept=contact).exists()
    )


def _wrote_from(message: Message, *, now: datetime) -> None:
    """Only where we had written to them: a proved mail out of the blue proves no more than itself."""
    author = message.author
    if author is None or message.kind != MessageKind.EMAIL:
        return
    for claim in Claim.objects.filter(identity=author, proved_at=None).select_related(
        "claimant__contact", "identity__contact"
    ):
        there = message.ticket.threads.filter(pk=message.thread_id, identity=author).exists()
        if there and message.ticket.contact_id == claim.claimant.contact_id:
            prove(claim, how=Claim.How.WROTE, ticket=message.ticket, by=None, now=now)
    if author.proof == Identity.Proof.NETWORK:
        Identity.objects.filter(pk=author.pk).update(proof=Identity.Proof.VERIFIED)


def _told_code(message: Message, *, now: datetime) -> None:
    """From any identity of whoever claimed the address, but not from that address itself."""
    contact = message.author.contact_id if message.author else None
    waiting = Claim.objects.select_for_update(no_key=True, of=("self",)).filter(
        claimant__contact=contact, proved_at=None, code_until__gt=now, code_tries__lt=MOST_TRIES
    )
    told = CODE.findall(message.text)
    for claim in waiting.exclude(identity=message.author).exclude(code_hash="").order_by("id"):
        if any(hmac.compare_digest(_hashed(claim, code), claim.code_hash) for code in told[:MOST_TRIES]):
            prove(claim, how=Claim.How.CODE, ticket=message.ticket, by=None, now=now)
        else:
            claim.code_tries += 1
            claim.save(update_fields=["code_tries"])


def _hashed(claim: Claim, code: str) -> str:
    return hashlib.sha256(f"{claim.pk}:{claim.workspace.check_key}:{code}".encode()).hexdigest()
