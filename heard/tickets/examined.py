"""What the gate is told of a reply: whom it is for, what they had from us already, and what the workspace wants.

Every way out asks here, so nothing may depend on which way it is. Five queries at most, whatever the ticket holds.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from django.db.models import QuerySet

from heard.channels.contract import Button
from heard.checks.attached import Attached
from heard.checks.finding import Finding
from heard.checks.gate import Draft
from heard.checks.levels import FIXED
from heard.contacts.models import Contact, Identity, UsualFormality
from heard.env import env
from heard.language.complaining import complains
from heard.tickets.models import Delivery, Message, Ticket
from heard.tickets.route import Route
from heard.uploads.models import UploadedFile
from heard.voice.wanted import rules_for
from heard.workspaces.models import Agent
from heard.workspaces.prepared import prepared
from heard.workspaces.wording import Rules

REMEMBERED = 20  # messages of ours to one person
FEW_STARS = 2
# Nobody looks at what Heard says by itself, and it says the same to many: only what does harm may silence it.
OF_AUTOMATIC = FIXED | {"blanks", "personal", "phrases"}
# Pages of one customer: their ticket, and a one-time form.
PRIVATE_PAGES = ("/t/", "/s/")
_NOT_SAID = (Delivery.FAILED, Delivery.CANCELLED)


@dataclass(frozen=True, slots=True)
class Reader:
    """Whoever will read the reply, and by which names they are known."""

    contact: Contact
    names: Sequence[str]


def findings_for(
    text: str,
    way: Route,
    *,
    now: datetime,
    by: Agent | None = None,
    template: bool = False,
    files: Sequence[UploadedFile] = (),
    buttons: Sequence[Button] = (),
    leaving: Message | None = None,
    approved_by: Agent | None = None,
) -> list[Finding]:
    """What the gate says of a reply on its way out; the composer asks while it is written.

    `by` wants to send it, or `approved_by` lets it out: what they may not override is not overridable in the
    findings. Where it is nobody, nothing that stops is. `leaving` is the reply itself, where it was kept for
    later and is looked at again.
    """
    rules = rules_for(way.inbox, now=now, text=text)
    draft = replace(
        draft_for(text, way, rules, now=now, by=by, leaving=leaving),
        window_closed=way.is_closed(now) and not template,
        files=[Attached(one.name, one.content_type, one.size) for one in files],
        files_taken=None if template else way.files,
        buttons=buttons,
        buttons_taken=None if template else way.buttons,
    )
    found = rules.found_in(draft, by=approved_by or by)
    # The network approved these words: what could be better about them cannot be made better here.
    return [one for one in found if not (template and one.weight == "hint")]


def against_automatic(text: str, way: Route, *, now: datetime) -> list[Finding]:
    """What keeps Heard from saying this by itself. What a workspace lets people send holds for people alone."""
    rules = replace(rules_for(way.inbox, now=now), levels={})
    draft = Draft(
        text=text,
        public=way.public,
        limit=way.limit,
        counts=way.counts,
        window_closed=way.is_closed(now),
        window_closed_at=way.extended_until or way.closes_at,
        divides=way.divides,
        private_links=private_links(),
    )
    found = rules.found_in(draft, by=None, spelling=False)
    return [one for one in found if one.weight == "stop" and one.check in OF_AUTOMATIC]


def draft_for(
    text: str, way: Route, rules: Rules, *, now: datetime, by: Agent | None, leaving: Message | None = None
) -> Draft:
    """Everything that the ticket knows about a reply that goes this way."""
    ticket = _ticket_of(way)
    reader = _reader(way, ticket)
    language = customers_language(reader.contact, way.target)
    said = _said_to(reader.contact, leaving=leaving)
    return Draft(
        text=text,
        public=way.public,
        limit=way.limit,
        counts=way.counts,
        window_closed_at=way.extended_until or way.closes_at,
        divides=way.divides,
        language=language,
        author_language=by.user.language if by else "",
        formality=_formality(reader.contact, language),
        complaint=_is_complaint(ticket, way.target, rules),
        names=reader.names,
        agent_names=list(dict.fromkeys((by.shown_as, by.name))) if by else [],
        already_said=[one.text for one in said],
        first_answer=not any(one.ticket_id == ticket.pk for one in said),
        private_links=private_links(),
        today=now.astimezone(ZoneInfo((by or ticket).workspace.time_zone)).date(),
    )


def customers_language(contact: Contact, target: Message | None) -> str:
    """What a person said of it, else what is certain: their own words and what we know do not contradict."""
    if contact.language_from == Contact.Source.SAID or target is None or not target.is_in:
        return contact.language
    if not target.language_certain or contact.language in ("", target.language):
        return target.language if target.language_certain else contact.language
    return ""


def private_links() -> list[str]:
    return [f"{env().public_url.rstrip('/')}{page}" for page in PRIVATE_PAGES]


def _ticket_of(way: Route) -> Ticket:
    found = way.target.ticket if way.target is not None else way.thread.ticket
    assert found is not None  # nothing goes out of a thread that runs in no ticket
    return found


def _reader(way: Route, ticket: Ticket) -> Reader:
    """In a public thread many write: a reply is for the one who is answered."""
    contact = way.identity.contact if way.identity else ticket.contact
    known = _known_as(contact=contact.pk)
    copied = [one.get("name", "") for one in (way.target.copies if way.target else ())]
    names = [contact.name, *(name for pair in known for name in pair), *copied]
    return Reader(contact, list(dict.fromkeys(name for name in names if name)))


@prepared
def _known_as(*, contact: int) -> QuerySet[Identity, tuple[str, str]]:
    return Identity.objects.filter(contact_id=contact).values_list("name", "handle")[:REMEMBERED]


def _said_to(contact: Contact, *, leaving: Message | None) -> list[Message]:
    """What people of ours wrote to them last, the newest first."""
    return _said(contact=contact.pk, leaving=leaving.pk if leaving else None)


@prepared
def _said(*, contact: int, leaving: int | None) -> QuerySet[Message]:
    said = Message.objects.filter(
        author__contact=contact, direction=Message.Direction.OUT, automatic=False
    ).exclude(delivery__in=_NOT_SAID)
    if leaving is not None:
        said = said.exclude(pk=leaving).exclude(part_of=leaving)
    return said.only("text", "ticket_id").order_by("-at", "-id")[:REMEMBERED]


def _formality(contact: Contact, language: str) -> str:
    """Only what somebody decided: for this contact, or for everybody who speaks this language."""
    if contact.formality or not language:
        return contact.formality
    usual = _usual(workspace=contact.workspace_id, language=language)
    return usual[0] if usual else ""


@prepared
def _usual(*, workspace: int, language: str) -> QuerySet[UsualFormality, str]:
    usual = UsualFormality.objects.filter(workspace_id=workspace, language=language)
    return usual.order_by("pk").values_list("formality", flat=True)[:1]


def _is_complaint(ticket: Ticket, target: Message | None, rules: Rules) -> bool:
    """Where they say so themselves, by their stars or their words, or one of us by a tag."""
    tags = {tag.casefold() for tag in ticket.tags}
    if not tags.isdisjoint(tag.casefold() for tag in rules.complaint_tags):
        return True
    if target is None or not target.is_in:
        return False
    if target.stars is not None and target.stars > FEW_STARS:
        return False
    return target.recommends is False or target.stars is not None or complains(target.text)
