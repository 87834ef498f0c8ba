"""After sending: the number, and what happens next."""

from __future__ import annotations

import threading
import time

from django.http import Http404, HttpRequest, HttpResponse
from django.utils import timezone, translation
from django.views.decorators.http import require_safe

from heard.forms.models import Form, Submission
from heard.forms.shown import shown
from heard.forms.signs import BadSign, read_receipt
from heard.portal.forms.framed import how_framed, of_a_form
from heard.portal.forms.reader import choices_of, language_of
from heard.portal.public import page
from heard.tickets.numbers import public_number

PATIENCE_SECONDS = 3.0
STEP_SECONDS = 0.1
# Whoever waits here keeps a thread that others need: only a few may, the rest look again by themselves.
WAITING = threading.BoundedSemaphore(2)


@require_safe
@of_a_form
def show(request: HttpRequest, form: Form, receipt: str) -> HttpResponse:
    now = timezone.now()
    try:
        submission = read_receipt(form, receipt, now=now)
    except BadSign as bad:
        raise Http404 from bad
    seen = shown(form, language=language_of(request, form), now=now)
    _await_ticket(submission)
    number = public_number(form.workspace, submission.ticket.number) if submission.ticket else ""
    with translation.override(seen.language):
        context = {
            "seen": seen,
            "submission": submission,
            "number": number,
            "answered_by_mail": submission.by_mail and form.mailbox_id is not None,
            "framed": how_framed(request),
            "choices": choices_of(request, form),
        }
        response = page(request, "forms/sent.html", context, company=form.workspace.name)
    if not number:
        # Looks again by itself, also without a script. With its address: one with a fragment would not be asked for.
        response.headers["Refresh"] = f"2; url={request.get_full_path()}"
    return response


def _await_ticket(submission: Submission) -> None:
    """The intake usually needs less than a second."""
    if submission.ticket_id or not WAITING.acquire(blocking=False):
        return
    try:
        until = time.monotonic() + PATIENCE_SECONDS
        while not submission.ticket_id and time.monotonic() < until:
            time.sleep(STEP_SECONDS)
            submission.refresh_from_db(fields=["ticket"])
    finally:
        WAITING.release()
