"""Translation: how the service fares, the words that stay, and tickets in one's own language."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from pydantic import Field
from typing_extensions import TypedDict

from heard.api.answers import answer, reads, writes
from heard.api.asking import TEXT, ApiRequest, Asked, AskedFor, Id, Limit, Nothing
from heard.api.found import admins_only
from heard.api.numbered import AfterId, id_in, next_id
from heard.api.routes import Query, Router
from heard.api.tickets.bodies import Text
from heard.api.tickets.read import ticket_of
from heard.contacts.address import formality_for
from heard.translating import glossary, models
from heard.translating.read import begin_reading, end_reading
from heard.translating.translate import translate as translate_texts
from heard.translating.translate import used_in_month

router = Router(tags=["Translation"])
of_tickets = Router(tags=["Translation"])

Code = Annotated[str, Field(max_length=10, pattern=TEXT, description="Of two letters: cs.")]
AnyCode = Annotated[str, Field(max_length=10, pattern=TEXT, description="Empty: every language.")]


class TranslationState(TypedDict):
    provider: Annotated[str, Field(description="Empty: nobody translates, nothing leaves the server.")]
    characters_this_month: int
    monthly_cap: int | None
    problem: Annotated[str, Field(description="Why the last call came to nothing.")]
    worked_at: datetime | None


class TermShape(TypedDict):
    id: int
    text: str
    translation: Annotated[str, Field(description="Empty: it stays as it is.")]
    source: AnyCode
    target: AnyCode


class Terms(TypedDict):
    items: list[TermShape]
    next: str | None


class Removed(TypedDict):
    removed: int


class Reading(TypedDict):
    reads: bool
    language: str


class InAnotherLanguage(TypedDict):
    text: str
    source: Annotated[str, Field(description="As the service recognised it.")]
    language: str


class TermsAsked(AskedFor):
    cursor: AfterId | None = None
    limit: Limit = 200


class Word(Asked):
    text: Annotated[str, Field(min_length=1, max_length=glossary.LONGEST, pattern=TEXT)]
    translation: Annotated[str, Field(max_length=glossary.LONGEST, pattern=TEXT)] = ""
    source: AnyCode = ""
    target: AnyCode = ""


class Read(Asked):
    reads: bool = True
    language: Annotated[Code | None, Field(description="Null: the language of your pages.")] = None


class Translate(Asked):
    text: Text
    into: Annotated[Code | None, Field(description="Null: the ticket's language.")] = None
    source: Annotated[AnyCode, Field(description="Empty: the service finds out.")] = ""


@router.get("", response=reads(TranslationState), summary="How translation fares")
def translation(request: ApiRequest) -> HttpResponse:
    row = models.Translator.objects.visible_to(request.agent).first()
    shown: TranslationState = {
        "provider": row.provider if row else "",
        "characters_this_month": used_in_month(request.agent.workspace_id, now=timezone.now()),
        "monthly_cap": row.monthly_cap if row else None,
        "problem": row.problem if row else "",
        "worked_at": row.worked_at if row else None,
    }
    return answer(shown)


@router.get("/terms", response=reads(Terms, 400), summary="Words that stay")
def terms(request: ApiRequest, turning: Query[TermsAsked]) -> HttpResponse:
    rows = models.Term.objects.visible_to(request.agent).filter(pk__gt=id_in(turning.cursor))
    found = list(rows.order_by("pk")[: turning.limit + 1])
    listed: Terms = {
        "items": [_term(term) for term in found[: turning.limit]],
        "next": next_id(found, turning.limit),
    }
    return answer(listed)


@router.post("/terms", response=writes(TermShape, 403, status=201), summary="A word that stays")
def add_term(request: ApiRequest, body: Word) -> HttpResponse:
    """Or that is always translated in the same way. The same one again is changed. For admins."""
    admins_only(request)
    wanted = glossary.NewTerm(body.text, body.source, body.target, body.translation)
    made = glossary.add_term(request.agent.workspace, wanted, by=request.agent, now=timezone.now())
    return answer(_term(made), 201)


@router.post("/terms/{int:term_id}/remove", response=writes(Removed, 403, 404))
def remove_term(request: ApiRequest, term_id: Id, body: Nothing | None = None) -> HttpResponse:
    """For admins."""
    term = get_object_or_404(models.Term.objects.visible_to(request.agent), pk=term_id)
    admins_only(request)
    glossary.remove_term(term, by=request.agent, now=timezone.now())
    removed: Removed = {"removed": term_id}
    return answer(removed)


@of_tickets.post("/{int:number}/read", response=writes(Reading, 404))
def read_ticket(request: ApiRequest, number: Id, body: Read | None = None) -> HttpResponse:
    """Have what is said in it translated for you, also what comes; its messages then carry `translations`."""
    ticket, body, now = ticket_of(request.agent, number), body or Read(), timezone.now()
    language = body.language or request.agent.user.language
    if body.reads:
        begin_reading(ticket, language=language, by=request.agent, now=now)
    else:
        end_reading(ticket, by=request.agent, now=now)
    shown: Reading = {"reads": body.reads, "language": language if body.reads else ""}
    return answer(shown)


@of_tickets.post("/{int:number}/translate", response=writes(InAnotherLanguage, 404))
def translate_text(request: ApiRequest, number: Id, body: Translate) -> HttpResponse:
    """What you would say in it, in the contact's language and as they are addressed. Nothing is sent or kept."""
    ticket = ticket_of(request.agent, number)
    into = body.into or ticket.language or ticket.workspace.language
    [told] = translate_texts(
        ticket.workspace,
        [body.text],
        source=body.source,
        target=into,
        formality=formality_for(ticket.contact, into),
        now=timezone.now(),
    )
    shown: InAnotherLanguage = {"text": told.text, "source": told.source, "language": into}
    return answer(shown)


def _term(row: models.Term) -> TermShape:
    return {
        "id": row.pk,
        "text": row.text,
        "translation": row.translation,
        "source": row.source,
        "target": row.target,
    }
