"""Words that stay as they are, and words that are always translated in the same way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from heard.events.publishing import publish
from heard.language.known import is_language
from heard.translating.events import TermAdded, TermRemoved
from heard.translating.models import Term
from heard.workspaces.models import Agent, Workspace

MOST_TERMS = 1_000
LONGEST = 100


class BadTerm(Exception):
    """It is empty or too long, its languages are none, or there are too many already."""


@dataclass(frozen=True, slots=True)
class NewTerm:
    """Without `translation` it stays as it is. Without `source` or `target` it holds for every language."""

    text: str
    source: str = ""
    target: str = ""
    translation: str = ""


@transaction.atomic
def add_term(workspace: Workspace, wanted: NewTerm, *, by: Agent, now: datetime) -> Term:
    """The same term for the same languages is one: said again, it is translated otherwise. Raises BadTerm."""
    text, translation = _clean(wanted.text), _clean(wanted.translation)
    _require(workspace, text, translation, wanted)
    row, _made = Term.objects.update_or_create(
        workspace=workspace,
        text=text,
        source=wanted.source,
        target=wanted.target,
        defaults={"translation": translation},
    )
    publish(
        TermAdded(
            workspace_id=workspace.pk,
            at=now,
            by_id=by.pk,
            term=text,
            source=wanted.source,
            target=wanted.target,
            translation=translation,
        )
    )
    return row


@transaction.atomic
def remove_term(term: Term, *, by: Agent, now: datetime) -> None:
    """Removed twice, it is removed once."""
    gone, _rows = Term.objects.filter(pk=term.pk).delete()
    if gone:
        publish(TermRemoved(workspace_id=term.workspace_id, at=now, by_id=by.pk, term=term.text))


def terms_for(workspace_id: int, *, source: str, target: str) -> dict[str, str]:
    """Each term and what stands for it. What was said of two languages counts more than what holds for all."""
    known = Term.objects.filter(workspace_id=workspace_id, target__in=("", target))
    if source:
        known = known.filter(Q(source="") | Q(source=source))
    found = sorted(known, key=lambda term: (term.target != "", term.source != "", term.pk))
    return {term.text: term.translation or term.text for term in found}


def _require(workspace: Workspace, text: str, translation: str, wanted: NewTerm) -> None:
    if not text or max(len(text), len(translation)) > LONGEST:
        raise BadTerm
    if any(language and not is_language(language) for language in (wanted.source, wanted.target)):
        raise BadTerm
    if translation and not wanted.target:
        raise BadTerm  # a translation into every language is none
    if Term.objects.filter(workspace=workspace).count() >= MOST_TERMS:
        raise BadTerm


def _clean(text: str) -> str:
    return " ".join(text.replace("\x00", "").split())
