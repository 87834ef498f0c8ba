"""Files for a reply that is being written: they are uploaded one by one, described, and taken away again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.files.uploadedfile import UploadedFile as Sent
from django.db.models import QuerySet
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from heard.checks.finding import Finding
from heard.tickets.draft import place_of
from heard.tickets.models import Draft, Ticket
from heard.tickets.reply import NoWay, findings_for
from heard.tickets.route import route
from heard.uploads.describe import describe
from heard.uploads.drop import drop
from heard.uploads.models import UploadedFile
from heard.uploads.upload import LARGEST, MOST, BadFile, upload
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.tickets.shown import PAGE, message_chosen, ticket_context, ticket_of, whole_page

MEGABYTE = 1024 * 1024


@require_POST
@for_agents
def attach(request: AgentRequest, number: int) -> HttpResponse:
    """Keep what was chosen. What cannot be taken is told beside it, and the rest stays."""
    ticket = ticket_of(request, number)
    problems = keep_sent(request, ticket)
    return _shown(request, ticket, problems=problems)


@require_POST
@for_agents
def remove(request: AgentRequest, number: int, upload: int) -> HttpResponse:
    ticket = ticket_of(request, number)
    describe_sent(request, ticket)
    for found in waiting(request, ticket).filter(pk=upload):
        drop(found, by=request.agent)
    return _shown(request, ticket)


@require_POST
@for_agents
def describe_files(request: AgentRequest, number: int) -> HttpResponse:
    """What is to be seen on the pictures, as it is typed."""
    describe_sent(request, ticket_of(request, number))
    return HttpResponse(status=204)


def waiting(request: AgentRequest, ticket: Ticket) -> QuerySet[UploadedFile]:
    """What the agent has uploaded for this way of answering, in order."""
    mode = Draft.Mode.PRIVATE if request.POST.get("mode") == Draft.Mode.PRIVATE else Draft.Mode.PUBLIC
    mine = UploadedFile.objects.visible_to(request.agent).filter(agent=request.agent)
    return mine.filter(place=place_of(ticket, mode)).order_by("pk")


def keep_sent(request: AgentRequest, ticket: Ticket) -> list[str]:
    """Files that came with the form itself. Gives what is wrong with those that cannot be taken."""
    describe_sent(request, ticket)
    mode = request.POST.get("mode", "")
    place = place_of(ticket, mode if mode == Draft.Mode.PRIVATE else Draft.Mode.PUBLIC)
    problems = []
    for sent in request.FILES.getlist("files"):
        try:
            _keep(sent, request, place)
        except BadFile as bad:
            problems.append(_words(bad, sent.name or ""))
    return problems


def describe_sent(request: AgentRequest, ticket: Ticket) -> None:
    for found in waiting(request, ticket):
        alt = request.POST.get(f"alt-{found.pk}")
        if alt is not None and alt.strip() != found.alt:
            describe(found, alt=alt.replace("\x00", ""), by=request.agent)


def _keep(sent: Sent[Any], request: AgentRequest, place: str) -> None:
    if (sent.size or 0) > LARGEST:
        raise BadFile("size")
    upload(name=sent.name or "", content=sent.read(), by=request.agent, now=timezone.now(), place=place)


def _words(bad: BadFile, name: str) -> str:
    words = {
        "empty": _("“%(name)s” is empty."),
        "size": _("“%(name)s” is too large. A file may have %(most)s MB at most."),
        "programme": _("“%(name)s” could run on the customer's computer. Such files are not sent."),
        "pixels": _("“%(name)s” has too many pixels. Make it smaller first."),
        "many": _("“%(name)s” is one too many. A reply takes %(count)s files at most."),
    }.get(bad.code, _("“%(name)s” is broken. Save it anew and try again."))
    return words % {"name": name[:100], "most": LARGEST // MEGABYTE, "count": MOST}


def _shown(request: AgentRequest, ticket: Ticket, *, problems: Sequence[str] = ()) -> HttpResponse:
    status = 422 if problems else 200
    if not request.headers.get("HX-Request"):
        typed = request.POST.get("text", "").replace("\r\n", "\n")
        return whole_page(request, ticket, status=status, typed=typed, file_problems=problems)
    mode = request.POST.get("mode", "")
    context = {**ticket_context(request, ticket), "file_problems": problems, "file_findings": []}
    way = next((one for one in context["opened"].ways if one.mode == mode), None)
    context |= {"way": way, "file_findings": _against(request, ticket)}
    return fragment(request, PAGE, "attached", context=context, status=status)


def _against(request: AgentRequest, ticket: Ticket) -> list[Finding]:
    """What the network has against these files."""
    private, files = request.POST.get("mode") == Draft.Mode.PRIVATE, list(waiting(request, ticket))
    try:
        way = route(ticket, private=private, to=message_chosen(request, ticket))
    except NoWay:
        return []
    found = findings_for(request.POST.get("text", ""), way, now=timezone.now(), by=request.agent, files=files)
    return [one for one in found if one.check == "files"]
