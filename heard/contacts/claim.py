"""Somebody says that an address is theirs, too. Kept as a word until it is proved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from heard.contacts.models import Claim, Contact, Identity
from heard.inboxes.models import Inbox
from heard.workspaces.models import Agent

How = Claim.How
# An agent's word that the customer said so proves nothing, nor does an address that somebody typed.
PROOFS = frozenset({How.CODE, How.WROTE, How.SIGNED})


@dataclass(frozen=True, slots=True)
class Claimed:
    identity: Identity
    claim: Claim


def claim(
    claimant: Identity, *, inbox: Inbox, address: str, how: Claim.How, by: Agent | None, now: datetime
) -> Claimed:
    """The identity behind `address`, claimed by `claimant`. Runs inside the caller's transaction.

    A proved address becomes the claimant's. One that is only claimed gets a contact of its own, so that
    whoever names the address of somebody else sees and shows nothing of theirs.
    """
    identity = Identity.objects.filter(inbox=inbox, address=address).select_related("contact").first()
    if identity is None:
        identity = _new(claimant, inbox, address, proved=how in PROOFS, now=now)
    fields = {"workspace_id": inbox.workspace_id, "how": how, "by": by, "at": now}
    if how in PROOFS:
        fields["proved_at"] = now
    row, made = Claim.objects.get_or_create(claimant=claimant, identity=identity, defaults=fields)
    if not made and how in PROOFS and row.proved_at is None:
        row.how, row.proved_at = how, now
        row.save(update_fields=["how", "proved_at"])
    return Claimed(identity, row)


def _new(claimant: Identity, inbox: Inbox, address: str, *, proved: bool, now: datetime) -> Identity:
    contact = claimant.contact if proved else _vessel(inbox, now=now)
    fresh = {
        "workspace_id": inbox.workspace_id,
        "contact": contact,
        # A merge that is undone takes along what its side brought.
        "home_id": claimant.home_id if proved else None,
        "name": claimant.name if proved else "",
        "proof": Identity.Proof.VERIFIED if proved else Identity.Proof.CLAIMED,
        "created_at": now,
    }
    identity, made = Identity.objects.get_or_create(inbox=inbox, address=address, defaults=fresh)
    if not made and not proved:
        contact.delete()
    return identity


def _vessel(inbox: Inbox, *, now: datetime) -> Contact:
    """Without a name: whoever writes from there says what they are called."""
    return Contact.objects.create(workspace_id=inbox.workspace_id, created_at=now)
