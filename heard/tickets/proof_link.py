"""The link in a mail by which whoever reads it confirms that they are the person who named its address.

It holds as long as the code that stands beside it, and for that code alone: a new one ends both, and so does the
first yes or no.
"""

from __future__ import annotations

from datetime import datetime

from django.core import signing
from django.db import transaction

from heard.contacts.models import Claim
from heard.events.publishing import publish
from heard.tickets.about import about
from heard.tickets.events import AddressDenied
from heard.tickets.models import Ticket
from heard.tickets.prove import prove

_SALT = "heard.tickets.proof"


class UsedUp(Exception):
    """Answered before, too old, or nothing that we signed."""


def proof_link(claim: Claim, *, public_url: str) -> str:
    """Of a claim that has a code."""
    signed = signing.Signer(salt=_SALT).sign_object([claim.pk, claim.code_hash[:16]], compress=False)
    return f"{public_url.rstrip('/')}/same/{signed}"


def claim_of(signed: str, *, now: datetime) -> Claim:
    """The one that still waits for an answer. Raises UsedUp."""
    try:
        pk, code = signing.Signer(salt=_SALT).unsign_object(signed)
    except Exception as error:  # whatever a stranger typed there, it is no sign of ours
        raise UsedUp from error
    waiting = Claim.objects.filter(pk=pk, proved_at=None, code_until__gt=now).exclude(code_hash="")
    found = waiting.select_related("workspace", "claimant__inbox", "claimant__contact", "identity").first()
    if found is None or found.code_hash[:16] != code:
        raise UsedUp
    return found


@transaction.atomic
def answer(signed: str, *, same: bool, now: datetime) -> Claim:
    """Whoever has the mail says whether they are that person. A no is told to us as well. Raises UsedUp."""
    claim = claim_of(signed, now=now)
    row = Claim.objects.select_for_update(no_key=True, of=("self",)).get(pk=claim.pk)
    if row.code_hash != claim.code_hash:
        raise UsedUp
    ticket = _ticket_of(claim)
    if same:
        prove(claim, how=Claim.How.SIGNED, ticket=ticket, by=None, now=now)
        return claim
    row.code_hash = ""
    row.save(update_fields=["code_hash"])
    publish(AddressDenied(**about(ticket, now=now), address=claim.identity.address))
    return claim


def _ticket_of(claim: Claim) -> Ticket:
    """Where the address is written to; the mail with the link left from there."""
    theirs = Ticket.objects.filter(threads__identity=claim.identity_id).select_related("workspace")
    found = theirs.order_by("-pk").first()
    if found is None:
        raise UsedUp
    return found
