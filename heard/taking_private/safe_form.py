"""The form that an account gets the link of: made, found again, and filled in once."""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils import translation

from heard.env import env
from heard.events.publishing import publish
from heard.ingest.from_page import take_from_page
from heard.taking_private.events import SafeFormFilled
from heard.taking_private.models import SafeForm, SafeQuestion
from heard.tickets.about import about
from heard.tickets.add_to import NothingToAddTo
from heard.tickets.models import Message, Ticket
from heard.workspaces.models import Agent

AWAKE: Final = timedelta(days=7)
PAGE: Final = "/s/"
LONGEST: Final[Mapping[str, int]] = {SafeQuestion.DETAILS: 3_000, SafeQuestion.ADDRESS: 500}
LONGEST_LINE: Final = 200


class NothingGiven(Exception):
    """Not one field was filled in."""


class UsedUp(Exception):
    """It was filled in before, or its time is over."""


def make_form(
    ticket: Ticket, *, private: Message, wants: Collection[str], key: str, by: Agent, now: datetime
) -> SafeForm:
    """For the one whom `private` goes to. `key` stands in that message, in the link."""
    if private.author is None:
        raise ValueError("a safe form is for somebody")
    return SafeForm.objects.create(
        workspace_id=ticket.workspace_id,
        ticket=ticket,
        identity=private.author,
        message=private,
        key_hash=_hash(key),
        wants=in_order(wants),
        by=by,
        at=now,
        until=now + AWAKE,
    )


def new_key() -> str:
    """160 bits, in letters that survive being typed."""
    return base64.b32encode(secrets.token_bytes(20)).decode().lower()


def link_of(key: str) -> str:
    return f"{env().public_url.rstrip('/')}{PAGE}{key}"


def in_order(wants: Collection[str]) -> list[str]:
    return [one.value for one in SafeQuestion if one.value in wants]


def form_of(key: str) -> SafeForm | None:
    """Also one that is used up: then the page says so."""
    known = SafeForm.objects.filter(key_hash=_hash(key))
    return known.select_related("workspace", "ticket__workspace", "message").first()


def is_open(form: SafeForm, *, now: datetime) -> bool:
    return form.used_at is None and now < form.until


@transaction.atomic
def fill_in(form: SafeForm, *, given: Mapping[str, str], now: datetime) -> Message:
    """What was given becomes a private message of that account; the same sent twice, by a second press, is one.

    Raises UsedUp, NothingGiven or NothingToAddTo.
    """
    locked = (
        SafeForm.objects.select_for_update(of=("self",))
        .select_related("ticket__workspace", "message", "answer")
        .get(pk=form.pk)
    )
    text = _in_words(locked, given)
    if locked.answer is not None and locked.answer.text == text:
        return locked.answer
    if not is_open(locked, now=now):
        raise UsedUp
    if not text:
        raise NothingGiven
    if locked.message is None:
        raise NothingToAddTo
    message = take_from_page(
        locked.ticket,
        text=text,
        once=f"safe form {locked.pk}",
        now=now,
        answers=locked.message,
        way="safe form",
    )
    if message is None:
        raise UsedUp
    locked.used_at, locked.answer = now, message
    locked.save(update_fields=["used_at", "answer"])
    publish(SafeFormFilled(**about(message.ticket, now=now)))
    return message


def _in_words(form: SafeForm, given: Mapping[str, str]) -> str:
    """Agents read it, so what was asked stands there in the workspace's language."""
    with translation.override(form.workspace.language):
        asked = [(SafeQuestion(name).label, _cut(name, given.get(name, ""))) for name in form.wants]
        return "\n".join(f"{label}: {said}" for label, said in asked if said)


def _cut(name: str, said: str) -> str:
    lines = said.replace("\r\n", "\n").strip()
    if name not in LONGEST:
        lines = " ".join(lines.split())
    return lines[: LONGEST.get(name, LONGEST_LINE)]


def _hash(key: str) -> str:
    return hashlib.sha256(key.encode(errors="replace")).hexdigest()
