"""The languages of a ticket: correct the customer's, read it in one's own, write in one's own."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.contacts.address import address as address_contact
from heard.contacts.models import Formality
from heard.contacts.speak import NoSuchLanguage as NoLanguage
from heard.contacts.speak import speak
from heard.language.known import direction, is_language
from heard.tickets.draft import DraftConflict
from heard.tickets.models import Draft, Ticket
from heard.translating.models import Original
from heard.translating.read import NoSuchLanguage, begin_reading, end_reading
from heard.translating.troubles import CannotTranslate
from heard.translating.write import NothingToTranslate, take_back, translate_draft
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import blocks_for
from heard.web.tickets.shown import (
    PAGE,
    address,
    changed,
    message_chosen,
    thread_chosen,
    ticket_of,
    trouble,
)
from heard.web.tickets.tongue import tongue_of
from heard.web.tickets.where import where_in


@require_POST
@for_agents
def speaks(request: AgentRequest, number: int) -> HttpResponse:
    """The customer speaks another language than we thought, or indeed the one that we thought."""
    ticket = ticket_of(request, number)
    try:
        speak(ticket.contact, language=_language(request), by=request.agent, now=timezone.now())
    except NoLanguage:
        return trouble(request, ticket, _("Choose a language."), place="speaks")
    return changed(request, ticket_of(request, number))


@require_POST
@for_agents
def addressed(request: AgentRequest, number: int) -> HttpResponse:
    ticket, given = ticket_of(request, number), request.POST.get("formality", "")
    formality = Formality(given) if given in Formality.values else None
    address_contact(ticket.contact, formality=formality, by=request.agent, now=timezone.now())
    return changed(request, ticket)


@require_POST
@for_agents
def read(request: AgentRequest, number: int) -> HttpResponse:
    """Translate this ticket for me, or stop doing so."""
    ticket, now = ticket_of(request, number), timezone.now()
    if request.POST.get("reads") == "no":
        end_reading(ticket, by=request.agent, now=now)
        return changed(request, ticket)
    try:
        begin_reading(ticket, language=request.agent.user.language, by=request.agent, now=now)
    except (CannotTranslate, NoSuchLanguage) as failed:
        words = failed.words if isinstance(failed, CannotTranslate) else _("Choose a language.")
        return trouble(request, ticket, words)
    return changed(request, ticket)


@require_POST
@for_agents
def translate(request: AgentRequest, number: int) -> HttpResponse:
    """What is in the box, in the customer's language. The box says the translation, and beside it stands what was written."""
    ticket, mode = ticket_of(request, number), _mode(request)
    written, into = _language(request), request.POST.get("into", "")
    try:
        _original, draft = translate_draft(
            ticket,
            text=request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", ""),
            mode=mode,
            into=into,
            source=written if written != into else "",
            by=request.agent,
            now=timezone.now(),
            to=message_chosen(request, ticket),
            via=thread_chosen(request, ticket) if mode == Draft.Mode.PRIVATE else None,
        )
    except CannotTranslate as failed:
        return _failed(request, ticket, failed.words)
    except NothingToTranslate:
        return _failed(request, ticket, _("Write something first."))
    except NoSuchLanguage:
        return _failed(request, ticket, _("Choose a language."))
    except DraftConflict:
        return _failed(request, ticket, _("This was changed in another window meanwhile."))
    return _put(request, ticket, draft)


@require_POST
@for_agents
def untranslate(request: AgentRequest, number: int) -> HttpResponse:
    """Back to what was written."""
    ticket, mode = ticket_of(request, number), _mode(request)
    own = Original.objects.visible_to(request.agent).filter(agent=request.agent, message=None)
    original = get_object_or_404(own, ticket=ticket, mode=mode)
    try:
        draft = take_back(original, by=request.agent, now=timezone.now())
    except (DraftConflict, NothingToTranslate):
        return _failed(request, ticket, _("This was changed in another window meanwhile."))
    return _put(request, ticket, draft)


def _put(request: AgentRequest, ticket: Ticket, draft: Draft) -> HttpResponse:
    """What the box says now. A page without scripts is shown anew, and begins with the draft."""
    if not request.headers.get("HX-Request"):
        return redirect(f"{address(ticket, where_in(request.GET))}&mode={draft.mode}#composer")
    tongue = tongue_of(ticket, agent=request.agent)
    context = {
        "tongue": tongue,
        "original": tongue.waiting.get(draft.mode),
        "mode": draft.mode,
        "verb": address(ticket, where_in(request.GET)).split("?")[0],
        "query": where_in(request.GET).query,
    }
    language = tongue.written_in(draft.language)
    return JsonResponse(
        {
            "text": draft.text,
            "language": language,
            "direction": direction(language),
            "version": draft.version,
            "html": blocks_for(request, PAGE, "written", context=context),
        }
    )


def _failed(request: AgentRequest, ticket: Ticket, words: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        return trouble(request, ticket, words)
    return JsonResponse({"problem": words}, status=422)


def _language(request: AgentRequest) -> str:
    return request.POST.get("language", "")


def _mode(request: AgentRequest) -> Draft.Mode:
    return Draft.Mode.PRIVATE if request.POST.get("mode") == Draft.Mode.PRIVATE else Draft.Mode.PUBLIC


def language_chosen(request: AgentRequest, ticket: Ticket) -> str:
    """In which the reply is written; empty for the ticket's own, as for what is no language."""
    given = _language(request)
    return given if is_language(given) and given != ticket.language else ""
