"""Somebody filled in a form: stored like any network's call, so that the ledger holds it, and taken in after."""

from __future__ import annotations

import json
import uuid
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction

from heard.channels.contract import Hook
from heard.events.publishing import publish
from heard.forms.answers import Answer, Checked, issue_of
from heard.forms.events import FormSubmitted, about_form
from heard.forms.models import Field, KeptUpload, Submission
from heard.forms.shown import ShownForm
from heard.ingest.look import store_calls
from heard.products.write import product_meant
from heard.tickets.models import Kind, Thread, Ticket

AGAIN = timedelta(minutes=10)
NAME = "name"  # the question with this key asks how the person is called


@transaction.atomic
def submit(
    shown: ShownForm,
    *,
    checked: Checked,
    key: uuid.UUID,
    now: datetime,
    uploads: Sequence[KeptUpload] = (),
    invited: Ticket | None = None,
) -> Submission:
    """The same form sent twice is one submission; sent again with other answers it is another one.

    `key` came with the form's stamp. `invited` is the ticket of the conversation in which an agent gave the link.
    """
    answers = [_as_kept(answer) for answer in checked.answers]
    email, phone = checked.of_kind(Field.Kind.EMAIL), checked.of_kind(Field.Kind.PHONE)
    told = {
        "workspace_id": shown.form.workspace_id,
        "form": shown.form,
        "language": shown.language,
        "answers": answers,
        "address": email or phone,
        "by_mail": bool(email),
        "issue": issue_of(shown, checked),
        "product": product_meant(shown.form.workspace, checked.of_kind(Field.Kind.PRODUCT)),
        "invited": invited,
        "at": now,
    }
    # The database decides between two that come at once: a second press of the button, say.
    submission, made = Submission.objects.get_or_create(key=key, defaults=told)
    if not made and submission.answers == answers:
        return submission
    uploads = [upload for upload in uploads if upload.submission_id is None]
    if not made:
        submission = Submission.objects.create(key=uuid.uuid4(), **told)
    KeptUpload.objects.filter(pk__in=[upload.pk for upload in uploads]).update(submission=submission)
    thread = _thread_of(shown, invited) if invited else ""
    document = _document(shown, submission, checked, uploads, thread)
    body = json.dumps(document, ensure_ascii=False).encode("utf-8", "replace")
    store_calls(shown.form.inbox, [Hook("POST", {}, {"content-type": "application/json"}, body)], now=now)
    publish(FormSubmitted(**about_form(shown.form, now=now), submission_id=submission.pk))
    return submission


def sent_just_now(shown: ShownForm, *, checked: Checked, now: datetime) -> Submission | None:
    """The same answers by the same address, a moment ago: somebody went back and pressed the button again.

    Who gives no address is not known again.
    """
    address = checked.of_kind(Field.Kind.EMAIL) or checked.of_kind(Field.Kind.PHONE)
    by_them = Submission.objects.filter(form=shown.form, address=address, at__gt=now - AGAIN)
    last = by_them.order_by("-pk").first() if address else None
    return last if last and last.answers == [_as_kept(answer) for answer in checked.answers] else None


def _as_kept(answer: Answer) -> dict[str, Any]:
    return {
        "field": answer.question.key,
        "label": answer.question.label,
        "kind": answer.question.kind,
        "answers": list(answer.said),
        "values": list(answer.values),
    }


def _document(
    shown: ShownForm,
    submission: Submission,
    checked: Checked,
    uploads: Sequence[KeptUpload],
    thread: str,
) -> dict[str, Any]:
    """As `heard/channels` reads it."""
    author = {"address": submission.address, "name": checked.to(NAME)} if submission.address else None
    issue = next(
        (answer.said[0] for answer in checked.answers if answer.question.kind == Field.Kind.ISSUE), ""
    )
    return {
        "submission": str(submission.key),
        "thread": thread,
        "form": shown.title,
        "language": shown.language,
        "at": submission.at.isoformat(),
        "subject": f"{shown.title}: {issue}" if issue else shown.title,
        "author": author,
        "answers": submission.answers,
        "files": [
            {
                "key": str(upload.key),
                "name": upload.name,
                "content_type": upload.content_type,
                "size": upload.size,
            }
            for upload in uploads
        ],
    }


def _thread_of(shown: ShownForm, ticket: Ticket) -> str:
    """A thread of this form that runs in the ticket, so that the submission lands there."""
    key = f"ticket-{ticket.pk}"
    Thread.objects.get_or_create(
        inbox=shown.form.inbox,
        key=key,
        defaults={"workspace_id": ticket.workspace_id, "kind": Kind.FORM, "ticket": ticket},
    )
    return key
