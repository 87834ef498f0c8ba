"""What a page gives out and gets back, signed so that nobody but us can have made it."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.core import signing
from django.db.models import Q

from heard.forms.models import Form, KeptUpload, Submission
from heard.tickets.models import Ticket

TOO_QUICK = timedelta(seconds=2)  # nobody reads and answers faster
STAMP_LASTS = timedelta(hours=12)
INVITATION_LASTS = timedelta(days=60)
RECEIPT_LASTS = timedelta(days=30)


class BadSign(Exception):
    """Nothing that we signed, not for this, or no longer good."""


@dataclass(frozen=True, slots=True)
class Stamp:
    """When a form was opened, and the number that its submission will have."""

    key: uuid.UUID
    at: datetime

    def is_too_new(self, now: datetime) -> bool:
        return now - self.at < TOO_QUICK

    def is_too_old(self, now: datetime) -> bool:
        return now - self.at > STAMP_LASTS


def stamp_for(form: Form, *, now: datetime) -> str:
    return _sign("stamp", {"f": form.pk, "k": uuid.uuid4().hex, "t": now.isoformat()})


def read_stamp(form: Form, signed: str) -> Stamp:
    """Raises BadSign."""
    read = _read("stamp", signed)
    if read.get("f") != form.pk:
        raise BadSign
    return Stamp(uuid.UUID(read["k"]), datetime.fromisoformat(read["t"]))


def upload_sign(upload: KeptUpload) -> str:
    return _sign("upload", {"f": upload.form_id, "k": upload.key.hex})


def read_upload(form: Form, signed: str, *, sent_as: uuid.UUID | None = None) -> KeptUpload:
    """One that waits for its form to be sent, or went with the submission of that key. Raises BadSign."""
    read = _read("upload", signed)
    waits = Q(submission=None) | Q(submission__key=sent_as) if sent_as else Q(submission=None)
    found = KeptUpload.objects.filter(waits, form=form, key=uuid.UUID(read.get("k", "0" * 32))).first()
    if read.get("f") != form.pk or found is None:
        raise BadSign
    return found


def receipt_for(submission: Submission) -> str:
    return _sign("receipt", {"f": submission.form_id, "k": submission.key.hex})


def read_receipt(form: Form, signed: str, *, now: datetime) -> Submission:
    """Raises BadSign."""
    read = _read("receipt", signed)
    found = Submission.objects.filter(form=form, key=uuid.UUID(read.get("k", "0" * 32)))
    submission = found.select_related("ticket", "form__workspace").first()
    if submission is None or now - submission.at > RECEIPT_LASTS:
        raise BadSign
    return submission


def invitation_to(form: Form, ticket: Ticket, *, now: datetime) -> str:
    """For one conversation: what is sent by this link joins its ticket. The same for a whole day."""
    return _sign("invitation", {"f": form.pk, "t": ticket.pk, "d": now.date().isoformat()})


def read_invitation(form: Form, signed: str, *, now: datetime) -> Ticket:
    """Raises BadSign."""
    read = _read("invitation", signed)
    if read.get("f") != form.pk or now.date() - datetime.fromisoformat(read["d"]).date() > INVITATION_LASTS:
        raise BadSign
    ticket = (
        Ticket.objects.filter(workspace=form.workspace_id, pk=read["t"]).select_related("contact").first()
    )
    if ticket is None:
        raise BadSign
    return ticket


def preview_of(form: Form) -> str:
    """Opens a form that is off, for who makes it."""
    return _sign("preview", {"f": form.pk})


def is_preview(form: Form, signed: str) -> bool:
    try:
        return bool(_read("preview", signed).get("f") == form.pk)
    except BadSign:
        return False


def _sign(what: str, content: dict[str, Any]) -> str:
    return signing.Signer(salt=f"heard.forms.{what}").sign_object(content, compress=False)


def _read(what: str, signed: str) -> dict[str, Any]:
    try:
        read = signing.Signer(salt=f"heard.forms.{what}").unsign_object(signed)
    except Exception as error:  # whatever a stranger typed there, it is no sign of ours
        raise BadSign from error
    if not isinstance(read, dict):
        raise BadSign
    return read
