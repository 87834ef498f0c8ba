"""Bring the library that comes with Heard into a workspace, or what it does not have of it yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils import translation

from heard.events.publishing import Event, publish
from heard.many import insert_many
from heard.replies.models import Folder, SavedReply, Variant
from heard.replies.shipped import SOURCE, Shipped, index, shipped
from heard.workspaces.models import Agent, Workspace


@dataclass(frozen=True, kw_only=True)
class StarterAdded(Event):
    """The library was brought in: how many replies, and how many that were there got a language more."""

    added: int
    grown: int
    languages: list[str]


@dataclass(frozen=True, slots=True)
class Brought:
    added: int = 0
    grown: int = 0


@transaction.atomic
def add_starter(
    workspace: Workspace,
    *,
    by: Agent,
    now: datetime,
    languages: Collection[str] | None = None,
    only: Collection[str] | None = None,
) -> Brought:
    """In all finished languages, and all replies, unless told which. Safe to repeat.

    What is there stays as it is, whoever changed it: a reply only gets the languages that it has not a single
    word in. Archived ones stay archived.
    """
    Workspace.objects.select_for_update(no_key=True).get(pk=workspace.pk)
    wanted = [code for code in index().languages if languages is None or code in languages]
    replies = [one for one in shipped().values() if wanted and (only is None or one.starter in only)]
    there = _there(workspace)
    grown = _grow([one for one in replies if one.starter in there], there, wanted, now=now)
    added = _add([one for one in replies if one.starter not in there], workspace, wanted, by=by, now=now)
    if added or grown:
        publish(
            StarterAdded(
                workspace_id=workspace.pk, at=now, by_id=by.pk, added=added, grown=grown, languages=wanted
            )
        )
    return Brought(added, grown)


def _there(workspace: Workspace) -> Mapping[str, SavedReply]:
    replies = SavedReply.objects.filter(workspace=workspace).exclude(starter="")
    return {reply.starter: reply for reply in replies.select_for_update(no_key=True).order_by("pk")}


def _add(
    replies: Collection[Shipped],
    workspace: Workspace,
    languages: Collection[str],
    *,
    by: Agent,
    now: datetime,
) -> int:
    folders = _folders(workspace, replies)
    taken = set(
        SavedReply.objects.filter(workspace=workspace, archived_at=None).values_list("shortcut", flat=True)
    )
    rows = [
        SavedReply(
            workspace=workspace,
            titles={code: one.titles[code] for code in languages},
            shortcut="" if one.starter in taken else one.starter,
            folder=folders[one.facts.situation],
            situation=one.facts.situation,
            block=one.facts.block,
            tags=list(one.facts.tags),
            source_language=SOURCE if SOURCE in languages else next(iter(languages)),
            approval=SavedReply.Approval.APPROVED,
            approved_by=by,
            approved_at=now,
            starter=one.starter,
            created_at=now,
            changed_at=now,
        )
        for one in replies
    ]
    insert_many(rows)
    pairs = zip(rows, replies, strict=True)
    insert_many(
        [variant for row, one in pairs for variant in _variants(row, one, languages, now)], keys=False
    )
    return len(rows)


def _grow(
    replies: Iterable[Shipped],
    there: Mapping[str, SavedReply],
    languages: Collection[str],
    *,
    now: datetime,
) -> int:
    """Give replies the languages that they lack. Their source may say something else by now: then what comes is
    stale from the first day, as it should be, for it is compared with what the library's source says."""
    kept = [there[one.starter].pk for one in replies if there[one.starter].archived_at is None]
    said = set(Variant.objects.filter(reply__in=kept).values_list("reply_id", "language").distinct())
    grown: list[SavedReply] = []
    variants: list[Variant] = []
    for one in replies:
        reply = there[one.starter]
        missing = [code for code in languages if (reply.pk, code) not in said]
        if reply.pk not in kept or not missing:
            continue
        reply.titles = {code: one.titles[code] for code in missing} | reply.titles
        reply.version += 1
        reply.changed_at = now
        variants += _variants(reply, one, missing, now)
        grown.append(reply)
    SavedReply.objects.bulk_update(grown, ["titles", "version", "changed_at"])
    insert_many(variants, keys=False)
    return len(grown)


def _variants(reply: SavedReply, one: Shipped, languages: Iterable[str], now: datetime) -> Iterator[Variant]:
    source = one.texts.get(reply.source_language, {})
    for language in languages:
        for manner, text in one.texts[language].items():
            yield Variant(
                workspace_id=reply.workspace_id,
                reply=reply,
                language=language,
                formality=manner.formality,
                audience=manner.audience,
                length=manner.length,
                text=text,
                source_text="" if language == reply.source_language else source.get(manner, ""),
                changed_at=now,
            )


def _folders(workspace: Workspace, replies: Iterable[Shipped]) -> dict[str, Folder]:
    """One for each situation, called as the workspace calls it."""
    with translation.override(workspace.language):
        names = {one.facts.situation: str(one.facts.situation.label) for one in replies}
    there = Folder.objects.filter(workspace=workspace, parent=None, name__in=names.values())
    by_name = {folder.name: folder for folder in there}
    missing = [name for name in dict.fromkeys(names.values()) if name not in by_name]
    made = Folder.objects.bulk_create(Folder(workspace=workspace, name=name) for name in missing)
    by_name |= {folder.name: folder for folder in made}
    return {situation: by_name[name] for situation, name in names.items()}
