"""The page of one ticket, for the customer whose ticket it is. The address is the proof."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from datetime import timedelta
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from heard.confirming.attempts import too_many
from heard.ingest.from_page import take_from_page
from heard.portal.language import ASKED
from heard.portal.public import page, public
from heard.portal.tickets.asking import AskForm, ask_page, often_words, retry_later
from heard.portal.tickets.standing import standing
from heard.portal.tickets.whose import ip_of
from heard.tickets.add_to import LONGEST, NothingToAddTo, last_said
from heard.tickets.for_customer import for_customer
from heard.tickets.models import Ticket
from heard.tickets.numbers import public_number
from heard.tickets.resolve import resolve
from heard.tickets.status_link import ticket_of_link

# Mails are forwarded and found again after years: a link sleeps when nothing has been said for so long.
AWAKE = timedelta(days=180)
LONGEST_ONCE = 40


def of_a_customer(view: Callable[[HttpRequest, Ticket], HttpResponse]) -> Callable[..., HttpResponse]:
    """A key that opens nothing is answered like a number that nobody has."""

    @public
    @wraps(view)
    def shown(request: HttpRequest, public: str, status_key: str) -> HttpResponse:
        ticket = ticket_of_link(public, status_key)
        if ticket is None or ticket.last_message_at < timezone.now() - AWAKE or ticket.is_spam:
            return ask_page(request, AskForm(initial={"number": public}), status=404, expired=True)
        request.ticket_path = reverse(  # type: ignore[attr-defined]
            "status", kwargs={"public": public, "status_key": status_key}
        )
        return view(request, ticket)

    return shown


@require_GET
@of_a_customer
def show(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    return _page(request, ticket, said=request.GET.get("said", ""))


@require_POST
@of_a_customer
def write(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    # A line's end counts as two characters on its way, but not in the field.
    now, text = timezone.now(), request.POST.get("text", "").replace("\r\n", "\n")
    if len(text.strip()) > LONGEST or not text.strip():
        return _page(
            request, ticket, text=text, wrong=_("Write something, at most 5000 characters."), status=422
        )
    if too_many(now=now, ip=ip_of(request), writes=str(ticket.pk)):
        return retry_later(_page(request, ticket, text=text, wrong=often_words(), status=429))
    try:
        take_from_page(ticket, text=text, once=request.POST.get("once", "")[:LONGEST_ONCE], now=now)
    except NothingToAddTo:
        wrong = _("Nothing can be added here. Write to us where you wrote before.")
        return _page(request, ticket, text=text, wrong=wrong, status=422)
    return _back(request, "written")


@require_POST
@of_a_customer
def solved(request: HttpRequest, ticket: Ticket) -> HttpResponse:
    with translation.override(ticket.workspace.language):
        note = _("The customer says that it is solved.")
    resolve(ticket, by=None, now=timezone.now(), note=note)
    return _back(request, "solved")


def _back(request: HttpRequest, said: str) -> HttpResponse:
    """To the page itself, so that loading it again sends nothing again."""
    language = request.GET.get(ASKED, "")
    asked = f"&{ASKED}={language}" if language.isalpha() else ""
    return redirect(f"{request.ticket_path}?said={said}{asked}")  # type: ignore[attr-defined]


def _page(
    request: HttpRequest,
    ticket: Ticket,
    *,
    said: str = "",
    text: str = "",
    wrong: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {
        "number": public_number(ticket.workspace, ticket.number),
        "here": request.ticket_path,  # type: ignore[attr-defined]
        "asked": f"?{ASKED}={request.GET[ASKED]}" if request.GET.get(ASKED, "").isalpha() else "",
        "standing": standing(ticket, now=timezone.now()),
        "lines": for_customer(ticket),
        "can_write": last_said(ticket) is not None,
        "once": uuid.uuid4().hex,
        "said": said,
        "text": text,
        "wrong": wrong,
        "longest": LONGEST,
    }
    return page(request, "tickets/ticket.html", context, company=ticket.workspace.name, status=status)
