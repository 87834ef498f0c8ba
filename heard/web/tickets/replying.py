"""The composer's calls: say what is wrong with a text, keep it, send it."""

from __future__ import annotations

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.channels.contract import Button
from heard.replies.run_macro import send_with
from heard.tickets.draft import DraftConflict, keep_draft
from heard.tickets.models import Draft, Message, PendingReply, Thread, Ticket
from heard.tickets.note import EmptyNote
from heard.tickets.note import note as add_note
from heard.tickets.pending.composed import Composed
from heard.tickets.pending.review import NotAReviewer
from heard.tickets.pending.schedule import BadTime
from heard.tickets.reply import (
    BadAddress,
    BlanksMissing,
    NoSuchFile,
    NoSuchTemplate,
    NoWay,
    ReplyStopped,
    findings_for,
)
from heard.tickets.route import route
from heard.tickets.sign import signed
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.mails.addresses import several
from heard.web.numbers import number_in
from heard.web.tickets import template
from heard.web.tickets.attaching import keep_sent, waiting
from heard.web.tickets.cost import cost
from heard.web.tickets.running import WHY_NOT, macro_chosen, why_not
from heard.web.tickets.sending import signs, when, will_go
from heard.web.tickets.shown import (
    PAGE,
    changed,
    message_chosen,
    thread_chosen,
    ticket_of,
    trouble,
    whole_page,
)
from heard.web.tickets.snoozing import NoSuchTime
from heard.web.tickets.speaking import language_chosen


