"""We write first: a letter to somebody who has not asked for one."""

from __future__ import annotations

from collections.abc import Sequence

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from heard.checks.finding import Finding
from heard.contacts.models import Contact, Identity
from heard.tickets.begin import BadAddress, CannotContinue, SubjectNeeded, begin
from heard.tickets.continue_elsewhere import email_inboxes
from heard.tickets.models import Message
from heard.tickets.reply import MayNotSend, ReplyStopped
from heard.web.agents import AgentRequest, for_agents
from heard.web.mails.forms import MailForm
from heard.web.numbers import is_number

PAGE = "mails/new.html"


@require_http_methods(["GET", "POST"])
@for_agents
def new(request: AgentRequest) -> HttpResponse:
    """`contact` may stand in the address: then we know whom the letter is for."""
    mailboxes = email_inboxes(request.agent)
    if request.method != "POST":
        form = MailForm(mailboxes=mailboxes, initial=_known(request))
        return render(request, PAGE, {"form": form, "mailboxes": mailboxes})
    form, findings = MailForm(request.POST, mailboxes=mailboxes), []
    if form.is_valid():
        try:
            message = _sent(request, form)
            messages.success(request, _("The mail is on its way."))
            return redirect("ticket", number=message.ticket.number)
        except ReplyStopped as stopped:
            findings = stopped.findings
        except BadAddress as wrong:
            form.add_error(_place_of(wrong, form), _("That is no e-mail address."))
        except SubjectNeeded:
            form.add_error("subject", _("Say what it is about."))
        except MayNotSend:
            form.add_error(
                None, _("Your answers are looked over before they go out. Ask a colleague to write first.")
            )
        except CannotContinue:
            form.add_error("inbox", _("No mail to there can leave by that inbox."))
    return _again(request, form, findings)


def _again(request: AgentRequest, form: MailForm, findings: Sequence[Finding]) -> HttpResponse:
    overridden = request.POST.getlist("override")
    mailboxes = email_inboxes(request.agent)
    shown = {"form": form, "mailboxes": mailboxes, "findings": findings, "overridden": overridden}
    return render(request, PAGE, shown, status=422)


def _sent(request: AgentRequest, form: MailForm) -> Message:
    given = form.cleaned_data
    inbox = next(one for one in email_inboxes(request.agent) if str(one.pk) == given["inbox"])
    return begin(
        inbox,
        address=given["address"],
        name=given["name"],
        subject=given["subject"],
        text=given["text"],
        adds=given["copies"],
        overrides=request.POST.getlist("override"),
        by=request.agent,
        now=timezone.now(),
    )


def _place_of(wrong: BadAddress, form: MailForm) -> str:
    in_copies = str(wrong) in [one.lower() for one in form.cleaned_data["copies"]]
    return "copies" if in_copies else "address"


def _known(request: AgentRequest) -> dict[str, str]:
    given = request.GET.get("contact", "")
    if not is_number(given):
        return {"address": request.GET.get("to", "")}
    contact = Contact.objects.visible_to(request.agent).filter(pk=int(given)).first()
    mails = Identity.objects.visible_to(request.agent).filter(contact=contact, address__contains="@")
    known = mails.exclude(proof=Identity.Proof.CLAIMED).order_by("pk").first() or mails.first()
    if contact is None:
        return {}
    return {"address": known.address if known else "", "name": contact.name}
