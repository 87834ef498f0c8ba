"""Have texts translated: with the workspace's words kept, within its cap, and with what came of it noted."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime

from django.db import transaction
from django.db.models import F, Sum
from django.db.models.functions import Greatest

from heard.translating.glossary import terms_for
from heard.translating.models import TranslatedCharacters, Translator
from heard.translating.protect import Part, length, protected, says_nothing
from heard.translating.provider import Translated, Wanted
from heard.translating.setting import provider_of
from heard.translating.troubles import CannotTranslate, Trouble
from heard.workspaces.models import Workspace

LONGEST = 20_000  # characters of one call: a letter with all its quotations is longer than anybody reads


def translator_of(workspace_id: int) -> Translator:
    """Raises CannotTranslate where nobody set one up."""
    row = Translator.objects.filter(workspace_id=workspace_id).first()
    if row is None:
        raise CannotTranslate(Trouble.NOT_SET_UP)
    return row


def translate(
    workspace: Workspace,
    texts: Sequence[str],
    *,
    target: str,
    now: datetime,
    source: str = "",
    formality: str = "",
) -> list[Translated]:
    """As many as there were texts. It calls a network, so never inside a transaction. Raises CannotTranslate.

    `source` is empty where nobody knows it: the service then finds out by itself.
    """
    translator = translator_of(workspace.pk)
    terms = terms_for(workspace.pk, source=source, target=target)
    lines = [[protected(line, terms) for line in text.split("\n")] for text in texts]
    wanted = [parts for text in lines for parts in text if not says_nothing(parts)]
    told = iter(_told(translator, wanted, source, target, formality, now=now) if wanted else [])
    return [_put_together(text, [_next(parts, told) for parts in text]) for text in lines]


def used_in_month(workspace_id: int, *, now: datetime) -> int:
    """Characters, by all services together."""
    rows = TranslatedCharacters.objects.filter(workspace_id=workspace_id, month=_month(now))
    return rows.aggregate(sum=Sum("characters"))["sum"] or 0


def _told(
    translator: Translator,
    wanted: Sequence[Sequence[Part]],
    source: str,
    target: str,
    formality: str,
    *,
    now: datetime,
) -> list[Translated]:
    count = length(wanted)
    if count > LONGEST:
        raise CannotTranslate(Trouble.TOO_LONG)
    _take(translator, count, now=now)
    try:
        told = provider_of(translator).translate(Wanted(wanted, source, target, formality))
    except CannotTranslate as failed:
        _give_back(translator, count, now=now)
        _note_problem(translator, failed, now=now)
        raise
    _note_success(translator, now=now)
    return told


def _next(parts: Sequence[Part], told: Iterator[Translated]) -> Translated:
    plain = "".join(part.text for part in parts)
    if says_nothing(parts):
        return Translated(plain, "")
    found = next(told)
    indent = plain[: len(plain) - len(plain.lstrip())]
    return Translated(indent + found.text.strip(), found.source)


def _put_together(text: Sequence[Sequence[Part]], lines: Sequence[Translated]) -> Translated:
    sources = [line.source for line in lines if line.source]
    most = max(sources, key=sources.count) if sources else ""
    return Translated("\n".join(line.text for line in lines), most)


@transaction.atomic
def _take(translator: Translator, count: int, *, now: datetime) -> None:
    """Before the call, and for all who call at the same time: so the cap holds."""
    if not Translator.objects.select_for_update().filter(pk=translator.pk).exists():
        raise CannotTranslate(Trouble.NOT_SET_UP)
    cap = translator.monthly_cap
    if cap is not None and used_in_month(translator.workspace_id, now=now) + count > cap:
        raise CannotTranslate(Trouble.CAP_REACHED)
    row, _made = TranslatedCharacters.objects.get_or_create(
        workspace_id=translator.workspace_id, month=_month(now), provider=translator.provider
    )
    TranslatedCharacters.objects.filter(pk=row.pk).update(characters=F("characters") + count)


def _give_back(translator: Translator, count: int, *, now: datetime) -> None:
    rows = TranslatedCharacters.objects.filter(
        workspace_id=translator.workspace_id, month=_month(now), provider=translator.provider
    )
    rows.update(characters=Greatest(F("characters") - count, 0))


def _note_problem(translator: Translator, failed: CannotTranslate, *, now: datetime) -> None:
    Translator.objects.filter(pk=translator.pk).update(
        problem=failed.trouble.value, problem_detail=failed.detail, problem_at=now
    )


def _note_success(translator: Translator, *, now: datetime) -> None:
    Translator.objects.filter(pk=translator.pk).update(
        problem="", problem_detail="", problem_at=None, worked_at=now
    )


def _month(now: datetime) -> date:
    return now.astimezone(UTC).date().replace(day=1)
