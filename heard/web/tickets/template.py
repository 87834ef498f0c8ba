"""Answering with a text that the network approved: choose one, fill in its blanks, see how it will read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods
from markupsafe import Markup, escape

from heard.channels.contract import FilledTemplate, Template
from heard.checks.finding import Finding
from heard.inboxes.models import InboxTemplate
from heard.inboxes.templates import LONGEST_BLANK, as_template, fill
from heard.language.lengths import length
from heard.tickets.models import Ticket
from heard.tickets.reply import BlanksMissing, Chosen, NoSuchTemplate, NoWay, findings_for
from heard.tickets.route import Route, route
from heard.web.agents import AgentRequest, for_agents
from heard.web.fragments import fragment
from heard.web.numbers import number_in
from heard.web.tickets.shown import PAGE, message_chosen, ticket_context, ticket_of, whole_page

MARKED = Markup("<mark>{}</mark>")


@dataclass(frozen=True, slots=True)
class Gap:
    """One blank on the screen. `number` counts from 1, as in the text."""

    number: int
    label: str
    example: str
    value: str


@dataclass(frozen=True, slots=True)
class Filling:
    """A chosen template with what has been filled in so far."""

    row: InboxTemplate
    gaps: Sequence[Gap]
    way: Route
    findings: Sequence[Finding] = ()
    overridden: Sequence[str] = ()

    longest = LONGEST_BLANK

    @property
    def shown(self) -> Markup:
        """As the customer will read it; gaps are marked."""
        words = [escape(gap.value) if gap.value else MARKED.format(gap.label) for gap in self.gaps]
        escaped = Template("", "", str(escape(self.row.text)))
        return Markup(FilledTemplate(escaped, words).text)

    @property
    def length(self) -> int:
        typed = FilledTemplate(as_template(self.row), [gap.value for gap in self.gaps])
        return length(typed.text, self.way.abilities.counts)


@require_http_methods(["GET", "POST"])
@for_agents
def template(request: AgentRequest, number: int) -> HttpResponse:
    """GET: the form of one template. POST: how it reads by now, and what would stop it. Sends nothing."""
    ticket = ticket_of(request, number)
    shown = filling(request, ticket)
    context = {"filling": shown, **ticket_context(request, ticket)}
    if not request.headers.get("HX-Request"):
        return whole_page(request, ticket, filling=shown)
    return fragment(request, PAGE, "preview" if request.method == "POST" else "filling", context=context)


def filling(request: AgentRequest, ticket: Ticket) -> Filling | None:
    """None where nothing was chosen, or what was chosen is not to be had any more."""
    row = row_chosen(request)
    try:
        way = route(ticket, private=True, to=message_chosen(request, ticket))
    except NoWay:
        return None
    if row is None or row.inbox_id != way.inbox.pk or not way.takes_templates:
        return None
    words = request.POST.getlist("blank")
    findings: list[Finding] = []
    try:
        filled = fill(way.inbox, row.name, row.language, words)
        findings = findings_for(filled.text, way, now=timezone.now(), by=request.agent, template=True)
    except (BlanksMissing, NoSuchTemplate):
        pass  # the gaps show which ones
    return Filling(row, _gaps(row, words), way, findings, request.POST.getlist("override"))


def row_chosen(request: AgentRequest) -> InboxTemplate | None:
    given = request.POST.get("template") or request.GET.get("template") or ""
    if not given:
        return None
    return InboxTemplate.objects.visible_to(request.agent).filter(pk=number_in(given)).first()


def chosen(request: AgentRequest) -> Chosen | None:
    """What a reply is to be made of. Raises NoSuchTemplate."""
    if "template" not in request.POST:
        return None
    row = row_chosen(request)
    if row is None:
        raise NoSuchTemplate
    return Chosen(row.name, row.language, request.POST.getlist("blank"))


def _gaps(row: InboxTemplate, words: Sequence[str]) -> list[Gap]:
    typed = [" ".join(word.split()) for word in words]
    typed += [""] * (len(row.blanks) - len(typed))
    blanks = as_template(row).blanks
    return [
        Gap(number, _label(number, blank.name), blank.example, typed[number - 1])
        for number, blank in enumerate(blanks, 1)
    ]


def _label(number: int, name: str) -> str:
    words = name.replace("_", " ").strip()
    return words[:1].upper() + words[1:] if words else _("Blank {number}").format(number=number)