@require_POST
@for_agents
def reply(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    private = request.POST.get("mode") == Draft.Mode.PRIVATE
    if problems := keep_sent(request, ticket):
        return _bad_files(request, ticket, problems)
    try:
        composed = Composed(
            text=_text(request),
            to=message_chosen(request, ticket),
            private=private,
            overrides=request.POST.getlist("override"),
            template=template.chosen(request),
            files=_files(request, ticket),
            buttons=_buttons(request),
            via=_via(request, ticket),
            copies=request.POST.getlist("copy"),
            adds=several(request.POST.get("adds", "")[:2_000]),
            language=language_chosen(request, ticket),
            signs=signs(request),
        )
        message = send_with(
            ticket,
            macro_chosen(request),
            composed,
            by=request.agent,
            now=timezone.now(),
            **when(request, ticket),
        )
    except ReplyStopped as stopped:
        return _stopped(request, ticket, stopped)
    except BlanksMissing:
        return trouble(request, ticket, _("Every blank of the template needs a word."))
    except NoSuchTemplate:
        return trouble(request, ticket, _("The network has taken this template back. Choose another one."))
    except BadAddress:
        return trouble(request, ticket, _("One of the addresses for copies is no e-mail address."))
    except NoSuchFile:
        return trouble(request, ticket, _("A file is not there any more. Attach it anew."))
    except NoWay:
        return trouble(request, ticket, _("There is no way to answer like this any more."))
    except (NoSuchTime, BadTime):
        return trouble(request, ticket, _("That is no date and time to come."))
    except NotAReviewer:
        return trouble(request, ticket, _("That colleague cannot look it over. Choose another one."))
    except WHY_NOT as problem:
        return trouble(request, ticket, why_not(problem))
    if isinstance(message, PendingReply):
        return changed(request, ticket, toast=will_go(message), anew=True)
    return changed(request, ticket, toast=_toast(ticket, message), cancels=message, anew=True)


@require_POST
@for_agents
def note(request: AgentRequest, number: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    try:
        add_note(ticket, text=_text(request), by=request.agent, now=timezone.now())
    except EmptyNote:
        return trouble(request, ticket, _("The note is empty."))
    return changed(request, ticket, anew=True)


@require_POST
@for_agents
def check(request: AgentRequest, number: int) -> HttpResponse:
    """What would stop this text, while it is typed."""
    ticket = ticket_of(request, number)
    mode, text = request.POST.get("mode", ""), _text(request)
    findings, price = [], ""
    if text.strip():
        try:
            private = mode == Draft.Mode.PRIVATE
            to, via = message_chosen(request, ticket), _via(request, ticket)
            way = route(ticket, private=private, to=to, via=via)
            files, buttons = list(waiting(request, ticket)), _buttons(request)
            text = signed(text, way, by=request.agent) if signs(request) else text
            findings = findings_for(
                text, way, now=timezone.now(), by=request.agent, files=files, buttons=buttons
            )
            price = cost(text, way, now=timezone.now())
        except NoWay:
            pass
    context = {
        "findings": findings,
        "cost": price,
        "overridden": request.POST.getlist("override"),
        "mode": mode,
        "number_here": ticket.number,
    }
    return fragment(request, PAGE, "findings", context=context)


@require_POST
@for_agents
def draft(request: AgentRequest, number: int) -> HttpResponse:
    ticket, mode = ticket_of(request, number), request.POST.get("mode", "")
    if mode not in Draft.Mode.values:
        return JsonResponse({"problem": "mode"}, status=422)
    try:
        kept = keep_draft(
            ticket,
            mode=Draft.Mode(mode),
            text=_text(request),
            version=number_in(request.POST.get("version", "")),
            by=request.agent,
            now=timezone.now(),
            to=message_chosen(request, ticket),
            via=_via(request, ticket),
            language=language_chosen(request, ticket),
        )
    except DraftConflict as conflict:
        context = {"theirs": conflict.theirs, "mine": _text(request), "mode": mode}
        return fragment(request, PAGE, "conflict", context=context, status=409)
    return JsonResponse({"version": kept.version if kept else 0})


def _via(request: AgentRequest, ticket: Ticket) -> Thread | None:
    private = request.POST.get("mode") == Draft.Mode.PRIVATE
    return thread_chosen(request, ticket) if private else None


def _text(request: AgentRequest) -> str:
    """Browsers send line ends as CRLF; networks and our counters know one character."""
    return request.POST.get("text", "").replace("\r\n", "\n").replace("\x00", "")


def _files(request: AgentRequest, ticket: Ticket) -> list[int]:
    """Those that the page showed, and those that came with the form itself. None of another window."""
    shown = {number_in(one) for one in request.POST.getlist("file")}
    names = waiting(request, ticket).values_list("pk", flat=True)
    return [pk for pk in names if pk in shown or request.FILES] if "template" not in request.POST else []


def _buttons(request: AgentRequest) -> list[Button]:
    typed = (" ".join(one.replace("\x00", "").split()) for one in request.POST.getlist("button"))
    return [Button(label) for label in typed if label]


def _bad_files(request: AgentRequest, ticket: Ticket, problems: list[str]) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return trouble(request, ticket, " ".join(problems))
    context = {"typed": _text(request), "typed_buttons": [one.label for one in _buttons(request)]}
    return whole_page(request, ticket, status=422, file_problems=problems, **context)


def _stopped(request: AgentRequest, ticket: Ticket, stopped: ReplyStopped) -> HttpResponse:
    mode = request.POST.get("mode", "")
    overridden = request.POST.getlist("override")
    if "template" in request.POST:
        return _template_stopped(request, ticket)
    context = {"findings": stopped.findings, "overridden": overridden, "mode": mode}
    context["number_here"] = ticket.number
    if not request.headers.get("HX-Request"):
        labels = [one.label for one in _buttons(request)]
        return whole_page(request, ticket, status=422, typed=_text(request), typed_buttons=labels, **context)
    response = fragment(request, PAGE, "findings", context=context, status=422)
    response.headers["HX-Retarget"] = f"#findings-{'private' if mode == 'private' else 'public'}"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _template_stopped(request: AgentRequest, ticket: Ticket) -> HttpResponse:
    shown = template.filling(request, ticket)
    if not request.headers.get("HX-Request"):
        return whole_page(request, ticket, status=422, filling=shown)
    response = fragment(request, PAGE, "preview", context={"filling": shown}, status=422)
    response.headers["HX-Retarget"] = "#template-preview"
    response.headers["HX-Reswap"] = "innerHTML"
    return response


def _toast(ticket: Ticket, message: Message) -> str:
    text = _("Public reply to {name}") if message.public else _("Private reply to {name}")
    name = str(message.author) if message.author else ticket.contact.name
    return text.format(name=name)
