"""The intake made a message of a submission: its files, its routing and the way that answers take."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from contextlib import suppress

from heard.forms.models import Submission
from heard.many import among
from heard.tickets.continue_elsewhere import BadAddress, CannotContinue, continue_by_email
from heard.tickets.events import MessageReceived
from heard.tickets.hand_over import hand_over
from heard.tickets.models import Attachment, Kind, Message, Priority
from heard.tickets.name_product import name_product
from heard.tickets.prioritise import prioritise
from heard.tickets.tag import BadTag, tag
from heard.tickets.used_links import note_link_used


def finish_submissions(events: Sequence[MessageReceived]) -> None:
    """In the intake's transaction: whoever sees the ticket sees it whole."""
    ids = [event.message_id for event in events if event.message.kind == Kind.FORM]
    if not ids:
        return
    taken = Message.objects.filter(among("pk", ids)).select_related("ticket", "author")
    messages = {key: message for message in taken.defer("search") if (key := _key(message))}
    if not messages:
        return
    waiting = Submission.objects.filter(
        workspace__in={message.workspace_id for message in messages.values()},
        key__in=list(messages),
        message=None,
    )
    for submission in waiting.select_related(
        "form__mailbox", "issue__team", "product", "invited__workspace"
    ).order_by("pk"):
        _finish(submission, messages[submission.key])


def _key(message: Message) -> uuid.UUID | None:
    """Every submission's is one; what came into the inbox of a form otherwise is a message like any other."""
    try:
        return uuid.UUID(message.external_id)
    except ValueError:
        return None


def _finish(submission: Submission, message: Message) -> None:
    submission.message, submission.ticket = message, message.ticket
    submission.save(update_fields=["message", "ticket"])
    _hand_files(submission, message)
    if message.ticket_id != submission.invited_id:
        _route(submission, message)
    if submission.product is not None and message.ticket.product_id is None:
        name_product(message.ticket, product=submission.product, by=None, now=message.received_at)
    if submission.invited is not None and message.author is not None:
        note_link_used(submission.invited, by=message.author, now=submission.at)
    mailbox = submission.form.mailbox
    if submission.by_mail and mailbox is not None and not message.ticket.is_spam:
        with suppress(BadAddress, CannotContinue):  # the answer then goes another way; the message is here
            continue_by_email(
                message.ticket, address=submission.address, inbox=mailbox, by=None, now=message.received_at
            )


def _hand_files(submission: Submission, message: Message) -> None:
    """They lie with us already: the message only has to know them by their keys."""
    kept = {str(upload.key): upload for upload in submission.uploads.all()}
    for row in Attachment.objects.filter(message=message):
        upload = kept.get(str(row.detail.get("key", "")))
        if upload is not None:
            Attachment.objects.filter(pk=row.pk).update(
                key=upload.key, state=Attachment.State.STORED, size=upload.size
            )


def _route(submission: Submission, message: Message) -> None:
    """What is wrong decides who looks after it and how much it presses."""
    issue, ticket, now = submission.issue, message.ticket, message.received_at
    if issue is None:
        return
    if issue.team is not None:
        hand_over(ticket, team=issue.team, by=None, now=now)
    if issue.priority != Priority.NORMAL:
        prioritise(ticket, priority=Priority(issue.priority), by=None, now=now)
    with suppress(BadTag):  # a list of tags that is too long costs the tags, never the message
        tag(ticket, add=issue.tags, by=None, now=now)
