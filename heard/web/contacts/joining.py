"""Two contacts are one person, or are not after all."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.contacts import merge as merging
from heard.contacts.models import Contact, ContactMerge
from heard.contacts.suggest import dismiss_suggestion
from heard.tickets.suggest_people import evidence
from heard.web.agents import AgentRequest, for_agents
from heard.web.contacts.views import beside, contact_of, ticket_named
from heard.web.fragments import asks_for
from heard.web.numbers import number_in


@require_POST
@for_agents
def merge(request: AgentRequest, contact_id: int) -> HttpResponse:
    """What speaks for it is kept with it. `keep` says whose name and page remain: this one's, or the other's."""
    found, other = contact_of(request, contact_id), _other(request)
    reasons = evidence(found, other)
    kept, gone = (other, found) if request.POST.get("keep") == "other" else (found, other)
    try:
        merging.merge(kept, gone, by=request.agent, now=timezone.now(), evidence=reasons)
    except merging.SamePerson:
        return _answer(request, found, _("They are one contact already."), failed=True)
    text = _("{name} and {other} are one contact now. It can be undone.")
    return _answer(request, kept, text.format(name=kept.name, other=gone.name))


@require_POST
@for_agents
def not_the_same(request: AgentRequest, contact_id: int) -> HttpResponse:
    found, other = contact_of(request, contact_id), _other(request)
    try:
        dismiss_suggestion(found, other, by=request.agent, now=timezone.now())
    except merging.SamePerson:
        return _answer(request, found, _("They are one contact already."), failed=True)
    return _answer(request, found, _("It will not be suggested again."))


@require_POST
@for_agents
def unmerge(request: AgentRequest, contact_id: int, merge_id: int) -> HttpResponse:
    found = contact_of(request, contact_id)
    known = ContactMerge.objects.visible_to(request.agent).select_related("kept", "gone")
    row = get_object_or_404(known, pk=merge_id)
    try:
        merging.unmerge(row, by=request.agent, now=timezone.now())
    except merging.NotMerged:
        return _answer(request, found, _("A colleague has undone this meanwhile."), failed=True)
    return _answer(request, found, _("They are two contacts again, as before."))


def _other(request: AgentRequest) -> Contact:
    theirs = Contact.objects.visible_to(request.agent)
    known = get_object_or_404(theirs, pk=number_in(request.POST.get("other", "")))
    return merging.root(known) if known.merged_into_id else known


def _answer(request: AgentRequest, contact: Contact, text: str, *, failed: bool = False) -> HttpResponse:
    if asks_for(request, "person"):
        response = beside(request, contact)
        response.headers["HX-Trigger"] = "heard:stale"
        return response
    (messages.error if failed else messages.success)(request, text)
    number = ticket_named(request)
    return redirect("ticket", number=number) if number else redirect("contact", contact_id=contact.pk)
