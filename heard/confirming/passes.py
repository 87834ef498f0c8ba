"""A link for somebody who has lost theirs. It goes to an address that we know them by, never back to who asks.

Whoever asks is told the same whether there is such a ticket or not; all that differs happens in a job afterwards.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import phonenumbers
from django.core.mail import EmailMessage
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from heard.confirming.by_mail import go_on_by_mail
from heard.confirming.models import StatusPass
from heard.contacts.models import Identity
from heard.env import env
from heard.events.bell import ring
from heard.tickets.models import Message, Ticket
from heard.tickets.numbers import public_number
from heard.tickets.status_link import meant
from heard.tickets.tell import tell

HOLDS = timedelta(minutes=30)
MOST_AN_HOUR = 3  # of one ticket
LAST_DIGITS = re.compile(r"\d{4}")
LONGEST = 254


@dataclass(frozen=True)
class Letter:
    """For those whom no inbox of ours can write to: it goes by the installation's own mail."""

    to: str
    subject: str
    text: str


def ask_for_pass(number: str, proof: str, *, language: str) -> None:
    """Always costs the same: whether anything comes of it is found out later."""
    number, proof = number.strip()[:LONGEST], proof.strip()[:LONGEST]
    asked = hashlib.sha256(f"{number}\n{proof}".encode(errors="replace")).hexdigest()
    once = f"status pass {asked}"
    ring(
        "heard.confirming.tasks.send_pass_to",
        lock="status pass",
        once=once,
        number=number,
        proof=proof,
        language=language,
    )


def send_pass(number: str, proof: str, *, language: str, now: datetime) -> None:
    """Nothing where the number is no ticket's, or the proof none of its contact's."""
    for workspace, found in meant(number):
        ticket = Ticket.objects.select_related("workspace").filter(workspace=workspace, number=found).first()
        identity = _known_by(ticket, proof) if ticket else None
        if ticket is not None and identity is not None:
            letter = _send(ticket, identity, language=language, now=now)
            if letter is not None:
                _mail(letter)


@transaction.atomic
def open_pass(secret: str, *, now: datetime) -> Ticket | None:
    """The ticket, once."""
    found = StatusPass.objects.filter(secret_hash=_hash(secret), used_at=None, until__gt=now)
    one = found.select_for_update(no_key=True, of=("self",)).select_related("ticket__workspace").first()
    if one is None:
        return None
    one.used_at = now
    one.save(update_fields=["used_at"])
    return one.ticket


@transaction.atomic
def _send(ticket: Ticket, identity: Identity, *, language: str, now: datetime) -> Letter | None:
    Ticket.objects.select_for_update(no_key=True).get(pk=ticket.pk)
    lately = StatusPass.objects.filter(ticket=ticket, made_at__gt=now - timedelta(hours=1))
    if ticket.is_spam or lately.count() >= MOST_AN_HOUR:
        return None
    secret = secrets.token_urlsafe(24)
    with translation.override(language):
        number = public_number(ticket.workspace, ticket.number)
        subject = _("Your link to {number}").format(number=number)
        text = _(
            "Here you see how {number} stands: {link}\n\n"
            "The link works once, within 30 minutes. If you did not ask for it, you need do nothing."
        ).format(number=number, link=f"{env().public_url}/t/open/{secret}")
    StatusPass.objects.create(
        workspace=ticket.workspace, ticket=ticket, secret_hash=_hash(secret), made_at=now, until=now + HOLDS
    )
    said = _last_said(ticket, identity)
    if said is not None:
        go_on_by_mail(said, now=now)
    if said is not None and tell(said.ticket, text=text, subject=subject, to=said, now=now, asked_for=True):
        return None
    return Letter(identity.address, subject, text) if "@" in identity.address else None


def _mail(letter: Letter) -> None:
    if not env().mail_url:
        return
    headers = {"Auto-Submitted": "auto-generated", "X-Auto-Response-Suppress": "All"}
    EmailMessage(letter.subject, letter.text, to=[letter.to], headers=headers).send()


def _last_said(ticket: Ticket, identity: Identity) -> Message | None:
    """Where that address spoke with us last; in this ticket, if it did."""
    said = Message.objects.filter(
        author=identity, direction=Message.Direction.IN, public=False, ticket__contact=ticket.contact_id
    ).select_related("ticket", "inbox", "author")
    newest = said.order_by("-at", "-id")
    return newest.filter(ticket=ticket).first() or newest.first()


def _known_by(ticket: Ticket, proof: str) -> Identity | None:
    for identity in Identity.objects.filter(contact=ticket.contact_id).order_by("-last_wrote_at", "-id"):
        if _is_address(identity.address, proof) or _ends_with(identity.address, proof):
            return identity
    return None


def _is_address(address: str, proof: str) -> bool:
    return "@" in address and address.casefold() == proof.casefold()


def _ends_with(address: str, proof: str) -> bool:
    """The last digits of a telephone number. Networks call people by numbers, too, that are none."""
    if not LAST_DIGITS.fullmatch(proof) or not address.endswith(proof):
        return False
    try:
        number = phonenumbers.parse(f"+{address.removeprefix('+')}")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode(errors="replace")).hexdigest()
